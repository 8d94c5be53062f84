using System.Globalization;
using System.Xml.Linq;
using Workflow.Core.Diagrams;
using Workflow.Core.Procedures;
using Workflow.Core.Tests.Dossiers;
using Workflow.Core.Tests.Procedures;

namespace Workflow.Core.Tests.Diagrams;

public class DiagramTests
{
    private static readonly DiagramOptions s_english = new() { Language = DiagramLanguage.En };

    [Theory]
    [InlineData("1.001193", DiagramLanguage.Vi)]
    [InlineData("1.013225", DiagramLanguage.En)]
    public void Svg_OfACatalogueProcedure_IsTheApprovedOne(string code, DiagramLanguage language) =>
        Approved.Is($"{code}.approved.svg", Diagram.Of(CatalogueFiles.Catalogue.Find(code)!, new DiagramOptions { Language = language }).ToSvg());

    [Fact]
    public void Svg_OfThirtyStates_IsTheApprovedOne()
    {
        Assert.Equal(31, DiagramSamples.Thirty.Content.States.Count);
        Approved.Is("thirty.approved.svg", Diagram.Of(DiagramSamples.Thirty, s_english).ToSvg());
    }

    [Fact]
    public void Svg_OfSuperstates_IsTheApprovedOne() => Approved.Is("nested.approved.svg", Diagram.Of(DiagramSamples.Nested, s_english).ToSvg());

    [Fact]
    public void Svg_OfADossiersPath_IsTheApprovedOne() => Approved.Is("path.approved.svg", Diagram.Of(Office.Birth, DiagramSamples.Path).ToSvg());

    [Fact]
    public void Mermaid_AndDot_AreTheApprovedOnes()
    {
        Approved.Is("1.001193.approved.mmd", Diagram.Of(CatalogueFiles.Catalogue.Find("1.001193")!).ToMermaid());
        Approved.Is("1.001193.approved.dot", Diagram.Of(CatalogueFiles.Catalogue.Find("1.001193")!).ToDot());
        Approved.Is("path.approved.mmd", Diagram.Of(Office.Birth, DiagramSamples.Path, s_english).ToMermaid());
        Approved.Is("path.approved.dot", Diagram.Of(Office.Birth, DiagramSamples.Path, s_english).ToDot());
    }

    [Fact]
    public void Exits_ThatManyStatesHave_AreBadgesUnlessEveryEdgeIsWanted()
    {
        var procedure = CatalogueFiles.Catalogue.Find("1.001193")!;
        var folded = Diagram.Of(procedure, s_english).Model;
        var all = Diagram.Of(procedure, s_english with { AllEdges = true }).Model;

        Assert.Equal([new DiagramExit("W", "withdraw", "Withdrawn by the applicant", DiagramPhase.Refused)], folded.Exits);
        Assert.DoesNotContain(folded.States, s => s.Name == "withdrawn");
        Assert.Equal(["W"], folded.States.Single(s => s.Name == "verifying").Badges);
        Assert.Empty(all.Exits);
        Assert.All(all.States, s => Assert.Empty(s.Badges));
        Assert.Equal(procedure.Content.Transitions.Count, all.Edges.Sum(e => e.Lines.Count));
    }

    [Fact]
    public void Path_MarksWhatWasVisitedAndSaysWhen()
    {
        var model = Diagram.Of(Office.Birth, DiagramSamples.Path, s_english).Model;

        Assert.Equal(["appraisal", "received", "registered", "signing", "waiting", "work"], model.States.Where(s => s.IsVisited).Select(s => s.Name).Order(StringComparer.Ordinal));
        Assert.Equal("signing", Assert.Single(model.States, s => s.IsCurrent).Name);
        var proposed = Assert.Single(model.Edges, e => e.IsTaken && model.States[e.From].Name == "appraisal" && model.States[e.To].Name == "signing");
        Assert.Equal(["propose", "[documents-complete]", "5. 17 Nov 2020 14:20", "7. 18 Nov 2020 16:45"], proposed.Lines);
        Assert.Contains("6 Nov 2020 09:00", model.States.Single(s => s.Name == "registered").Details);
        Assert.Contains("000.01.30.H28-201106-0001", model.Subtitle, StringComparison.Ordinal);
    }

    [Fact]
    public void Path_ThatEndsByACommonExit_DrawsItsEnd()
    {
        var path = DiagramSamples.Path with { Steps = [.. DiagramSamples.Path.Steps, new PathStep(Office.Time("11-19 08:00"), "withdraw", "signing", "withdrawn")] };

        var model = Diagram.Of(Office.Birth, path, s_english).Model;

        Assert.True(model.States.Single(s => s.Name == "withdrawn").IsCurrent);
        Assert.Contains(model.Edges, e => e.IsTaken && model.States[e.To].Name == "withdrawn" && model.States[e.From].Name == "work");
    }

    [Fact]
    public void Path_StepThatTheProcedureDoesNotKnow_IsDrawnWhenItsStatesAreKnown()
    {
        var path = DiagramSamples.Path with
        {
            Steps = [new PathStep(Office.Time("11-06 10:00"), "leap", "registered", "done"), new PathStep(Office.Time("11-06 11:00"), "vanish", "done", "nowhere")],
        };

        var model = Diagram.Of(Office.Birth, path, s_english).Model;

        Assert.Equal(["leap", "1. 6 Nov 2020 10:00"], Assert.Single(model.Edges, e => e.IsTaken).Lines);
        Assert.DoesNotContain(model.States, s => s.IsCurrent);
    }

    [Fact]
    public void Path_WithoutASubmission_IsRefused() => Assert.Throws<ArgumentException>(() => DossierPath.Of([]));

    [Fact]
    public void Texts_UnderAnyCulture_AreTheSame()
    {
        var before = CultureInfo.CurrentCulture;
        var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (other.NumberFormat.NumberDecimalSeparator, other.NumberFormat.NegativeSign, other.DateTimeFormat.DateSeparator, other.DateTimeFormat.TimeSeparator) = (",", "~", "!", "?");
        var expected = All();
        try
        {
            CultureInfo.CurrentCulture = other;
            Assert.Equal(expected, All());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }

        static string All()
        {
            var (path, nested) = (Diagram.Of(Office.Birth, DiagramSamples.Path), Diagram.Of(DiagramSamples.Nested));
            return path.ToSvg() + path.ToDot() + path.ToMermaid() + nested.ToSvg();
        }
    }

    [Fact]
    public void Svg_NeedsNothingElse()
    {
        var svg = XDocument.Parse(Diagram.Of(DiagramSamples.Thirty).ToSvg());

        Assert.DoesNotContain(svg.Descendants(), e => e.Name.LocalName is "script" or "image" or "use" or "foreignObject" or "a");
        Assert.DoesNotContain(svg.Descendants().Attributes(), a => a.Name.LocalName is "href" or "id" || a.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        Assert.DoesNotContain("url(", svg.ToString(), StringComparison.Ordinal);
    }
}
