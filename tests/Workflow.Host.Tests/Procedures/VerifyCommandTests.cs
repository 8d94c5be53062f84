using System.Text;
using Workflow.Host.Tests.Logs;
using Workflow.Host.Tests.Terminal;

namespace Workflow.Host.Tests.Procedures;

public sealed class VerifyCommandTests
{
    private const string Sound = """
        procedure: p-1
        version: 1
        name: { vi: Một, en: One }
        states:
          start: { initial: true, on: { end: ended } }
          ended: { final: true }

        """;

    /// <summary>A name for each kind of mistake, the file, the defect's code and the line.</summary>
    public static TheoryData<string, string, string, int> Mistakes() => new()
    {
        { "wrong key", Sound.Replace("version:", "versoin:", StringComparison.Ordinal), "WF0004", 2 },
        { "wrong type", Sound.Replace("version: 1", "version: one", StringComparison.Ordinal), "WF0006", 2 },
        { "unknown state", Sound.Replace("end: ended", "end: endde", StringComparison.Ordinal), "WF0101", 5 },
        { "duplicate key", Sound + "version: 1\n", "WF0003", 7 },
        { "no final state", Sound.Replace("{ final: true }", "{ on: { again: start } }", StringComparison.Ordinal), "WF0103", 1 },
        { "deep nesting", new StringBuilder("sources: ").Append('[', 5_000).ToString(), "WF00", 1 },
        { "alias bomb", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n", "WF0001", 1 },
        { "no YAML", "procedure: ]", "WF0001", 1 },
        { "empty", string.Empty, "WF0001", 1 },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public async Task Verify_Mistake_IsFoundWithItsLineAndLoadingIsRefusedInOneLine(string kind, string text, string code, int line)
    {
        Assert.NotEmpty(kind);
        using var scratch = new Scratch();
        var path = scratch.File("bad.yaml", text);
        var verified = await Run.CommandAsync("procedure", "verify", path, "--json");
        Assert.Equal((1, string.Empty), (verified.Status, verified.Error));
        Assert.Contains(verified.Json.GetProperty("defects").EnumerateArray(), d =>
            d.GetProperty("file").GetString() == path && d.GetProperty("line").GetInt32() == line
            && d.GetProperty("code").GetString()!.StartsWith(code, StringComparison.Ordinal) && d.GetProperty("severity").GetString() == "error");

        var loaded = await Run.CommandAsync("log", "replay", scratch.File("log.xes", SmallLog.Text), "--procedure", path, "--data", scratch.File("data"));
        loaded.IsUnusable(path, "WF0");
        Assert.False(Directory.Exists(scratch.File("data")));
    }

    [Fact]
    public async Task Verify_SameCodeInTwoFiles_IsADefectThatNamesBoth()
    {
        using var scratch = new Scratch();
        scratch.File("folder/a.yaml", Sound);
        scratch.File("folder/below/b.yml", Sound);
        var ran = await Run.CommandAsync("procedure", "verify", scratch.File("folder"), "--json");
        Assert.Equal((1, 2), (ran.Status, ran.Json.GetProperty("procedures").GetInt32()));
        var defect = Assert.Single(ran.Json.GetProperty("defects").EnumerateArray());
        Assert.Equal(("WF0007", "p-1"), (defect.GetProperty("code").GetString(), defect.GetProperty("procedure").GetString()));
        Assert.Contains("a.yaml", defect.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.EndsWith("b.yml", defect.GetProperty("file").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_TheSameFileNamedTwice_IsReadOnce()
    {
        using var scratch = new Scratch();
        var path = scratch.File("a.yaml", Sound);
        var ran = await Run.CommandAsync("procedure", "verify", path, scratch.Path, path);
        Assert.Equal((0, "1 file, 1 procedure, no defects\n"), (ran.Status, ran.Output));
    }

    [Fact]
    public async Task Verify_TheCatalogueThatTravelsWithTheHost_HasNoErrorsAndItsWarningsFailOnlyWhenStrict()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "procedures");
        var json = await Run.JsonAsync("procedure", "verify", path);
        Assert.True(json.GetProperty("procedures").GetInt32() >= 20);
        var defects = json.GetProperty("defects").EnumerateArray().ToList();
        Assert.DoesNotContain(defects, d => d.GetProperty("severity").GetString() == "error");
        Assert.Contains(defects, d => d.GetProperty("code").GetString() == "WF0302" && d.GetProperty("procedure").GetString() == "1.010041");

        Assert.Equal(1, (await Run.CommandAsync("procedure", "verify", path, "--strict")).Status);
    }

    [Fact]
    public async Task Verify_StepsBeyondTheLimit_ShowsTheSumBelowTheDefect()
    {
        using var scratch = new Scratch();
        var path = scratch.File("p.yaml", """
            procedure: p-1
            version: 1
            name: { vi: Một, en: One }
            limit: 3 working days
            states:
              start: { initial: true, on: { accept: working } }
              working: { limit: 2.5 working days, on: { go: signing } }
              signing: { limit: 1 working day, on: { end: ended } }
              ended: { final: true }

            """);

        var ran = await Run.CommandAsync("procedure", "verify", path);
        Assert.Equal(
            [
                $"{path}:8:3: error WF0302 the steps on every way may take 3.5 working days, and the legal limit is 3 working days; shorten steps, let the clock stand where others are waited for, or correct the limit",
                "    working: 2.5 working days, left 0.5 working days",
                "    signing: 1 working day, left -0.5 working days",
                "1 file, 1 procedure, 1 errors, 0 warnings",
            ],
            ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Equal(1, ran.Status);

        var defect = Assert.Single((await Run.CommandAsync("procedure", "verify", path, "--json")).Json.GetProperty("defects").EnumerateArray());
        Assert.Equal("-0.5 working days", defect.GetProperty("schedule")[1].GetProperty("remaining").GetString());
    }

    [Fact]
    public async Task Verify_NothingToRead_OneLine()
    {
        using var scratch = new Scratch();
        (await Run.CommandAsync("procedure", "verify", scratch.Path)).IsUnusable(scratch.Path, ".yaml");
        (await Run.CommandAsync("procedure", "verify", scratch.File("none.yaml"))).IsUnusable("none.yaml", "no such file");
    }

    [Fact]
    public async Task Show_CodeWithASlip_NamesTheNearest() => (await Run.CommandAsync("procedure", "show", "1.001194")).IsUnusable("1.001194", "did you mean '1.001193'?");

    [Fact]
    public async Task Show_Procedure_NamesItsStatesTransitionsAndWhatIsUnverified()
    {
        var shown = await Run.CommandAsync("procedure", "show", "1.001193");
        Assert.Equal(0, shown.Status);
        Assert.All((string[])["1.001193@1", "Đăng ký khai sinh / Birth registration", "accept -> received", "final", "Not verified"], t => Assert.Contains(t, shown.Output, StringComparison.Ordinal));
    }
}
