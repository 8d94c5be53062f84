using Workflow.Core.StepTables;

namespace Workflow.Host.Procedures;

/// <summary>Names procedure files by table and code, in letters that every file system takes. Not thread-safe.</summary>
internal sealed class ImportedFileNames(string directory)
{
    private const int LongestPart = 80;

    // Some file systems take upper and lower case for the same.
    private readonly HashSet<string> _taken = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The path for the next table: <c>table-code.yaml</c>, or <c>table.yaml</c> without a code.</summary>
    public string Next(ImportedTable table)
    {
        var name = table.Code is null ? Safe(table.Table) : $"{Safe(table.Table)}-{Safe(table.Code)}";
        var free = name;
        for (var i = 2; !_taken.Add(free); i++)
        {
            free = $"{name}-{i}";
        }

        return Path.Combine(directory, free + ".yaml");
    }

    private static string Safe(string text)
    {
        var safe = string.Concat(text.Take(LongestPart).Select(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' ? c : '-')).Trim('.', '-');
        return safe.Length > 0 ? safe : "table";
    }
}
