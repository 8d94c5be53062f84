using System.Xml.Linq;
using Workflow.Core.Indicators;
using static Workflow.Host.Pages.Html;

namespace Workflow.Host.Pages;

/// <summary>Received and settled per day, two columns a day, weekends shaded; the same figures as a table below.</summary>
internal static class DailyChart
{
    private const double Width = 960;
    private const double Height = 280;
    private const double Left = 44;
    private const double Right = 8;
    private const double Top = 12;
    private const double Bottom = 30;

    public static IEnumerable<XElement> Draw(IReadOnlyList<DailyCount> days, PageWords words)
    {
        yield return Bars.Legend([(words.Received, "received"), (words.Settled, "settled")]);
        yield return Tag(
            "div",
            "scroll",
            With("tabindex", "0"),
            With("role", "region"),
            With("aria-label", $"{words.Daily}, {words.Scroll}"),
            Chart(days, words));
        yield return new XElement("details", new XElement("summary", words.AsTable), Table(days, words));
    }

    private static XElement Chart(IReadOnlyList<DailyCount> days, PageWords words)
    {
        var (step, top) = Scale(days.Select(d => Math.Max(d.Received, d.Settled)).DefaultIfEmpty().Max());
        var slot = (Width - Left - Right) / Math.Max(1, days.Count);
        var svg = Tag("svg", "daily", With("viewBox", $"0 0 {Width} {Height}"), With("role", "img"), With("aria-labelledby", "daily-title daily-desc"));
        svg.Add(new XElement("title", With("id", "daily-title"), words.Daily));
        svg.Add(new XElement("desc", With("id", "daily-desc"), Description(days, words)));
        svg.Add(days.Select((d, i) => (d.Day, i)).Where(d => IsWeekend(d.Day)).Select(d =>
            Tag("rect", "weekend", With("x", Left + (d.i * slot)), With("y", Top), With("width", slot), With("height", Height - Top - Bottom))));
        for (var value = 0; value <= top; value += step)
        {
            svg.Add(Tag("line", value == 0 ? "axis" : "grid", With("x1", Left), With("x2", Width - Right), With("y1", Y(value, top)), With("y2", Y(value, top))));
            svg.Add(Tag("text", "tick", With("x", Left - 8), With("y", Y(value, top) + 4), With("text-anchor", "end"), words.Number(value)));
        }

        var bar = Math.Min(11, slot * 0.38);
        for (var i = 0; i < days.Count; i++)
        {
            var middle = Left + ((i + 0.5) * slot);
            svg.Add(Day(days[i], middle, bar, top, words));
            if (days.Count <= 10 || days[i].Day.DayOfWeek == DayOfWeek.Monday)
            {
                svg.Add(Tag("text", "tick", With("x", middle), With("y", Height - 9), With("text-anchor", "middle"), words.ShortDate(days[i].Day)));
            }
        }

        return svg;
    }

    private static XElement Day(DailyCount day, double middle, double bar, int top, PageWords words) => Tag(
        "g",
        string.Empty,
        new XElement("title", $"{words.Date(day.Day)}: {words.Received} {words.Number(day.Received)}, {words.Settled} {words.Number(day.Settled)}"),
        Column("received", middle - bar, day.Received, bar, top),
        Column("settled", middle + 0.5, day.Settled, bar, top));

    private static XElement? Column(string css, double x, int value, double bar, int top) => value == 0
        ? null
        : Tag("rect", css, With("x", x), With("y", Y(value, top)), With("width", bar - 0.5), With("height", Y(0, top) - Y(value, top)));

    private static XElement Table(IReadOnlyList<DailyCount> days, PageWords words) => Tag(
        "table",
        "plain",
        new XElement("caption", words.Daily),
        new XElement("thead", new XElement("tr", Head(words.Day), Head(words.Received), Head(words.Settled))),
        new XElement("tbody", days.Select(d => new XElement(
            "tr",
            new XElement("th", With("scope", "row"), words.Date(d.Day)),
            new XElement("td", words.Number(d.Received)),
            new XElement("td", words.Number(d.Settled))))));

    private static XElement Head(string text) => new("th", With("scope", "col"), text);

    private static string Description(IReadOnlyList<DailyCount> days, PageWords words)
    {
        if (days.Count == 0)
        {
            return words.Nothing;
        }

        var busiest = days.MaxBy(d => d.Received);
        return $"{words.Date(days[0].Day)} – {words.Date(days[^1].Day)}. {words.Received}: {words.Number(days.Sum(d => (long)d.Received))}. " +
            $"{words.Settled}: {words.Number(days.Sum(d => (long)d.Settled))}. Max {words.Number(busiest.Received)} ({words.Date(busiest.Day)}).";
    }

    private static double Y(int value, int top) => Height - Bottom - ((Height - Top - Bottom) * value / top);

    private static bool IsWeekend(DateOnly day) => day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    // Four to eight lines at 1, 2 or 5 times a power of ten.
    private static (int Step, int Top) Scale(int largest)
    {
        var step = 1;
        for (var i = 0; step * 6 < largest; i++)
        {
            step = step / (i % 3 == 1 ? 2 : 1) * (i % 3 == 1 ? 5 : 2);
        }

        return (step, Math.Max(step, (largest + step - 1) / step * step));
    }
}
