using System.Xml.Linq;
using static Workflow.Host.Pages.Html;

namespace Workflow.Host.Pages;

/// <summary>The score card as one page of HTML: no script, no style of its own, nothing from elsewhere.</summary>
internal static class ScoreCardPage
{
    /// <summary>Renders the page.</summary>
    /// <param name="card">What it shows.</param>
    /// <param name="words">The language.</param>
    public static string Render(ScoreCard card, PageWords words) => Document(new XElement(
        "html",
        With("lang", words.Language),
        new XElement(
            "head",
            new XElement("meta", With("charset", "utf-8")),
            new XElement("meta", With("name", "viewport"), With("content", "width=device-width, initial-scale=1")),
            new XElement("meta", With("name", "color-scheme"), With("content", "light dark")),
            new XElement("title", card.Title),
            new XElement("link", With("rel", "icon"), With("href", "data:,")),
            new XElement("link", With("rel", "stylesheet"), With("href", "/style.css"))),
        new XElement(
            "body",
            Tag("a", "skip", With("href", "#report"), words.Skip),
            Header(card, words),
            new XElement(
                "main",
                Tiles(card, words),
                Section("daily", words, w => w.Daily, words.DailyNote, DailyChart.Draw(card.Daily, words)),
                Tag(
                    "div",
                    "columns",
                    Section("units", words, w => w.ByUnit, words.ByUnitNote, Units(card, words)),
                    Section("procedures", words, w => w.ByProcedure, words.ByProcedureNote, Procedures(card, words))),
                Section("report", words, w => w.Report, null, StatutoryTable.Draw(card, words))))));

    private static XElement Header(ScoreCard card, PageWords words)
    {
        var (first, last) = card.Days;
        return new XElement(
            "header",
            Tag(
                "div",
                "heading",
                new XElement("h1", card.Title),
                new XElement(
                    "p",
                    $"{words.Period}: ",
                    Tag("strong", string.Empty, $"{words.Date(first)} – {words.Date(last)}"),
                    $" · {words.Number(card.Dossiers)} {PageWords.Filled(words.Journal, words.Number(card.Events))}")),
            new XElement("nav", With("aria-label", words.Languages), Language(PageWords.Vi, words), Language(PageWords.En, words)));
    }

    private static XElement Language(PageWords language, PageWords current) => new(
        "a",
        With("href", $"/?lang={language.Language}"),
        With("lang", language.Language),
        With("hreflang", language.Language),
        language.Language == current.Language ? With("aria-current", "page") : null,
        language.Itself);

    private static XElement Section(string id, PageWords words, Func<PageWords, string> heading, string? note, IEnumerable<XElement> content) => new(
        "section",
        With("id", id),
        With("aria-labelledby", $"{id}-heading"),
        Tag(
            "div",
            "section-heading",
            new XElement("h2", With("id", $"{id}-heading"), heading(words)),
            Tag("p", "other", With("lang", words.Other.Language), heading(words.Other))),
        note is null ? null : Tag("p", "note", note),
        content);

    private static XElement Tiles(ScoreCard card, PageWords words)
    {
        var total = card.Report.Total;
        return new XElement(
            "section",
            With("aria-label", words.Summary),
            Tag(
                "dl",
                "tiles",
                Tile(words.OnTimeRate, words.Other.OnTimeRate, words, words.Share(total.OnTimeRate), PageWords.Filled(words.OfSettled, words.Number(total.Settled)), "rate", Ring(total.OnTimeRate)),
                Tile(words.Received, words.Other.Received, words, words.Number(total.Received), $"{words.Online}: {words.Number(total.Online)}", "tile-received"),
                Tile(words.Settled, words.Other.Settled, words, words.Number(total.Settled), $"{words.Early}: {words.Number(total.Early)}", "tile-settled"),
                Tile(words.InProcess, words.Other.InProcess, words, words.Number(total.InProcess), $"{words.InTime}: {words.Number(total.InTime)}", "tile-process"),
                Tile(
                    words.Overdue,
                    words.Other.Overdue,
                    words,
                    words.Number(total.Overdue + total.InProcessOverdue),
                    $"{words.Settled}: {words.Number(total.Overdue)} · {words.InProcess}: {words.Number(total.InProcessOverdue)}",
                    "tile-overdue")));
    }

    private static XElement Tile(string label, string other, PageWords words, string figure, string detail, string css, XElement? picture = null) => Tag(
        "div",
        $"tile {css}",
        picture,
        new XElement("dt", label, Tag("small", string.Empty, With("lang", words.Other.Language), other)),
        new XElement("dd", Tag("strong", string.Empty, figure), Tag("span", string.Empty, detail)));

    // Decoration: the figure beside it says the same.
    private static XElement Ring(double? rate) => Tag(
        "svg",
        "ring",
        With("viewBox", "0 0 36 36"),
        With("aria-hidden", "true"),
        Tag("circle", "ring-track", With("cx", 18), With("cy", 18), With("r", 15.5)),
        rate is > 0
            ? Tag("circle", "ring-share", With("cx", 18), With("cy", 18), With("r", 15.5), With("pathLength", 100), With("stroke-dasharray", FormattableString.Invariant($"{rate * 100:0.##} 100")), With("transform", "rotate(-90 18 18)"))
            : null);

    private static IEnumerable<XElement> Units(ScoreCard card, PageWords words) => Bars.Draw(
        [(words.Early, "early"), (words.OnTime, "on-time"), (words.Overdue, "overdue"), (words.InProcess, "in-process")],
        [
            .. card.Report.Rows.OrderByDescending(r => r.Received).ThenBy(r => r.Unit, StringComparer.Ordinal).Select(r => new Bars.Row(
                words.Name(card.NameOf(r.Unit!)),
                $"{words.OnTimeRate}: {words.Share(r.OnTimeRate)}",
                [r.Early, r.OnTime, r.Overdue, r.InProcess],
                words.Number(r.Received))),
        ],
        shares: true,
        words);

    private static IEnumerable<XElement> Procedures(ScoreCard card, PageWords words) => Bars.Draw(
        [(words.SettledInTime, "early"), (words.Overdue, "overdue"), (words.NotSettled, "in-process")],
        [
            .. card.Procedures.OrderByDescending(p => p.Received).ThenBy(p => p.Code, StringComparer.Ordinal).Select(p => new Bars.Row(
                words.Name(p.Name),
                p.Code,
                [Math.Max(0, p.Settled - p.Overdue), Math.Min(p.Settled, p.Overdue), Math.Max(0, p.Received - p.Settled)],
                words.Number(p.Received))),
        ],
        shares: false,
        words);
}
