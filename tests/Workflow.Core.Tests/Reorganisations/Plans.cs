using Workflow.Core.Definitions;
using Workflow.Core.Reorganisations;
using Workflow.Core.Units;

namespace Workflow.Core.Tests.Reorganisations;

/// <summary>A province with a district of four communes, and a plan with every kind of change.</summary>
internal static class Plans
{
    public const string Tree = """
        units:
          000.00.00.H28: { level: province, name: Tỉnh }
          000.00.30.H28: { level: district, name: Huyện, parent: 000.00.00.H28 }
          000.01.30.H28: { level: commune, name: Xã 01, parent: 000.00.30.H28 }
          000.02.30.H28: { level: commune, name: Xã 02, parent: 000.00.30.H28 }
          000.03.30.H28: { level: commune, name: Xã 03, parent: 000.00.30.H28 }
          000.04.30.H28: { level: commune, name: Xã 04, parent: 000.00.30.H28 }
        """;

    public const string Plan = """
        on: 2025-07-01
        ground: Nghị quyết về việc sắp xếp các đơn vị hành chính
        units:
          000.41.00.H28: { level: commune, name: Xã mới, parent: 000.00.00.H28 }
        changes:
          - { merge: [000.01.30.H28, 000.02.30.H28], into: 000.41.00.H28 }
          - { dissolve: 000.03.30.H28, into: 000.04.30.H28 }
          - { move: 000.04.30.H28, under: 000.00.00.H28 }
          - split: 000.00.30.H28
            into: [000.00.00.H28, 000.41.00.H28, 000.04.30.H28]
            dossiers:
              - { codes: D-1, to: 000.00.00.H28 }
              - { received-by: [000.01.30.H28, 000.02.30.H28], procedure: "1.001193", to: 000.41.00.H28 }
              - { state: [signing], to: 000.00.00.H28 }
              - default: 000.04.30.H28
        """;

    public static UnitTree Units(string text = Tree) => UnitTreeYaml.Read(new StringReader(text), "u.yaml");

    public static Reorganisation Read(string text = Plan) => ReorganisationYaml.Read(new StringReader(text), "plan.yaml");

    /// <summary>The plan with one passage, the last of its like, replaced.</summary>
    public static string With(string passage, string replacement)
    {
        var at = Plan.LastIndexOf(passage, StringComparison.Ordinal);
        Assert.True(at >= 0, passage);
        return Plan[..at] + replacement + Plan[(at + passage.Length)..];
    }

    /// <summary>Every unit with all that is said of it, for comparing.</summary>
    public static IEnumerable<string> Text(this UnitTree tree) => tree.Units.Select(u =>
        $"{u.Code} {u.Level} {u.Parent} {u.From:O} {u.Until:O} [{string.Join(',', u.Successors)}] [{string.Join(',', u.FormerParents)}]");
}
