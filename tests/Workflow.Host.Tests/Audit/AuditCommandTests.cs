using Microsoft.Data.Sqlite;
using Workflow.Host.Tests.Logs;
using Workflow.Host.Tests.Terminal;

namespace Workflow.Host.Tests.Audit;

public sealed class AuditCommandTests
{
    [Fact]
    public async Task Verify_OfAnIntactStore_SaysSoAndChangesNothing()
    {
        using var scratch = await FilledAsync();

        var json = await Run.JsonAsync("audit", "verify", "--data", scratch.File("data"));

        Assert.True(json.GetProperty("intact").GetBoolean());
        Assert.Equal(0, json.GetProperty("broken").GetArrayLength());
        Assert.Equal(0, json.GetProperty("patterns").GetArrayLength());
        Assert.True(json.GetProperty("dossiers").GetInt64() > 0);
        Assert.True(json.GetProperty("events").GetInt64() >= json.GetProperty("dossiers").GetInt64());
        Assert.True(json.GetProperty("seconds").GetDouble() >= 0);
        Assert.Contains("intact", (await Run.CommandAsync("audit", "verify", "--data", scratch.File("data"))).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_OfAChangedStore_NamesTheDossierAndReturnsOne()
    {
        using var scratch = await FilledAsync();
        var code = await TamperAsync(scratch, "UPDATE dossier_event SET actor = 'x' WHERE code = (SELECT max(code) FROM dossier) AND version = 1; SELECT max(code) FROM dossier");

        var ran = await Run.CommandAsync("audit", "verify", "--data", scratch.File("data"), "--json");
        var text = await Run.CommandAsync("audit", "verify", "--data", scratch.File("data"));

        Assert.Equal(1, ran.Status);
        Assert.False(ran.Json.GetProperty("intact").GetBoolean());
        var fault = Assert.Single(ran.Json.GetProperty("broken").EnumerateArray());
        Assert.Equal((code, 1), (fault.GetProperty("dossier").GetString(), fault.GetProperty("version").GetInt32()));
        Assert.Equal(1, text.Status);
        Assert.Contains($"broken   {code} version 1: ", text.Output, StringComparison.Ordinal);
        Assert.Contains("NOT intact: 1 dossier is broken", text.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_WhereAProcedureIsGone_DoesNotSayThatAllIsIntact()
    {
        using var scratch = await FilledAsync();
        await TamperAsync(scratch, "DELETE FROM procedure; SELECT max(code) FROM dossier");

        var ran = await Run.CommandAsync("audit", "verify", "--data", scratch.File("data"));

        var json = await Run.CommandAsync("audit", "verify", "--data", scratch.File("data"), "--json");
        Assert.Equal(1, json.Status);
        Assert.False(json.Json.GetProperty("intact").GetBoolean());
        Assert.NotEqual(0, json.Json.GetProperty("notReplayed").GetArrayLength());
        Assert.Equal(1, ran.Status);
        Assert.Contains("not replayed: ", ran.Output, StringComparison.Ordinal);
        Assert.Contains("not every state was verified", ran.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("intact", ran.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("calendar", "UPDATE calendar SET content_hash = 'x'; SELECT code FROM calendar")]
    [InlineData("procedure", "UPDATE procedure SET content = CAST(replace(CAST(content AS TEXT), '\"sector\":\"', '\"sector\":\"x') AS BLOB), content_hash = 'x'; SELECT code FROM procedure")]
    [InlineData("unit tree", "UPDATE unit_tree SET content_hash = 'x'; SELECT code FROM unit_tree")]
    public async Task Verify_WhereADefinitionWasChanged_NamesIt(string kind, string sql)
    {
        using var scratch = await FilledAsync();
        var code = await TamperAsync(scratch, sql);

        var text = await Run.CommandAsync("audit", "verify", "--data", scratch.File("data"));
        var json = await Run.CommandAsync("audit", "verify", "--data", scratch.File("data"), "--json");

        Assert.Equal((1, 1), (text.Status, json.Status));
        Assert.Contains($"broken   {kind} {code} version ", text.Output, StringComparison.Ordinal);
        Assert.Contains("NOT intact: 1 definition is broken", text.Output, StringComparison.Ordinal);
        Assert.False(json.Json.GetProperty("intact").GetBoolean());
        Assert.Equal(code, Assert.Single(json.Json.GetProperty("brokenDefinitions").EnumerateArray()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Anchors_TakenEarlier_FindACalendarThatIsGone()
    {
        using var scratch = await FilledAsync();
        var anchors = scratch.File("anchors.jsonl.gz");
        Assert.True((await Run.JsonAsync("audit", "anchor", "--out", anchors, "--data", scratch.File("data"))).GetProperty("definitions").GetInt64() >= 3);
        var code = await TamperAsync(scratch, "CREATE TEMP TABLE gone AS SELECT code FROM calendar; DELETE FROM calendar; SELECT code FROM gone");

        var ran = await Run.CommandAsync("audit", "verify", "--anchors", anchors, "--data", scratch.File("data"), "--json");

        Assert.Equal(1, ran.Status);
        Assert.Equal(code, Assert.Single(ran.Json.GetProperty("brokenDefinitions").EnumerateArray()).GetProperty("code").GetString());
        Assert.Equal(0, (await Run.CommandAsync("audit", "verify", "--data", scratch.File("data"))).Status);
    }

    [Theory]
    [InlineData("anchors.jsonl")]
    [InlineData("anchors.jsonl.gz")]
    public async Task Anchors_TakenEarlier_FindADossierThatIsGone(string name)
    {
        using var scratch = await FilledAsync();
        var anchors = scratch.File(name);
        var written = await Run.JsonAsync("audit", "anchor", "--out", anchors, "--data", scratch.File("data"));
        var fits = await Run.JsonAsync("audit", "verify", "--anchors", anchors, "--data", scratch.File("data"));
        Assert.Equal(written.GetProperty("dossiers").GetInt64(), fits.GetProperty("anchored").GetInt64());
        Assert.Equal(written.GetProperty("events").GetInt64(), fits.GetProperty("events").GetInt64());

        var code = await TamperAsync(scratch, """
            CREATE TEMP TABLE gone AS SELECT max(code) AS code FROM dossier; DELETE FROM dossier WHERE code = (SELECT code FROM gone);
            DELETE FROM dossier_event WHERE code = (SELECT code FROM gone); DELETE FROM submission WHERE code = (SELECT code FROM gone); SELECT code FROM gone
            """);

        var ran = await Run.CommandAsync("audit", "verify", "--anchors", anchors, "--data", scratch.File("data"), "--json");
        Assert.Equal(1, ran.Status);
        Assert.Equal(code, Assert.Single(ran.Json.GetProperty("broken").EnumerateArray()).GetProperty("dossier").GetString());
        Assert.Equal(0, (await Run.CommandAsync("audit", "verify", "--data", scratch.File("data"))).Status);
    }

    [Fact]
    public async Task Anchors_DamagedOrNone_OneLine()
    {
        using var scratch = await FilledAsync();
        var (data, anchors) = (scratch.File("data"), scratch.File("a.jsonl"));
        await Run.JsonAsync("audit", "anchor", "--out", anchors, "--data", data);

        var text = await File.ReadAllTextAsync(anchors);
        (await VerifyAsync(scratch.File("changed", text.Replace("\"version\":3", "\"version\":2", StringComparison.Ordinal)))).IsUnusable("changed", "damaged", "fetch it again");
        (await VerifyAsync(scratch.File("cut", text[..(text.Length / 2)]))).IsUnusable("cut", "line");
        (await VerifyAsync(scratch.File("log.xes"))).IsUnusable("log.xes", "no header of anchors");
        (await VerifyAsync(scratch.File("none"))).IsUnusable("none", "no such file");
        await File.WriteAllBytesAsync(scratch.File("short.gz"), [0x1f, 0x8b, 8, 0, 0]);
        (await VerifyAsync(scratch.File("short.gz"))).IsUnusable("short.gz");

        Task<Ran> VerifyAsync(string path) => Run.CommandAsync("audit", "verify", "--anchors", path, "--data", data);
    }

    [Fact]
    public async Task Anchor_OverAnExistingFileOrTheStore_IsRefused()
    {
        using var scratch = await FilledAsync();
        var mine = scratch.File("mine", "somebody's own");

        (await Run.CommandAsync("audit", "anchor", "--out", mine, "--data", scratch.File("data"))).IsUnusable(mine, "exists already");
        (await Run.CommandAsync("audit", "anchor", "--out", scratch.File("data/workflow.db"), "--data", scratch.File("data"))).IsUnusable("workflow.db");

        Assert.Equal("somebody's own", await File.ReadAllTextAsync(mine));
    }

    [Fact]
    public async Task Audit_WithoutAStore_MakesNone()
    {
        using var scratch = new Scratch();

        (await Run.CommandAsync("audit", "verify", "--data", scratch.File("data"))).IsUnusable("no store");
        (await Run.CommandAsync("audit", "anchor", "--out", scratch.File("a"), "--data", scratch.File("data"))).IsUnusable("no store");
        (await Run.CommandAsync("audit", "verify", "--back-dated-after", "-1", "--data", scratch.File("data"))).IsUnusable("--back-dated-after");

        Assert.Empty(Directory.GetFileSystemEntries(scratch.Path));
    }

    private static async Task<Scratch> FilledAsync()
    {
        var scratch = new Scratch();
        await Run.JsonAsync("log", "replay", scratch.File("log.xes", SmallLog.Text), "--data", scratch.File("data"));
        return scratch;
    }

    private static async Task<string> TamperAsync(Scratch scratch, string sql)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = scratch.File("data/workflow.db"), Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (string)(await command.ExecuteScalarAsync())!;
    }
}
