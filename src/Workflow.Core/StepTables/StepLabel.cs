namespace Workflow.Core.StepTables;

/// <summary>The label of a step: "5", "5.1", "B5", "Bước 5", or a range such as "6-13".</summary>
/// <param name="Text">The label without what only decorates it, for comparing.</param>
/// <param name="Path">Its numbers, as 5 and 1 of "5.1"; empty when it has none.</param>
/// <param name="Last">The last number of a range; null for a single step.</param>
internal sealed record StepLabel(string Text, IReadOnlyList<int> Path, int? Last)
{
    private static readonly string[] s_prefixes = ["buoc", "step", "b", "tt"];

    public static StepLabel Of(string cell)
    {
        var text = VietnameseText.Fold(cell).Trim(' ', '.', ')', '(', ':', '-', '"');
        foreach (var prefix in s_prefixes)
        {
            var rest = text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..].TrimStart() : string.Empty;
            if (rest.Length > 0 && char.IsAsciiDigit(rest[0]))
            {
                text = rest;
                break;
            }
        }

        foreach (var dash in (ReadOnlySpan<string>)["-", "–", "—", "÷", "den"])
        {
            var at = text.IndexOf(dash, StringComparison.Ordinal);
            if (at > 0 && Number(text[..at]) is { } first && Number(text[(at + dash.Length)..].Replace("b", string.Empty, StringComparison.Ordinal)) is { } last && last > first)
            {
                return new StepLabel(text, [first], last);
            }
        }

        var numbers = text.Split('.').Select(Number).ToList();
        return new StepLabel(text, numbers.TrueForAll(n => n is not null) ? [.. numbers.Select(n => n!.Value)] : [], null);
    }

    /// <summary>Orders by the numbers; negative when the first comes first.</summary>
    public static int Compare(StepLabel label, StepLabel other)
    {
        for (var i = 0; i < Math.Min(label.Path.Count, other.Path.Count); i++)
        {
            if (label.Path[i] != other.Path[i])
            {
                return label.Path[i].CompareTo(other.Path[i]);
            }
        }

        return label.Path.Count.CompareTo(other.Path.Count);
    }

    /// <summary>Whether this is the heading of the other: a range that holds it, or the step of a sub-step.</summary>
    public bool Covers(StepLabel other)
    {
        if (Path.Count == 0 || other.Path.Count == 0 || other.Last is not null)
        {
            return false;
        }

        return Last is { } last
            ? other.Path[0] >= Path[0] && other.Path[0] <= last
            : other.Path.Count > Path.Count && other.Path.Take(Path.Count).SequenceEqual(Path);
    }

    private static int? Number(string text) => text.Trim() is { Length: > 0 and < 9 } digits && digits.All(char.IsAsciiDigit)
        ? int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture)
        : null;
}
