using System.Xml.Linq;
using Workflow.Core.Indicators;
using static Workflow.Host.Pages.Html;

namespace Workflow.Host.Pages;

/// <summary>The table in the columns of the statutory report II.06a/VPCP/KSTT, per unit and in total, its identities checked.</summary>
internal static class StatutoryTable
{
    public static IEnumerable<XElement> Draw(ScoreCard card, PageWords words)
    {
        var report = card.Report;
        yield return Tag(
            "div",
            "scroll",
            With("tabindex", "0"),
            With("role", "region"),
            With("aria-label", $"{words.Report}, {words.Scroll}"),
            Tag(
                "table",
                "statutory",
                new XElement("caption", words.ReportCaption),
                Head(words),
                new XElement("tbody", report.Rows.Select(r => Row(words.Name(card.NameOf(r.Unit!)), r.Unit, r, words))),
                new XElement("tfoot", Row(words.Total, null, report.Total, words))));
        yield return Identities(report, words);
    }

    private static XElement Head(PageWords words)
    {
        string[] columns =
        [
            words.Total, words.Online, words.DirectAndPost, words.CarriedOver,
            words.Total, words.Early, words.OnTime, words.Overdue,
            words.Total, words.InTime, words.Overdue,
        ];
        return new XElement(
            "thead",
            new XElement(
                "tr",
                new XElement("th", With("scope", "col"), With("rowspan", "2"), words.Unit),
                Group(words.Received, 4),
                Group(words.Settled, 4),
                Group(words.InProcess, 3),
                new XElement("th", With("scope", "col"), With("rowspan", "2"), words.Check)),
            new XElement("tr", columns.Select((c, i) => Tag(
                "th", i is 0 or 4 or 8 ? "sum" : string.Empty, With("scope", "col"), c, Tag("small", string.Empty, $"({i + 1})")))));
    }

    private static XElement Group(string name, int columns) =>
        Tag("th", "group", With("scope", "colgroup"), With("colspan", columns.ToString(System.Globalization.CultureInfo.InvariantCulture)), name);

    private static XElement Row(string name, string? code, StatutoryRow row, PageWords words)
    {
        int[] figures =
        [
            row.Received, row.Online, row.DirectAndPost, row.CarriedOver,
            row.Settled, row.Early, row.OnTime, row.Overdue,
            row.InProcess, row.InTime, row.InProcessOverdue,
        ];
        return Tag(
            "tr",
            row.Holds ? string.Empty : "fails",
            new XElement("th", With("scope", "row"), name, code is null ? null : Tag("small", string.Empty, code)),
            figures.Select((f, i) => Tag("td", Class(i, f), words.Number(f))),
            Tag("td", row.Holds ? "check" : "check bad", Tag("span", string.Empty, With("aria-hidden", "true"), row.Holds ? "✓ " : "✗ "), row.Holds ? words.Holds : words.Fails));
    }

    private static string Class(int column, int figure) => column switch
    {
        0 or 4 or 8 => "sum",
        7 or 10 when figure > 0 => "late",
        _ when figure == 0 => "zero",
        _ => string.Empty,
    };

    private static XElement Identities(StatutoryReport report, PageWords words)
    {
        var t = report.Total;
        return Tag(
            "div",
            report.Holds ? "identities" : "identities bad",
            new XElement("h3", words.Identity),
            new XElement(
                "ul",
                new XElement("li", $"{words.Received} {N(t.Received)} = {words.Online} {N(t.Online)} + {words.DirectAndPost} {N(t.DirectAndPost)} + {words.CarriedOver} {N(t.CarriedOver)}"),
                new XElement("li", $"{words.Received} {N(t.Received)} = {words.Settled} {N(t.Settled)} + {words.InProcess} {N(t.InProcess)}"),
                new XElement("li", $"{words.Settled} {N(t.Settled)} = {words.Early} {N(t.Early)} + {words.OnTime} {N(t.OnTime)} + {words.Overdue} {N(t.Overdue)}")),
            new XElement("p", report.Holds ? $"✓ {PageWords.Filled(words.IdentityHolds, N(report.Rows.Count))}" : $"✗ {words.IdentityFails}"));

        string N(int number) => words.Number(number);
    }
}
