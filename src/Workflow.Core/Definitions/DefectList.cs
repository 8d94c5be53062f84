namespace Workflow.Core.Definitions;

/// <summary>Collects the defects of one definition while it is read and built.</summary>
internal sealed class DefectList
{
    private const int LongestLine = 500;

    private readonly List<Defect> _defects = [];

    public bool HasErrors => _defects.Exists(d => d.Severity == DefectSeverity.Error);

    public IReadOnlyList<Defect> All =>
        [.. _defects.OrderBy(d => d.Place.File, StringComparer.Ordinal).ThenBy(d => d.Place.Line).ThenBy(d => d.Place.Column)];

    public void Error(string code, SourcePlace place, string message, string mend) =>
        _defects.Add(Defect(code, place, message, mend));

    public void Warn(string code, SourcePlace place, string message, string mend) =>
        _defects.Add(new Defect(code, DefectSeverity.Warning, place, OneLine(message), OneLine(mend)));

    public void Add(string code, DefectSeverity severity, SourcePlace place, string message, string mend, IReadOnlyList<ScheduleLine> schedule) =>
        _defects.Add(new Defect(code, severity, place, OneLine(message), OneLine(mend)) { Schedule = schedule });

    public void AddRange(IEnumerable<Defect> defects) => _defects.AddRange(defects);

    /// <exception cref="DefinitionException">At least one error was collected.</exception>
    public void ThrowIfErrors()
    {
        if (HasErrors)
        {
            throw new DefinitionException(All);
        }
    }

    /// <summary>An error whose message and mend are one line each, whatever they quote.</summary>
    public static Defect Defect(string code, SourcePlace place, string message, string mend) =>
        new(code, DefectSeverity.Error, place, OneLine(message), OneLine(mend));

    // Messages quote what the file says, and a file may say anything at any length.
    private static string OneLine(string text)
    {
        var line = text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c)) : text;
        return line.Length <= LongestLine ? line : string.Concat(line.AsSpan(0, LongestLine), "...");
    }
}
