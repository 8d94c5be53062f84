using System.Globalization;
using System.Xml.Linq;
using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Forms;
using static Workflow.Host.Pages.Html;

namespace Workflow.Host.Forms;

/// <summary>Forms as printable HTML: slips on A5, the register on A4; no script, nothing from elsewhere, every text encoded.</summary>
internal static class SlipPage
{
    private static readonly string s_style = ReadStyle();

    /// <summary>Renders a slip.</summary>
    /// <param name="slip">The slip.</param>
    /// <param name="words">The language.</param>
    /// <param name="lookUp">The address before the dossier's code in the QR code; null for the code alone.</param>
    public static string Render(Slip slip, SlipWords words, Uri? lookUp) => Page(
        words,
        "slip",
        $"{words.Name(slip.Title)} – {slip.Head.Code}",
        Heading(slip.Head.UnitName, slip.Number, slip.Circular, words, new XElement("p", Tag("em", string.Empty, words.Day(slip.At)))),
        new XElement("h1", words.Name(slip.Title)),
        Tag(
            "div",
            "key",
            List(
                (words.DossierCode, Tag("strong", string.Empty, slip.Head.Code)),
                (words.Procedure, $"{words.Name(slip.Head.ProcedureName)} ({slip.Head.Procedure})"),
                (words.Applicant, slip.Head.Applicant?.Name ?? words.Erased),
                (words.Address, slip.Head.Applicant?.Address),
                (words.Phone, slip.Head.Applicant?.Phone)),
            Tag("figure", string.Empty, QrPicture.Draw(QrPicture.Payload(slip.Head.Code, lookUp), slip.Head.Code), new XElement("figcaption", words.LookUp))),
        Body(slip, words),
        slip is ControlSlip ? null : Tag("div", "signatures", Signature(words.ApplicantSignature, null), Signature(words.Signature, $"{words.Officer}: {slip.Head.Officer}")),
        new XElement("footer", words.Name(slip.LegalBasis)));

    /// <summary>Renders the register of a unit and year.</summary>
    public static string Render(DossierRegister register, SlipWords words) => Page(
        words,
        "register",
        $"{words.Name(SlipForms.TitleOf(SlipKind.Register, register.Circular))} {register.Year} – {register.Unit}",
        Heading(register.UnitName, register.Number, register.Circular, words, new XElement("p", $"{words.Year} {register.Year}")),
        new XElement("h1", words.Name(SlipForms.TitleOf(SlipKind.Register, register.Circular))),
        Table(
            [words.Number, words.DossierCode, words.Procedure, words.Applicant, words.ReceivedAt, words.Due, words.Closed, words.Result],
            register.Lines.Select(l => (string[])
            [
                l.Number.ToString(CultureInfo.InvariantCulture), l.Code, words.Name(l.ProcedureName), l.Applicant?.Name ?? words.Erased, words.Short(l.ReceivedAt),
                l.Due is { } due ? words.Short(due) : words.NoLimit, l.ClosedAt is { } closed ? words.Short(closed) : string.Empty, l.Result is null ? string.Empty : words.Of(l.Result),
            ])),
        new XElement("footer", words.Name(SlipForms.LegalBasisOf(SlipKind.Register, register.Circular))));

    private static string Page(SlipWords words, string css, string title, params object?[] content) => Document(new XElement(
        "html",
        With("lang", words.Code),
        new XElement(
            "head",
            new XElement("meta", With("charset", "utf-8")),
            new XElement("meta", With("name", "viewport"), With("content", "width=device-width, initial-scale=1")),
            new XElement("title", title),
            new XElement("link", With("rel", "icon"), With("href", "data:,")),
            new XElement("style", s_style)),
        new XElement("body", With("class", css), new XElement("main", content))));

    private static XElement Heading(LocalizedName unit, string number, Circular circular, SlipWords words, XElement beneath) => new(
        "header",
        new XElement("div", new XElement("p", words.Name(unit)), Tag("p", "office", words.OneStop)),
        new XElement(
            "div",
            Tag("p", "form", $"{words.Form} {number} · {words.Circular} {Circulars.NumberOf(circular)}/TT-VPCP"),
            words.IsVietnamese ? Tag("p", "nation", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") : Tag("p", "nation", "SOCIALIST REPUBLIC OF VIET NAM"),
            words.IsVietnamese ? Tag("p", "motto", "Độc lập - Tự do - Hạnh phúc") : Tag("p", "motto", "Independence - Freedom - Happiness"),
            beneath));

    private static IEnumerable<XElement?> Body(Slip slip, SlipWords words) => slip switch
    {
        ReceiptSlip receipt =>
        [
            receipt.Components.Count == 0 ? null : new XElement("h2", words.Components),
            receipt.Components.Count == 0
                ? null
                : Table(
                    [words.Number, words.Document, words.Originals, words.Copies],
                    receipt.Components.Select((c, i) => (string[])[Text(i + 1), words.Name(c.Name), Text(c.Originals), Text(c.Copies)])),
            List(
                (words.ReceivedAt, words.Minute(receipt.At)),
                (words.ReturnAt, Tag("strong", string.Empty, receipt.ReturnAt is { } due ? words.Minute(due) : words.NoLimit)),
                (words.ChannelLabel, words.Of(receipt.Channel))),
            Tag("p", "note", receipt.OnRequestOnly ? words.OnRequest : words.BringSlip),
        ],
        SupplementSlip supplement =>
        [
            new XElement("h2", words.Items),
            new XElement("ol", supplement.Items.Select(i => new XElement("li", words.Name(i)))),
            List((words.Reason, supplement.Reason ?? words.Erased)),
        ],
        RefusalSlip refusal => [List((words.Reason, refusal.Reason ?? words.Erased), (words.Ground, refusal.Ground))],
        ApologySlip apology =>
        [
            List(
                (words.ReceivedAt, apology.ReceivedAt is { } received ? words.Minute(received) : null),
                (words.OldDue, words.Minute(apology.OldDue)),
                (words.LateUnit, words.Name(apology.LateUnitName)),
                (words.Reason, apology.Reason ?? words.Erased),
                (words.NewDue, Tag("strong", string.Empty, words.Minute(apology.NewDue))),
                (words.Apology, apology.ApologyDocument)),
            Tag("p", "note", words.ApologyText),
        ],
        StopSlip stop => [Tag("p", string.Empty, words.StopText), List((words.Reason, stop.Reason ?? words.Erased), (words.FeesPaid, words.Money(stop.FeesPaid)))],
        ControlSlip control =>
        [
            Table(
                [words.Time, words.HandedBy, words.TakenBy, words.Result, words.Note],
                control.Rows.Select(r => (string[])
                [
                    words.Short(r.At), $"{words.Name(r.FromUnit)} · {r.FromOfficer}", r.ToRole is null ? words.Name(r.ToUnit) : $"{words.Name(r.ToUnit)} · {r.ToRole}", words.Of(r.Result), r.Note,
                ])),
        ],
        _ => [],
    };

    private static XElement List(params (string Label, object? Value)[] rows) =>
        new("dl", rows.Where(r => r.Value is not null).Select(r => new XElement("div", new XElement("dt", r.Label), new XElement("dd", r.Value))));

    private static XElement Table(string[] heads, IEnumerable<string[]> rows) => new(
        "table",
        new XElement("thead", new XElement("tr", heads.Select(h => new XElement("th", With("scope", "col"), h)))),
        new XElement("tbody", rows.Select(r => new XElement("tr", r.Select(c => new XElement("td", c))))));

    private static XElement Signature(string label, string? below) => new("div", new XElement("p", label), below is null ? null : Tag("p", "account", below));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string ReadStyle()
    {
        using var reader = new StreamReader(typeof(SlipPage).Assembly.GetManifestResourceStream("Workflow.Host.Forms.slip.css")!);
        return reader.ReadToEnd();
    }
}
