using Workflow.Core.Dossiers;

namespace Workflow.Core.Tests.Design;

/// <summary>The concepts of Core, a folder each, refer to one another in one direction.</summary>
public class ConceptDirectionTests
{
    // What each concept may use directly. Everything may use Definitions.
    private static readonly Dictionary<string, string[]> s_uses = new(StringComparer.Ordinal)
    {
        ["Definitions"] = [],
        ["Machines"] = [],
        ["Guards"] = [],
        ["Calendars"] = [],
        ["Units"] = [],
        ["Deadlines"] = ["Calendars"],
        ["Procedures"] = ["Machines", "Guards", "Deadlines", "Units"],
        ["StepTables"] = ["Procedures"],
        ["Verification"] = ["Procedures", "Calendars", "Deadlines", "Units", "Guards"],
        ["Dossiers"] = ["Procedures"],
        ["Engines"] = ["Dossiers"],
        ["Forms"] = ["Dossiers", "Engines"],
        ["Indicators"] = ["Dossiers"],
        ["Reorganisations"] = ["Dossiers", "Units"],
        ["EventLogs"] = ["Dossiers"],
        ["Simulation"] = ["Dossiers"],
        ["Migrations"] = ["Dossiers", "Procedures"],
        ["Diagrams"] = ["Machines", "Procedures", "Dossiers"],
    };

    [Fact]
    public void Concepts_ReferToWhatStandsBelowThemAlone()
    {
        var allowed = s_uses.Keys.ToDictionary(c => c, Below, StringComparer.Ordinal);

        var wrong = ConceptReferences.Of(typeof(Dossier).Assembly.Location)
            .Where(r => !allowed.TryGetValue(r.From, out var below) || !below.Contains(r.To))
            .Select(r => $"{r.From} -> {r.To} in {r.Member}").ToList();

        Assert.True(wrong.Count == 0, "These references run against the direction of the concepts; move the type, or change the design and this list together:\n" + string.Join('\n', wrong));
    }

    [Fact]
    public void References_AreSeenInSignaturesAndInBodies()
    {
        var references = ConceptReferences.Of(typeof(Dossier).Assembly.Location);

        Assert.Contains(("Dossiers", "Procedures", "Dossier..ctor"), references);
        Assert.Contains(references, r => r is ("Dossiers", "Deadlines", "Moments.Due"));
        Assert.Contains(references, r => r is ("Procedures", "Machines", _));
    }

    private static HashSet<string> Below(string concept)
    {
        var below = new HashSet<string>(StringComparer.Ordinal) { "Definitions" };
        var open = new Stack<string>(s_uses[concept]);
        while (open.TryPop(out var next))
        {
            if (below.Add(next))
            {
                foreach (var further in s_uses[next])
                {
                    open.Push(further);
                }
            }
        }

        return below;
    }
}
