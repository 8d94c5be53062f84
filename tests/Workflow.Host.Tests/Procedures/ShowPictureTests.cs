using System.Xml.Linq;
using Workflow.Host.Tests.Terminal;

namespace Workflow.Host.Tests.Procedures;

public sealed class ShowPictureTests
{
    [Theory]
    [InlineData("mermaid", "stateDiagram-v2\n", "\n")]
    [InlineData("dot", "digraph procedure {\n", "}\n")]
    [InlineData("svg", "<svg ", "</svg>\n")]
    public async Task Show_InANotation_PrintsThePictureAlone(string format, string begin, string end)
    {
        var ran = await Run.CommandAsync("procedure", "show", "1.001193", "--format", format, "--language", "en");
        Assert.Equal((0, string.Empty), (ran.Status, ran.Error));
        Assert.StartsWith(begin, ran.Output, StringComparison.Ordinal);
        Assert.EndsWith(end, ran.Output, StringComparison.Ordinal);
        Assert.Contains("Birth registration", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_ADossiersPath_MarksWhereItIs()
    {
        using var scratch = new Scratch();
        var data = scratch.File("data");
        var submitted = await Run.JsonAsync(
            "dossier", "submit", "--procedure", "1.001193", "--unit", "000.01.30.H28", "--applicant", "Nguyễn Văn A", "--field", "child-name=B",
            "--document", "birth-certificate", "--as", "citizen-1", "--role", "applicant", "--data", data);
        var code = submitted.GetProperty("code").GetString()!;

        var shown = await Run.CommandAsync("dossier", "show", code, "--format", "svg", "--data", data);

        Assert.Equal(0, shown.Status);
        Assert.Contains(XDocument.Parse(shown.Output).Descendants(), e => e.Attribute("class")?.Value == "wf-current");
        Assert.Contains(code, shown.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Nguyễn", shown.Output, StringComparison.Ordinal);
        (await Run.CommandAsync("dossier", "show", code, "--format", "dot", "--json", "--data", data)).IsUnusable("--json", "--format");
        (await Run.CommandAsync("dossier", "show", "x", "--format", "dot", "--data", data)).IsUnusable("no dossier x");
    }
}
