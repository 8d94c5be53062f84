using Workflow.Core.Definitions;

namespace Workflow.Core.StepTables;

/// <summary>Turns tables of timed steps, as decisions on internal processes have them, into procedures.</summary>
/// <remarks>
/// The file has tabs between its cells and one row per step. The first line names the columns: <c>table</c>, <c>seq</c>, <c>time</c>,
/// <c>stated_total</c>, and where there are such <c>code</c>, <c>unit</c>, <c>task</c>, <c>role</c>, <c>stated_unit</c>, <c>decision</c>,
/// <c>name</c>; others are passed over. Stateless and safe to call from many threads at once.
/// </remarks>
public static class StepTableImport
{
    /// <summary>Reads every table of a file.</summary>
    /// <remarks>
    /// Sums are exact, in fractions. Rows without a time share the time of the row above; a cell that can be read in two ways is read in
    /// the way in which the steps add up to the stated total. Tables that state one code get procedures of distinct codes.
    /// </remarks>
    /// <param name="reader">The text: at most 100,000 rows and 67,108,864 characters, 10,000 to a cell.</param>
    /// <param name="file">The file's name, for places and sources; never opened.</param>
    /// <returns>The tables in the order of the file. Never empty.</returns>
    /// <exception cref="DefinitionException">The file cannot be used; its one defect names the line.</exception>
    public static IReadOnlyList<ImportedTable> Read(TextReader reader, string file)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(file);
        var tables = StepTableFile.Read(reader, file).GroupBy(r => r.Table, StringComparer.Ordinal).Select(g => g.ToList()).ToList();
        var shared = tables.Select(Code).OfType<string>().GroupBy(c => c, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key).ToHashSet(StringComparer.Ordinal);
        return [.. tables.Select(rows => Import(rows, shared, file))];
    }

    private static string? Code(List<StepTableRow> rows) => rows.Find(r => r.Code.Length > 0)?.Code;

    private static ImportedTable Import(List<StepTableRow> rows, HashSet<string> sharedCodes, string file)
    {
        var defects = new DefectList();
        var (name, code) = (rows[0].Table, Code(rows));
        var place = new SourcePlace(file, rows[0].Line, 1);
        if (rows.Find(r => r.Code.Length > 0 && r.Code != code) is { } other)
        {
            defects.Error(DefectCodes.MixedTable, place with { Line = other.Line }, $"{StepTable.Describe(name, code)} names the procedure {other.Code} too", "give one of the tables another name, or mend the code");
        }

        var table = new StepTableReader(file, name, code, defects).Read(rows);
        var plan = table is null || defects.HasErrors ? null : new StepTableCheck(file, defects).Check(table);
        return new ImportedTable(name, code, place)
        {
            Procedure = plan is null || defects.HasErrors ? null : new StepTableProcedure(table!, plan, code is not null && sharedCodes.Contains(code), file).Build(),
            Defects = [.. defects.All.Select(d => d with { Procedure = code })],
        };
    }
}
