namespace Workflow.Core.Definitions;

/// <summary>Collects the defects of one definition while it is read and built.</summary>
internal sealed class DefectList
{
    private readonly List<Defect> _defects = [];

    public bool HasErrors => _defects.Exists(d => d.Severity == DefectSeverity.Error);

    public IReadOnlyList<Defect> All =>
        [.. _defects.OrderBy(d => d.Place.File, StringComparer.Ordinal).ThenBy(d => d.Place.Line).ThenBy(d => d.Place.Column)];

    public void Error(string code, SourcePlace place, string message, string mend) =>
        _defects.Add(new Defect(code, DefectSeverity.Error, place, message, mend));

    public void Warn(string code, SourcePlace place, string message, string mend) =>
        _defects.Add(new Defect(code, DefectSeverity.Warning, place, message, mend));

    public void AddRange(IEnumerable<Defect> defects) => _defects.AddRange(defects);

    /// <exception cref="DefinitionException">At least one error was collected.</exception>
    public void ThrowIfErrors()
    {
        if (HasErrors)
        {
            throw new DefinitionException(All);
        }
    }
}
