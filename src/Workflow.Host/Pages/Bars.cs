using System.Xml.Linq;
using static Workflow.Host.Pages.Html;

namespace Workflow.Host.Pages;

/// <summary>Horizontal stacked bars: names and numbers are text of the page, so they stay readable at any width; only the bars are drawn.</summary>
internal static class Bars
{
    private const int Height = 12;
    private const double Gap = 0.35;

    /// <summary>A row of the chart.</summary>
    /// <param name="Name">What the bar is for.</param>
    /// <param name="Detail">Small text below the name, or null.</param>
    /// <param name="Parts">The counts, in the order of the series.</param>
    /// <param name="Figure">The number at the end of the bar.</param>
    public sealed record Row(string Name, string? Detail, IReadOnlyList<int> Parts, string Figure);

    /// <summary>Draws the rows, on one scale or each as its shares of the whole.</summary>
    /// <param name="series">The name and the CSS class of each part.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="shares">Whether every bar has the full length.</param>
    /// <param name="words">The language.</param>
    public static IEnumerable<XElement> Draw(IReadOnlyList<(string Name, string Class)> series, IReadOnlyList<Row> rows, bool shares, PageWords words)
    {
        yield return Legend(series);
        var largest = Math.Max(1, rows.Select(r => r.Parts.Sum()).DefaultIfEmpty().Max());
        yield return Tag("ol", "bars", rows.Select(r => Tag(
            "li",
            string.Empty,
            Tag("span", "bar-name", r.Name, r.Detail is null ? null : Tag("small", string.Empty, r.Detail)),
            Bar(series, r, shares ? Math.Max(1, r.Parts.Sum()) : largest, words),
            Tag("span", "bar-figure", r.Figure))));
    }

    public static XElement Legend(IReadOnlyList<(string Name, string Class)> series) => Tag(
        "ul",
        "legend",
        series.Select(s => Tag("li", string.Empty, Tag("span", $"swatch {s.Class}", With("aria-hidden", "true")), s.Name)));

    private static XElement Bar(IReadOnlyList<(string Name, string Class)> series, Row row, int largest, PageWords words)
    {
        var said = string.Join(", ", series.Zip(row.Parts, (s, p) => $"{s.Name} {words.Number(p)}"));
        var svg = Tag(
            "svg",
            "bar",
            With("viewBox", $"0 0 100 {Height}"),
            With("preserveAspectRatio", "none"),
            With("role", "img"),
            With("aria-label", $"{row.Name}: {said}"),
            new XElement("title", $"{row.Name}: {said}"));
        var x = 0.0;
        for (var i = 0; i < row.Parts.Count; i++)
        {
            var width = 100.0 * row.Parts[i] / largest;
            if (width > 0)
            {
                svg.Add(Tag("rect", series[i].Class, With("x", x), With("y", 0), With("width", Math.Max(width - Gap, width / 2)), With("height", Height)));
            }

            x += width;
        }

        return svg;
    }
}
