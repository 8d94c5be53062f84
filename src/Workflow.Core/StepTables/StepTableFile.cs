using Workflow.Core.Definitions;

namespace Workflow.Core.StepTables;

/// <summary>Reads the rows of a file of step tables: tabs between cells, columns found by the names in the first line.</summary>
internal static class StepTableFile
{
    /// <summary>The most rows that are read.</summary>
    public const int MostRows = 100_000;

    /// <summary>The longest cell, in characters.</summary>
    public const int LongestCell = 10_000;

    // Tables, codes and steps become names of files and states.
    private const int LongestName = 100;

    private static readonly string[] s_required = ["table", "seq", "time", "stated_total"];
    private static readonly string[] s_known = [.. s_required, "code", "unit", "task", "role", "stated_unit", "decision", "name"];

    /// <exception cref="DefinitionException">The file cannot be used; the one defect names the line.</exception>
    public static IReadOnlyList<StepTableRow> Read(TextReader reader, string file)
    {
        var lines = new TableLines(reader, file);
        var header = Header(lines, file);
        var columns = Columns(header, file, lines.Line);
        var rows = new List<StepTableRow>();
        for (var cells = Cells(); cells is not null; cells = Cells())
        {
            if (cells.All(string.IsNullOrWhiteSpace))
            {
                continue;
            }

            if (rows.Count == MostRows)
            {
                throw Refused(file, lines.Line, $"the file has more than {MostRows:N0} rows", "split it");
            }

            rows.Add(Row(cells, lines.Line));
        }

        return rows.Count > 0 ? rows : throw Refused(file, lines.Line, "no row follows the names of the columns", "give one row per step");

        IReadOnlyList<string>? Cells()
        {
            var cells = TableCells.Next(lines, header.Count);
            if (cells is null)
            {
                return null;
            }

            if (cells.Any(c => c.Length > LongestCell))
            {
                throw Refused(file, lines.Line, $"a cell has more than {LongestCell:N0} characters", "shorten it");
            }

            return cells.Count <= header.Count || cells.Skip(header.Count).All(string.IsNullOrWhiteSpace)
                ? cells
                : throw Refused(file, lines.Line, $"the row has {cells.Count} cells under {header.Count} columns", "remove the tabs within its cells, or name the columns");
        }

        StepTableRow Row(IReadOnlyList<string> cells, int line)
        {
            string Cell(string column) => columns.TryGetValue(column, out var at) && at < cells.Count ? cells[at].Trim().Trim('\uFEFF') : string.Empty;
            string Name(string column) => VietnameseText.OneLine(Cell(column)) is { Length: <= LongestName } name && !name.Any(char.IsControl)
                ? name
                : throw Refused(file, line, $"the cell '{column}' is no name of 1 to {LongestName} characters in one line", "shorten it");

            var table = Name("table");
            return table.Length > 0
                ? new StepTableRow(line, table, Name("seq"), Cell("time"), Cell("unit"), Cell("task"), Cell("role"), Cell("stated_total"), Cell("stated_unit"), Name("code"), Cell("decision"), Cell("name"))
                : throw Refused(file, line, "the cell 'table' is empty", "say to which table the step belongs");
        }
    }

    /// <summary>The refusal of a whole file.</summary>
    public static DefinitionException Refused(string file, int line, string message, string mend) =>
        new([new Defect(DefectCodes.StepTableFile, DefectSeverity.Error, new SourcePlace(file, Math.Max(1, line), 1), message, mend)]);

    private static IReadOnlyList<string> Header(TableLines lines, string file)
    {
        IReadOnlyList<string>? header;
        do
        {
            header = TableCells.Next(lines, count: 0);
        }
        while (header is not null && header.All(string.IsNullOrWhiteSpace));

        return header ?? throw Refused(file, 1, "the file is empty", $"start it with the names of the columns: {string.Join(", ", s_required)}");
    }

    private static Dictionary<string, int> Columns(IReadOnlyList<string> header, string file, int line)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < header.Count; i++)
        {
            var name = VietnameseText.Fold(header[i]).Trim('"').Replace(' ', '_');
            if (s_known.Contains(name) && !columns.TryAdd(name, i))
            {
                throw Refused(file, line, $"two columns are called '{name}'", "keep one of them");
            }
        }

        var missing = s_required.FirstOrDefault(c => !columns.ContainsKey(c));
        if (missing is null)
        {
            return columns;
        }

        var others = header.Select(VietnameseText.Fold).Where(h => !s_known.Contains(h)).Take(100);
        var mend = header.Count == 1 ? $"put tabs between the names of the columns: {string.Join(", ", s_required)}"
            : Spelling.Nearest(missing, others) is { } near ? $"is it the column '{near}'? then rename it"
            : $"name the columns {string.Join(", ", s_required)} in the first line";
        throw Refused(file, line, $"there is no column '{missing}'", mend);
    }
}
