using Workflow.Engine.Timers;
using Workflow.Host.Terminal;
using Workflow.Host.Tests.Terminal;

namespace Workflow.Host.Tests.Calendars;

public sealed class PublishCommandTests
{
    private const string Unit = "000.01.30.H28";
    private static readonly string s_catalogue = Path.Combine(AppContext.BaseDirectory, "procedures");
    private static readonly string s_shipped = Path.Combine(s_catalogue, "calendars", "vn.yaml");

    private const string Procedure =
        """
        procedure: 9.000001
        version: 1
        name: { vi: Thủ tục, en: Procedure }
        limit: 10 working days
        states:
          filed: { initial: true, on: { accept: working } }
          working: { on: { finish: done } }
          done: { final: true }
        """;

    // A dossier of the golden case: accepted on Monday 22 December 2025, and on Friday the 26th the calendar is published again.
    [Fact]
    public async Task Publish_AfterTheSwapWasDecided_MovesThePromisedDate()
    {
        using var scratch = new Scratch();
        var data = scratch.File("data");
        var code = await AcceptedAsync(data);
        Assert.Equal("2026-01-06T23:59:59+07:00", await DueAsync(data, code));

        var published = await RunAsync("2025-12-26 08:00", s_catalogue, "calendar", "publish", s_shipped, "--data", data, "--json");

        Assert.Equal((0, 1, 1), (published.Status, published.Json.GetProperty("dossiers").GetInt32(), published.Json.GetProperty("moved").GetInt32()));
        Assert.Equal("2026-01-07T23:59:59+07:00", await DueAsync(data, code));
        var again = await RunAsync("2025-12-26 09:00", s_catalogue, "calendar", "publish", s_shipped, "--data", data, "--json");
        Assert.Equal((1, 0), (again.Json.GetProperty("dossiers").GetInt32(), again.Json.GetProperty("moved").GetInt32()));
    }

    [Fact]
    public async Task Publish_InFavourOfTheCitizen_KeepsTheEarlierDate()
    {
        using var scratch = new Scratch();
        var data = scratch.File("data");
        var code = await AcceptedAsync(data);

        var published = await RunAsync("2025-12-26 08:00", s_catalogue, "calendar", "publish", s_shipped, "--favour", "citizen", "--data", data);

        Assert.Equal((0, string.Empty), (published.Status, published.Error));
        Assert.Equal("published vn-2020..2026@2025-12-25: 0 of 1 open dossiers have another promised date\n", published.Output);
        Assert.Equal("2026-01-06T23:59:59+07:00", await DueAsync(data, code));
    }

    [Fact]
    public async Task Publish_ADayOffWithoutADecisionDay_IsKnownFromNow()
    {
        using var scratch = new Scratch();
        var data = scratch.File("data");
        var code = await AcceptedAsync(data);
        var file = scratch.File("more.yaml", (await File.ReadAllTextAsync(s_shipped)).Replace(
            "\nmake-up-days:", "\n  - { date: 2025-12-30, name: lũ, source: QĐ 1 }\n\nmake-up-days:", StringComparison.Ordinal));

        var published = await RunAsync("2025-12-26 08:00", s_catalogue, "calendar", "publish", file, "--data", data, "--json");

        Assert.Equal("vn-2020..2026@2025-12-26", published.Json.GetProperty("calendar").GetString());
        Assert.Equal("2026-01-08T23:59:59+07:00", await DueAsync(data, code));
    }

    [Theory]
    [InlineData("calendar: vn", "calendar: la", "of that code")]
    [InlineData("last-day: 2026-12-31", "last-day: 2026-12-30", "cover these days")]
    [InlineData("date: 2026-09-01", "date: 2026-09-03", "2026-09-01")]
    [InlineData("date: 2026-09-01", "date: 2026-13-01", "bad.yaml:")]
    [InlineData("weekend: [saturday, sunday]", "weekend: [saturday, domingo]", "domingo")]
    public async Task Publish_AnUnusableFile_OneLineNamesIt(string part, string wrong, string message)
    {
        using var scratch = new Scratch();
        var data = scratch.File("data");
        await AcceptedAsync(data);
        var text = await File.ReadAllTextAsync(s_shipped);
        Assert.Contains(part, text, StringComparison.Ordinal);
        var file = scratch.File("bad.yaml", text.Replace(part, wrong, StringComparison.Ordinal));

        (await RunAsync("2025-12-26 08:00", s_catalogue, "calendar", "publish", file, "--data", data)).IsUnusable("bad.yaml", message);
    }

    [Fact]
    public async Task Publish_WithoutAFileOrAStore_OneLineNamesIt()
    {
        using var scratch = new Scratch();
        (await Run.CommandAsync("calendar", "publish", scratch.File("none.yaml"), "--data", scratch.File("data"))).IsUnusable("none.yaml");
        (await Run.CommandAsync("calendar", "publish", s_shipped, "--data", scratch.File("data"))).IsUnusable("holds no store");
    }

    private static async Task<string> AcceptedAsync(string data)
    {
        var catalogue = Directory.CreateDirectory(Path.Combine(data, "..", "catalogue")).FullName;
        foreach (var file in Directory.GetFiles(s_catalogue, "*.yaml", SearchOption.AllDirectories).Where(f => Path.GetDirectoryName(f) != s_catalogue))
        {
            var copy = Path.Combine(catalogue, Path.GetRelativePath(s_catalogue, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        await File.WriteAllTextAsync(Path.Combine(catalogue, "9.000001.yaml"), Procedure);
        var submitted = await RunAsync(
            "2025-12-22 09:00", catalogue, "dossier", "submit", "--procedure", "9.000001", "--unit", Unit, "--as", "citizen-1", "--role", "applicant", "--data", data, "--json");
        Assert.True(submitted.Status == 0, submitted.Output + submitted.Error);
        var code = submitted.Json.GetProperty("code").GetString()!;
        var accepted = await RunAsync("2025-12-22 09:10", catalogue, "dossier", "fire", code, "accept", "--as", "officer-1", "--role", "reception", "--actor-unit", Unit, "--data", data, "--json");
        Assert.True(accepted.Status == 0, accepted.Output + accepted.Error);
        return code;
    }

    private static async Task<string?> DueAsync(string data, string code) =>
        (await RunAsync("2025-12-26 10:00", s_catalogue, "dossier", "show", code, "--data", data, "--json")).Json.GetProperty("due").GetString();

    // At a time of the test's own.
    private static async Task<Ran> RunAsync(string now, string catalogue, params string[] args)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        var clock = new VirtualClock(DateTimeOffset.Parse(now + " +07:00", System.Globalization.CultureInfo.InvariantCulture));
        var environment = new HostEnvironment(TextWriter.Synchronized(output), TextWriter.Synchronized(error)) { Clock = clock, Catalogue = catalogue };
        return new Ran(await CommandLine.RunAsync(args, environment), output.ToString(), error.ToString());
    }
}
