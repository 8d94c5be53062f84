using Workflow.Core.Definitions;
using Workflow.Core.Procedures;
using Workflow.Core.StepTables;

namespace Workflow.Core.Tests.StepTables;

/// <summary>Tables for tests: those of real decisions, and small ones.</summary>
internal static class StepTableFiles
{
    private static readonly Lazy<string> s_decisions =
        new(() => File.ReadAllText(Repository.PathOf("tests", "Workflow.Core.Tests", "StepTables", "internal_processes.tsv")));

    /// <summary>Tables of decisions of three provinces, as they were read from them.</summary>
    public static string Decisions => s_decisions.Value;

    public static IReadOnlyList<ImportedTable> Import(string text) => StepTableImport.Read(new StringReader(text), "tables.tsv");

    /// <summary>One table: a row per step as <c>seq|time</c>, and more cells for unit, task and role.</summary>
    public static ImportedTable One(string total, params string[] steps) => OneIn("ngày làm việc", total, steps);

    /// <summary>One table whose total has this unit.</summary>
    public static ImportedTable OneIn(string totalUnit, string total, params string[] steps) =>
        Assert.Single(Import(Text(totalUnit, total, steps)));

    public static string Text(string totalUnit, string total, params string[] steps) =>
        "table\tcode\tstated_total\tstated_unit\tseq\ttime\tunit\ttask\trole\n"
        + string.Concat(steps.Select(s => $"1\tp-1\t{total}\t{totalUnit}\t{string.Join('\t', s.Split('|'))}\n"));

    public static string Codes(ImportedTable table) => string.Join(' ', table.Defects.Select(d => d.Code));

    public static Procedure Compiled(ImportedTable table)
    {
        using var text = new StringWriter();
        ProcedureYaml.Write(table.Procedure!, text);
        var reading = ProcedureYaml.Inspect(new StringReader(text.ToString()), "imported.yaml");
        Assert.Empty(reading.Defects);
        return reading.Procedure!;
    }

    /// <summary>The states from submission to the end, each left by its first transition.</summary>
    public static IReadOnlyList<StateDefinition> Way(ProcedureContent content)
    {
        var way = new List<StateDefinition>();
        for (var at = content.Initial; at is not null; at = content.Transitions.FirstOrDefault(t => t.From == at)?.To)
        {
            way.Add(content.States.Single(s => s.Name == at));
            Assert.True(way.Count <= content.States.Count, "the ordinary way turns in a circle");
        }

        return way;
    }

    /// <summary>The timed states of the way, as name and limit or budget.</summary>
    public static string Times(ImportedTable table) =>
        string.Join("; ", Way(table.Procedure!).Skip(1).SkipLast(2).Select(s => s.Limit?.ToString() ?? s.Budget ?? (s.SuspendsClock ? "off" : "-")));

    public static Defect Only(ImportedTable table, string code) => table.Defects.Single(d => d.Code == code);
}
