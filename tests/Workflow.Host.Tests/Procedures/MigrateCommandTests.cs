using Workflow.Host.Tests.Terminal;

namespace Workflow.Host.Tests.Procedures;

/// <summary>A change of the law from end to end: publish, compare, look, apply, take back.</summary>
public sealed class MigrateCommandTests : IDisposable
{
    private const string Unit = "000.01.30.H28";
    private readonly Scratch _scratch = new();

    private string Data => _scratch.File("data");

    private static string First => File.ReadAllText(RepositoryRoot.PathOf("procedures", "1.001193.yaml")).ReplaceLineEndings("\n");

    // Version 2 has two days, and 'received' is called 'taken-in'.
    private string Second => _scratch.File(
        "birth-2.yaml",
        First.Replace("version: 1\n", "version: 2\n", StringComparison.Ordinal).Replace("limit: same day\n", "limit: 2 working days\n", StringComparison.Ordinal)
            .Replace("  received:\n", "  taken-in:\n", StringComparison.Ordinal).Replace(": received\n", ": taken-in\n", StringComparison.Ordinal).Replace("to: received", "to: taken-in", StringComparison.Ordinal));

    private string Map(string more = "") => _scratch.File("map.yaml", $"""
        procedure: 1.001193
        from: 1
        to: 2
        ground: Law on Civil Status Art 76
        states: {"{"} received: taken-in {"}"}
        {more}

        """);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public async Task PublishedVersion_IsUsedByTheNextSubmissionAndRunningDossiersKeepTheirs()
    {
        var old = await SubmitAsync("s-1");
        var published = await Run.JsonAsync("procedure", "publish", Second, "--data", Data);
        Assert.Equal((1, 1), (published.GetProperty("procedures").GetInt32(), published.GetProperty("published").GetInt32()));
        Assert.Equal(0, (await Run.JsonAsync("procedure", "publish", Second, "--data", Data)).GetProperty("published").GetInt32());

        Assert.Equal((1, 2), (await VersionAsync(old), await VersionAsync(await SubmitAsync("s-2"))));
        var changed = _scratch.File("changed.yaml", File.ReadAllText(Second).Replace("2 working days", "9 working days", StringComparison.Ordinal));
        (await Run.CommandAsync("procedure", "publish", changed, "--data", Data)).IsUnusable("1.001193 version 2", "new version", "changed.yaml:3:");
    }

    [Fact]
    public async Task Diff_NamesEachDifferenceWithItsWeight()
    {
        var file = RepositoryRoot.PathOf("procedures", "1.001193.yaml");
        Assert.Equal(0, (await Run.CommandAsync("procedure", "diff", "1.001193@1", file, "--data", Data)).Status);
        Assert.False(Directory.Exists(Data));

        var ran = await Run.CommandAsync("procedure", "diff", "1.001193@1", Second, "--data", Data, "--json");
        Assert.Equal(1, ran.Status);
        Assert.True(ran.Json.GetProperty("breaksRunning").GetBoolean());
        var differences = ran.Json.GetProperty("differences").EnumerateArray().ToDictionary(d => d.GetProperty("path").GetString()!, d => d.GetProperty("weight").GetString());
        Assert.Equal(("behaviour", "breaking", "forPeople"), (differences["limit"], differences["states.received"], differences["version"]));

        var people = await Run.CommandAsync("procedure", "diff", "1.001193@1", Second, "--data", Data);
        Assert.Contains("breaking   states.received", people.Output, StringComparison.Ordinal);
        Assert.Contains("limit  same day -> 2 working days", people.Output, StringComparison.Ordinal);
        (await Run.CommandAsync("procedure", "diff", "1.001193@1", "1.001193@7", "--data", Data)).IsUnusable("no version 7", "only 1");
    }

    [Fact]
    public async Task Migration_LookedAtAppliedAndTakenBack()
    {
        var submitted = await SubmitAsync("s-1");
        var received = await SubmitAsync("s-2");
        await FireAsync(received, "accept");
        await Run.JsonAsync("procedure", "publish", Second, "--data", Data);
        var before = await Run.JsonAsync("dossier", "show", received, "--data", Data);

        // Without a mapping nothing is named for 'received'.
        var look = await Run.CommandAsync("procedure", "migrate", "--from", "1.001193@1", "--to", "1.001193@2", "--data", Data, "--json");
        Assert.Equal(1, look.Status);
        Assert.Equal((2, 1), (look.Json.GetProperty("dossiers").GetInt32(), look.Json.GetProperty("movable").GetInt32()));
        var blocked = look.Json.GetProperty("blocked")[0];
        Assert.Equal((received, "state-mapped"), (blocked.GetProperty("code").GetString(), blocked.GetProperty("unmet")[0].GetProperty("name").GetString()));
        Assert.Equal(1, await VersionAsync(submitted));

        // With one that counts the limit again both move, and the promise with them.
        var people = await Run.CommandAsync("procedure", "migrate", "--map", Map("clock: recompute"), "--data", Data);
        Assert.Equal(0, people.Status);
        Assert.Contains("2 dossiers, 2 can move, 0 not", people.Output, StringComparison.Ordinal);
        Assert.Contains("received -> taken-in", people.Output, StringComparison.Ordinal);
        Assert.Contains($"{received}  promise", people.Output, StringComparison.Ordinal);
        Assert.Contains("nothing was changed", people.Output, StringComparison.Ordinal);

        var applied = await Run.JsonAsync("procedure", "migrate", "--map", Map("clock: recompute"), "--apply", "--as", "chief", "--actor-unit", "000.00.30.H28", "--data", Data);
        var batch = applied.GetProperty("batch").GetString()!;
        Assert.True(applied.GetProperty("applied").GetBoolean());
        Assert.StartsWith("1.001193-1-2-", batch, StringComparison.Ordinal);
        var moved = await Run.JsonAsync("dossier", "show", received, "--data", Data);
        Assert.Equal(("taken-in", 2), (moved.GetProperty("state").GetString(), moved.GetProperty("procedureVersion").GetInt32()));
        Assert.NotEqual(before.GetProperty("due").GetString(), moved.GetProperty("due").GetString());
        Assert.Equal("chief", moved.GetProperty("history")[2].GetProperty("actor").GetString());

        // The first one goes on, so the second alone is taken back.
        await FireAsync(submitted, "accept");
        var back = await Run.CommandAsync("procedure", "migrate", "--from", "1.001193@1", "--to", "1.001193@2", "--take-back", batch, "--data", Data, "--json");
        Assert.Equal(1, back.Status);
        Assert.Equal("not-gone-on", back.Json.GetProperty("blocked")[0].GetProperty("unmet")[0].GetProperty("name").GetString());
        var after = await Run.JsonAsync("dossier", "show", received, "--data", Data);
        Assert.Equal(
            ("received", 1, before.GetProperty("due").GetString()),
            (after.GetProperty("state").GetString(), after.GetProperty("procedureVersion").GetInt32(), after.GetProperty("due").GetString()));
    }

    [Fact]
    public async Task Migration_UnusableArguments_OneLine()
    {
        await SubmitAsync("s-1");
        await MigrateAsync().IsUnusableAsync("--from CODE@1");
        await MigrateAsync("--from", "1.001193@1", "--to", "1.001194@2").IsUnusableAsync("two procedures");
        await MigrateAsync("--from", "one", "--to", "2").IsUnusableAsync("--from 'one'");
        await MigrateAsync("--procedure", "1.001193", "--from", "1", "--to", "2").IsUnusableAsync("1.001193@2", "procedure publish");
        await MigrateAsync("--procedure", "1.001193", "--from", "1", "--to", "1").IsUnusableAsync("both version 1");
        await MigrateAsync("--from", "1.001193@1", "--to", "1.001193@2", "--apply").IsUnusableAsync("--ground");
        await MigrateAsync("--take-back", "b", "--apply").IsUnusableAsync("--take-back");
        await MigrateAsync("--take-back", "b").IsUnusableAsync("no dossier was moved by the batch 'b'");
        await MigrateAsync("--map", Map(), "--to", "3").IsUnusableAsync("map.yaml:1", "leave them out");
        await MigrateAsync("--map", Map("blockd: [received]")).IsUnusableAsync("map.yaml:6", "did you mean 'blocked'?");
        await Run.JsonAsync("procedure", "publish", Second, "--data", Data);
        await MigrateAsync("--map", Map("blocked: [receved]")).IsUnusableAsync("map.yaml:6", "WF0702", "did you mean 'received'?");
    }

    private Task<Ran> MigrateAsync(params string[] args) => Run.CommandAsync(["procedure", "migrate", .. args, "--data", Data]);

    private async Task<string> SubmitAsync(string id) => (await Run.JsonAsync(
        "dossier", "submit", "--procedure", "1.001193", "--unit", Unit, "--applicant", "Nguyễn Văn A", "--field", "child-name=B",
        "--document", "birth-certificate", "--as", "citizen-1", "--role", "applicant", "--id", id, "--data", Data)).GetProperty("code").GetString()!;

    private Task<System.Text.Json.JsonElement> FireAsync(string code, string trigger) =>
        Run.JsonAsync("dossier", "fire", code, trigger, "--as", "officer-1", "--role", "reception", "--actor-unit", Unit, "--data", Data);

    private async Task<int> VersionAsync(string code) => (await Run.JsonAsync("dossier", "show", code, "--data", Data)).GetProperty("procedureVersion").GetInt32();
}

file static class RanExtensions
{
    public static async Task IsUnusableAsync(this Task<Ran> ran, params string[] parts) => (await ran).IsUnusable(parts);
}
