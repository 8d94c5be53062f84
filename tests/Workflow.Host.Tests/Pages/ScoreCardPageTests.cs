using System.Xml;
using System.Xml.Linq;
using Spectre.Console;
using Workflow.Core.Indicators;
using Workflow.Host.Pages;

namespace Workflow.Host.Tests.Pages;

public sealed class ScoreCardPageTests
{
    [Theory]
    [InlineData("vi")]
    [InlineData("en")]
    public void Page_InEitherLanguage_IsWellFormedAndNeedsNothingFromElsewhere(string language)
    {
        var html = ScoreCardPage.Render(SampleCard.Create(), PageWords.Of(language));
        var page = Parse(html);
        Assert.Equal(language, page.Attribute("lang")!.Value);
        Assert.DoesNotContain(
            page.Descendants(),
            e => e.Name.LocalName is "script" or "style" or "iframe" or "img" || e.Attributes().Any(a => a.Name == "style" || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal)));
        Assert.All(page.Descendants().Attributes().Where(a => a.Name.LocalName is "href" or "src"), a => Assert.Matches("^(/[a-z?]|#|data:,$)", a.Value));
        Assert.Equal(2, page.Descendants("nav").Elements("a").Count());
    }

    [Fact]
    public void Page_TablesAndPictures_SayWhatTheyAre()
    {
        var page = Parse(ScoreCardPage.Render(SampleCard.Create(), PageWords.En));
        Assert.All(page.Descendants("table"), t => Assert.NotEqual(string.Empty, t.Element("caption")!.Value));
        Assert.All(page.Descendants("th"), t => Assert.Contains(t.Attribute("scope")!.Value, (string[])["col", "colgroup", "row"]));
        Assert.All(page.Descendants("svg"), s => Assert.True(s.Attribute("aria-hidden") is not null || (s.Attribute("role")?.Value == "img" && s.Element("title") is not null)));
        var ids = page.Descendants().Attributes("id").Select(a => a.Value).ToList();
        Assert.Equal(ids.Count, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(page.Descendants().Attributes("aria-labelledby").SelectMany(a => a.Value.Split(' ')), id => Assert.Contains(id, ids));
    }

    [Fact]
    public void Page_HostileText_IsEncoded()
    {
        const string Hostile = "<script>alert('x')</script>&\"]]>";
        var html = ScoreCardPage.Render(SampleCard.Create(title: Hostile, name: Hostile), PageWords.En);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(Hostile, Parse(html).Descendants("h1").Single().Value);
    }

    [Fact]
    public void Page_Report_ShowsEveryUnitTheTotalAndTheIdentities()
    {
        var card = SampleCard.Create();
        var page = Parse(ScoreCardPage.Render(card, PageWords.En));
        var table = page.Descendants("table").Single(t => t.Attribute("class")?.Value == "statutory");
        Assert.Equal(25, table.Element("tbody")!.Elements("tr").Count());
        var total = table.Element("tfoot")!.Element("tr")!.Elements("td").Select(d => d.Value).ToList();
        var t = card.Report.Total;
        int[] figures = [t.Received, t.Online, t.DirectAndPost, t.CarriedOver, t.Settled, t.Early, t.OnTime, t.Overdue, t.InProcess, t.InTime, t.InProcessOverdue];
        Assert.Equal(figures.Select(f => f.ToString("N0")), total[..^1]);
        Assert.Equal("✓ Holds", total[^1]);
        Assert.Contains(page.Descendants("li"), l => l.Value == $"Received {t.Received:N0} = Settled {t.Settled:N0} + In process {t.InProcess:N0}");
    }

    [Fact]
    public void Page_ReportThatDoesNotAddUp_SaysSo()
    {
        var card = SampleCard.Create();
        StatutoryRow[] rows = [.. card.Report.Rows];
        rows[0] = rows[0] with { InTime = rows[0].InTime + 1 };
        var page = Parse(ScoreCardPage.Render(card with { Report = card.Report with { Rows = rows } }, PageWords.Vi));
        Assert.Equal("✗ Lệch", Assert.Single(page.Descendants("tr"), r => r.Attribute("class")?.Value == "fails").Elements("td").Last().Value);
        Assert.Contains("Không đúng", page.Descendants("div").Single(d => d.Attribute("class")?.Value == "identities bad").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_NothingReceived_StillRenders()
    {
        var card = SampleCard.Create();
        var empty = card with { Report = card.Report with { Rows = [], Total = new StatutoryRow(null, 0, 0, 0, 0, 0, 0, 0, 0) }, Daily = [], Procedures = [] };
        Assert.Contains("–", Parse(ScoreCardPage.Render(empty, PageWords.En)).Descendants("dd").First().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_FollowTheLanguage()
    {
        Assert.Equal(("10.441", "96,8%", "06/11/2020"), (PageWords.Vi.Number(10_441), PageWords.Vi.Share(0.968), PageWords.Vi.Date(new DateOnly(2020, 11, 6))));
        Assert.Equal(("10,441", "96.8%", "6 Nov 2020"), (PageWords.En.Number(10_441), PageWords.En.Share(0.968), PageWords.En.Date(new DateOnly(2020, 11, 6))));
    }

    [Fact]
    public void Table_WithoutTerminal_IsPlainLinesWithEveryColumn()
    {
        using var writer = new StringWriter { NewLine = "\n" };
        ScoreCardTable.Write(AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) }), SampleCard.Create());
        var text = writer.ToString();
        Assert.DoesNotContain('\u001b', text);
        Assert.Contains("Received   online", text, StringComparison.Ordinal);
        Assert.Contains("Commune 24", text, StringComparison.Ordinal);
        Assert.Contains("it holds for all 25 units", text, StringComparison.Ordinal);
    }

    private static XElement Parse(string html)
    {
        using var reader = XmlReader.Create(new StringReader(html), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        return XDocument.Load(reader).Root!;
    }
}
