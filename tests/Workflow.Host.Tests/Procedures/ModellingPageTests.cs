using System.Text.RegularExpressions;
using Workflow.Host.Tests.Terminal;

namespace Workflow.Host.Tests.Procedures;

/// <summary>The shell lines of docs/modelling.md, run one after the other on the definitions that stand above them.</summary>
public sealed partial class ModellingPageTests
{
    [Fact]
    public async Task EveryShellLine_RunsWithoutAFinding()
    {
        using var scratch = new Scratch();
        var file = scratch.File("permit.yaml");
        var (lines, code) = (0, "CODE");
        foreach (var (language, text) in MarkdownBlocks.All("docs/modelling.md"))
        {
            if (language == "yaml")
            {
                await File.WriteAllTextAsync(file, text, TestContext.Current.CancellationToken);
            }

            foreach (var line in language == "sh" ? text.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [])
            {
                string[] arguments = [.. Words().Matches(line).Select(m => m.Value.Trim('"')).Select(w => w switch { "permit.yaml" => file, "./data" => scratch.File("data"), "CODE" => code, _ => w })];
                Assert.Equal("./workflow", arguments[0]);
                var ran = await Run.CommandAsync(arguments[1..]);

                Assert.True((ran.Status, ran.Error) == (0, string.Empty), $"{line}\n{ran.Output}{ran.Error}");
                code = arguments is [_, "dossier", "submit", ..] ? ran.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[0] : code;
                lines++;
            }
        }

        Assert.True(lines >= 8);
        var shown = await Run.JsonAsync("dossier", "show", code, "--data", scratch.File("data"));
        Assert.Equal("signing", shown.GetProperty("state").GetString());
    }

    [GeneratedRegex("\"[^\"]*\"|\\S+", RegexOptions.None, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Words();
}
