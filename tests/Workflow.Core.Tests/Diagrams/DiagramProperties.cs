using System.Text.RegularExpressions;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Diagrams;
using Workflow.Core.Diagrams.Layout;
using Workflow.Core.Procedures;
using Workflow.Core.Tests.Dossiers;
using Workflow.Core.Tests.Procedures;

namespace Workflow.Core.Tests.Diagrams;

/// <summary>Laws: nothing covers anything in a picture, and no name whatever is more than a name.</summary>
public class DiagramProperties
{
    private static readonly Regex s_quoted = Pattern("\"(?:[^\"\\\\]|\\\\.)*\"");

    private static readonly Regex s_dotLine = Pattern(@"^(digraph procedure \{|\}| +(\}|graph \[.*\]|node \[.*\]|edge \[.*\]|start \[[a-z0-9=, .T]*\]|start -> s\d+|(s\d+|legend) \[[a-z0-9=, T]*\]|s\d+ -> s\d+ \[[a-z0-9=, _T]*\]|subgraph cluster_\d+ \{|label=T; style=rounded; color=T; fontcolor=T))$");

    private static readonly Regex s_mermaidLine = Pattern("""^(stateDiagram-v2|    acc(Title|Descr): ([a-zA-Z0-9 .,/_]|[^\x00-\x7e]|#\d+;)*| +state "([a-zA-Z0-9 .,/_]|[^\x00-\x7e]|#\d+;|<br/>)*" as (s\d+|legend)| +state s\d+ \{| +\}| +\[\*\] --> s\d+|    s\d+ --> \[\*\]|    s\d+ --> s\d+ : ([a-zA-Z0-9 .,/_]|[^\x00-\x7e]|#\d+;|<br/>)*|    classDef [a-z]+ [a-z0-9:#,-]+|    class [sl0-9,egnd]+ [a-z]+)$""");

    public static TheoryData<string> Codes => [.. CatalogueFiles.Catalogue.Newest.Select(p => p.Code)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Picture_OfACatalogueProcedure_CoversNothing(string code)
    {
        foreach (var options in (DiagramOptions[])[new(), new() { Language = DiagramLanguage.En }, new() { AllEdges = true }])
        {
            AssertNothingIsCovered(Diagram.Of(CatalogueFiles.Catalogue.Find(code)!, options).Model);
        }
    }

    [Fact]
    public void Picture_OfThirtyStatesOfSuperstatesAndOfAPath_CoversNothing()
    {
        AssertNothingIsCovered(Diagram.Of(DiagramSamples.Thirty).Model);
        AssertNothingIsCovered(Diagram.Of(DiagramSamples.Nested).Model);
        AssertNothingIsCovered(Diagram.Of(DiagramSamples.Nested, new DiagramOptions { AllEdges = true }).Model);
        AssertNothingIsCovered(Diagram.Of(Office.Birth, DiagramSamples.Path).Model);
    }

    [Fact]
    public void Picture_OfAnyProcedure_CoversNothing() => ForAny(diagram => AssertNothingIsCovered(diagram.Model), 100);

    [Fact]
    public void Svg_OfAnyProcedure_HasTheStructureOfItsModelAlone() => ForAny(diagram =>
    {
        var svg = XDocument.Parse(diagram.ToSvg());
        Assert.Superset(
            svg.Descendants().Select(e => e.Name.LocalName).ToHashSet(StringComparer.Ordinal),
            new HashSet<string>(["svg", "title", "style", "rect", "text", "g", "path", "circle"], StringComparer.Ordinal));
        Assert.Equal(diagram.Model.States.Count(s => !s.IsGroup) + diagram.Model.States.Count(s => s.IsGroup) + 1, svg.Descendants().Count(e => e.Name.LocalName == "title"));
        Assert.Single(svg.Descendants(), e => e.Name.LocalName == "style");
        Assert.Equal(SvgStyle.Sheet, svg.Descendants().Single(e => e.Name.LocalName == "style").Value);
    });

    [Fact]
    public void Dot_OfAnyProcedure_HasTheStructureOfItsModelAlone() => ForAny(diagram =>
    {
        foreach (var line in diagram.ToDot().TrimEnd('\n').Split('\n'))
        {
            var bare = QuotedText().Replace(line, "T");
            Assert.Matches(DotLine(), bare);
        }
    });

    [Fact]
    public void Mermaid_OfAnyProcedure_HasTheStructureOfItsModelAlone() => ForAny(diagram =>
    {
        foreach (var line in diagram.ToMermaid().TrimEnd('\n').Split('\n'))
        {
            Assert.Matches(MermaidLine(), line);
        }
    });

    [Theory]
    [InlineData("</text><script>alert(1)</script>")]
    [InlineData("\"]; evil [label=\"")]
    [InlineData("\\\" ] evil")]
    [InlineData("a\" as x\nstate evil")]
    [InlineData("%%{init: {'securityLevel':'loose'}}%%")]
    [InlineData("x : y ; click s0 href")]
    [InlineData("\u202egnirts")]
    [InlineData("\\")]
    public void Name_OfAnAttacker_StaysAName(string name)
    {
        var builder = new ProcedureBuilder("1.1").Named(name);
        builder.Configure("a").Named(name).Permit("go", "b");
        builder.Configure("b").AsFinal();
        var diagram = Diagram.Of(builder.Build());

        var svg = XDocument.Parse(diagram.ToSvg());
        Assert.DoesNotContain(svg.Descendants(), e => e.Name.LocalName == "script");
        Assert.DoesNotContain('\u202e', diagram.ToSvg());
        Assert.All(diagram.ToDot().TrimEnd('\n').Split('\n'), l => Assert.Matches(DotLine(), QuotedText().Replace(l, "T")));
        Assert.All(diagram.ToMermaid().TrimEnd('\n').Split('\n'), l => Assert.Matches(MermaidLine(), l));
        Assert.DoesNotContain("%%", diagram.ToMermaid(), StringComparison.Ordinal);
    }

    private static void ForAny(Action<Diagram> holds, int tests = 200) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(tests)), Prop.ForAll(ProcedureContents.All(), content =>
        {
            var procedure = Procedure.Compile(content);
            holds(Diagram.Of(procedure));
            holds(Diagram.Of(procedure, new DossierPath(content.Version.Code, content.Initial!, Office.Time("11-06 09:00"), []), new DiagramOptions { AllEdges = true, Language = DiagramLanguage.En }));
        }));

    private static void AssertNothingIsCovered(DiagramModel model)
    {
        var (drawing, _, _) = DiagramLayout.Of(model);
        var all = new Box(0, 0, drawing.Width + 0.2, drawing.Height + 0.2);
        Assert.Equal(model.States.Count, drawing.Boxes.Count);
        Assert.Equal(model.Edges.Count, drawing.Labels.Count);
        foreach (var state in model.States)
        {
            var box = drawing.Boxes[state.Id];
            Assert.True(all.Contains(box), $"{state.Name} stands outside");
            if (state.Parent is { } parent)
            {
                Assert.True(drawing.Boxes[parent].Contains(box), $"{state.Name} stands outside {model.States[parent].Name}");
            }

            foreach (var other in model.States.Where(o => o.Id > state.Id && !IsWithin(model, o, state) && !IsWithin(model, state, o)))
            {
                Assert.False(box.Overlaps(drawing.Boxes[other.Id]), $"{state.Name} covers {other.Name}");
            }

            foreach (var (edge, label) in state.IsGroup ? [] : drawing.Labels)
            {
                Assert.False(label.Overlaps(box), $"the label '{model.Edges[edge].Lines[0]}' covers {state.Name}");
            }
        }

        foreach (var (edge, label) in drawing.Labels)
        {
            Assert.True(all.Contains(label), $"the label '{model.Edges[edge].Lines[0]}' stands outside");
            Assert.DoesNotContain(drawing.Labels, o => o.Key > edge && o.Value.Overlaps(label));
        }

        // Every line ends where its states are, and every arrow has one head.
        foreach (var (edge, index) in model.Edges.Select((e, i) => (e, i)).Where(p => p.e.From != p.e.To))
        {
            Assert.Single(drawing.Routes, r => r.Edge == index && r.Head != 0);
            foreach (var run in drawing.Routes.Where(r => r.Edge == index).SelectMany(r => r.Runs))
            {
                var crossed = model.States.FirstOrDefault(s => !s.IsGroup && s.Id != edge.From && s.Id != edge.To && Crosses(run, drawing.Boxes[s.Id]));
                Assert.True(crossed is null, $"the edge '{edge.Lines[0]}' runs through {crossed?.Name} at {run}, {(crossed is null ? default : drawing.Boxes[crossed.Id])}");
            }
        }
    }

    private static bool Crosses(Run run, Box box) => run.X > box.X && run.X < box.Right && run.Top < box.Bottom && run.Bottom > box.Y;

    private static bool IsWithin(DiagramModel model, DiagramState state, DiagramState ancestor) =>
        state.Parent is { } parent && (parent == ancestor.Id || IsWithin(model, model.States[parent], ancestor));

    private static Regex QuotedText() => s_quoted;

    private static Regex DotLine() => s_dotLine;

    private static Regex MermaidLine() => s_mermaidLine;

    private static Regex Pattern(string pattern) => new(pattern, RegexOptions.NonBacktracking);
}
