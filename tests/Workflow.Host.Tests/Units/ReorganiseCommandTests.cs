using System.Text.Json;
using Workflow.Engine.Timers;
using Workflow.Host.Terminal;
using Workflow.Host.Tests.Terminal;

namespace Workflow.Host.Tests.Units;

/// <summary>1 July 2025 in Tân Lạc, from the plan that travels with the host.</summary>
public sealed class ReorganiseCommandTests
{
    private const string Commune = "000.01.30.H28";
    private const string District = "000.00.30.H28";
    private const string NewCommune = "000.00.41.H28";
    private const string Province = "000.00.00.H28";

    private static readonly string s_plan = Path.Combine(AppContext.BaseDirectory, "procedures", "reorganisations", "2025-07-01-tan-lac.yaml");
    private static readonly DateTimeOffset s_june = new(2025, 6, 27, 9, 0, 0, TimeSpan.FromHours(7));
    private static readonly DateTimeOffset s_july = new(2025, 7, 1, 7, 30, 0, TimeSpan.FromHours(7));

    [Fact]
    public async Task Plan_TriedThenApplied_HandsTheOpenDossiersOver()
    {
        using var scratch = new Scratch();
        var data = scratch.File("data");
        var code = await SubmittedAsync(data, "a", Commune);
        await SubmittedAsync(data, "b", "000.24.30.H28");
        var accepted = (await AtAsync(s_june, "dossier", "fire", code, "accept", "--as", "o", "--role", "reception", "--actor-unit", Commune, "--data", data, "--json")).Json;
        Assert.Equal("received", accepted.GetProperty("state").GetString());
        var due = (await ShowAsync(s_june, code, data)).GetProperty("due").GetString();

        var tried = await AtAsync(s_june, "unit", "reorganise", "--plan", s_plan, "--data", data, "--json");
        Assert.Equal((0, 2, 0, 2, 0), Counts(tried));
        var text = await AtAsync(s_june, "unit", "reorganise", "--plan", s_plan, "--data", data);
        Assert.Contains($"{code}  received {Commune} -> {NewCommune}  settles {Commune} -> {NewCommune}  with {Commune} -> {NewCommune}", text.Output, StringComparison.Ordinal);
        Assert.Contains("2 can be handed over, 0 blocked; nothing was changed", text.Output, StringComparison.Ordinal);
        Assert.Equal(Commune, (await ShowAsync(s_june, code, data)).GetProperty("unit").GetString());

        Assert.Equal((0, 2, 2, 2, 0), Counts(await AtAsync(s_july, "unit", "reorganise", "--plan", s_plan, "--apply", "--data", data, "--json")));
        Assert.Equal((0, 0, 0, 0, 0), Counts(await AtAsync(s_july, "unit", "reorganise", "--plan", s_plan, "--apply", "--data", data, "--json")));
        var shown = await ShowAsync(s_july, code, data);
        Assert.Equal((NewCommune, due), (shown.GetProperty("unit").GetString(), shown.GetProperty("due").GetString()));

        // The new unit's officers go on; the catalogue's units of before are not gone by any more.
        Assert.Equal(1, (await AtAsync(s_july, "dossier", "fire", code, "transfer", "--as", "o", "--role", "reception", "--actor-unit", Commune, "--data", data)).Status);
        Assert.Equal(0, (await AtAsync(s_july, "dossier", "fire", code, "transfer", "--as", "n", "--role", "reception", "--actor-unit", NewCommune, "--data", data)).Status);
        var refused = await AtAsync(s_july, Submission(data, "c", Commune));
        Assert.Equal(1, refused.Status);
        Assert.Contains($"unit-in-force: unit '{Commune}' ended on 2025-06-30; use its successor '{NewCommune}'", refused.Output, StringComparison.Ordinal);
        Assert.StartsWith($"{NewCommune}-250701-0001", (await AtAsync(s_july, Submission(data, "c", NewCommune))).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task District_OfTheExample_LeavesItsDossiersToTheCommunesAndTheProvince()
    {
        using var scratch = new Scratch();
        var data = scratch.File("data");
        var received = await SubmittedAsync(data, "a", Commune, "--competent", District);
        var own = await SubmittedAsync(data, "b", District);

        var report = (await AtAsync(s_july, "unit", "reorganise", "--plan", s_plan, "--apply", "--data", data, "--json")).Json;

        var competent = report.GetProperty("handOvers").EnumerateArray().ToDictionary(h => h.GetProperty("dossier").GetString()!, h => h.GetProperty("to").GetProperty("competent").GetString());
        Assert.Equal((NewCommune, Province), (competent[received], competent[own]));
    }

    [Fact]
    public async Task Plan_BeforeItsDay_IsRefusedInOneLine()
    {
        using var scratch = new Scratch();
        var data = scratch.File("data");
        await SubmittedAsync(data, "a", Commune);

        (await AtAsync(s_june, "unit", "reorganise", "--plan", s_plan, "--apply", "--data", data)).IsUnusable(s_plan, "2025-07-01", "without --apply");
    }

    [Theory]
    [InlineData("on: 2025-07-01", "on: tomorrow", ":10:", "a date")]
    [InlineData("ground: ", "reason: ", ":10:", "'ground'")]
    [InlineData("merge: [000.01.30.H28", "merge: [000.99.30.H28", ":19:", "there is no unit '000.99.30.H28'")]
    [InlineData("- default: 000.00.00.H28", "- default: 000.00.46.H28", ":32:", "not among 'into'")]
    [InlineData("000.00.41.H28: {", "000.01.30.H28: {", ":13:", "there is a unit '000.01.30.H28' already")]
    public async Task Plan_WithAMistake_IsRefusedWithFileLineAndMend(string passage, string replacement, string line, string says)
    {
        using var scratch = new Scratch();
        var data = scratch.File("data");
        await SubmittedAsync(data, "a", Commune);
        var text = await File.ReadAllTextAsync(s_plan, TestContext.Current.CancellationToken);
        Assert.Contains(passage, text, StringComparison.Ordinal);
        var at = text.IndexOf(passage, StringComparison.Ordinal);
        var plan = scratch.File("plan.yaml", text[..at] + replacement + text[(at + passage.Length)..]);

        (await AtAsync(s_july, "unit", "reorganise", "--plan", plan, "--apply", "--data", data)).IsUnusable(plan + line, says);
        Assert.Equal(Commune, (await AtAsync(s_july, "unit", "show", "--data", data, "--json")).Json.GetProperty("units")[2].GetProperty("code").GetString());
    }

    [Fact]
    public async Task Reorganise_UnusableArguments_OneLine()
    {
        using var scratch = new Scratch();
        (await Run.CommandAsync("unit", "reorganise", "--plan", s_plan, "--data", scratch.File("data"))).IsUnusable("no store");
        (await Run.CommandAsync("unit", "reorganise", "--plan", scratch.File("none.yaml"), "--data", scratch.File("data"))).IsUnusable("none.yaml", "no such file");
        (await Run.CommandAsync("unit", "reorganise", "--data", scratch.File("data"))).IsUnusable("--plan");
        (await Run.CommandAsync("unit", "show", "--on", "July", "--data", scratch.File("data"))).IsUnusable("--on 'July'", "2025-07-01");
    }

    [Fact]
    public async Task Show_OfADay_PrintsTheUnitsInForceThen()
    {
        using var scratch = new Scratch();
        var data = scratch.File("data");
        await SubmittedAsync(data, "a", Commune);
        await AtAsync(s_july, "unit", "reorganise", "--plan", s_plan, "--apply", "--data", data);

        var before = (await AtAsync(s_july, "unit", "show", "--on", "2025-06-30", "--data", data)).Output;
        Assert.Contains($"    {Commune}  Xã 01 (commune, until 2025-06-30, then {NewCommune})\n", before, StringComparison.Ordinal);
        Assert.EndsWith("26 units on 2025-06-30\n", before, StringComparison.Ordinal);
        var after = (await AtAsync(s_july, "unit", "show", "--data", data)).Output;
        Assert.Contains($"  {NewCommune}  Xã mới 1 (commune, from 2025-07-01)\n", after, StringComparison.Ordinal);
        Assert.EndsWith("6 units on 2025-07-01\n", after, StringComparison.Ordinal);
        Assert.EndsWith("26 units on 2025-07-01\n", (await AtAsync(s_july, "unit", "show", "--data", scratch.File("empty"))).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Slip_OfAUnitThatCameWithThePlan_BearsItsName()
    {
        using var scratch = new Scratch();
        var data = scratch.File("data");
        await SubmittedAsync(data, "a", Commune);
        await AtAsync(s_july, "unit", "reorganise", "--plan", s_plan, "--apply", "--data", data);
        var code = (await AtAsync(s_july, [.. Submission(data, "b", NewCommune), "--json"])).Json.GetProperty("code").GetString()!;
        await AtAsync(s_july, "dossier", "fire", code, "accept", "--as", "o", "--role", "reception", "--actor-unit", NewCommune, "--data", data);

        var slip = await AtAsync(s_july, "dossier", "slip", code, "--form", "01", "--data", data);
        Assert.Equal(0, slip.Status);
        Assert.Contains("<p>Xã mới 1</p>", slip.Output, StringComparison.Ordinal);
    }

    private static string[] Submission(string data, string id, string unit) =>
    [
        "dossier", "submit", "--procedure", "2.000908", "--unit", unit, "--applicant", "Nguyễn Văn A", "--document", "identity", "--as", "citizen", "--role", "applicant", "--id", id, "--data", data,
    ];

    private static async Task<string> SubmittedAsync(string data, string id, string unit, params string[] more)
    {
        var ran = await AtAsync(s_june, [.. Submission(data, id, unit), .. more, "--json"]);
        Assert.True(ran.Status == 0, ran.Output + ran.Error);
        return ran.Json.GetProperty("code").GetString()!;
    }

    private static async Task<JsonElement> ShowAsync(DateTimeOffset at, string code, string data) => (await AtAsync(at, "dossier", "show", code, "--data", data, "--json")).Json;

    private static (int Status, int Dossiers, int Moved, int Movable, int Blocked) Counts(Ran ran) => (
        ran.Status,
        ran.Json.GetProperty("dossiers").GetInt32(),
        ran.Json.GetProperty("moved").GetInt32(),
        ran.Json.GetProperty("movable").GetInt32(),
        ran.Json.GetProperty("blocked").GetArrayLength());

    private static async Task<Ran> AtAsync(DateTimeOffset at, params string[] args)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        var environment = new HostEnvironment(TextWriter.Synchronized(output), TextWriter.Synchronized(error)) { Clock = new VirtualClock(at) };
        return new Ran(await CommandLine.RunAsync(args, environment), output.ToString(), error.ToString());
    }
}
