using Workflow.Host.Tests.Logs;
using Workflow.Host.Tests.Terminal;

namespace Workflow.Host.Tests.Demo;

public sealed class DemoCommandTests(TwoMonths replayed) : IClassFixture<TwoMonths>
{
    // Of seed 2020, for ever: whatever changes it changes what dossiers come to, and is named in the changelog.
    private const string JournalHash = "ac7d58f8d1e1ac496d475920ae20046512840cefed5fc44adf5b4fbac622a78d";

    [Fact]
    public async Task Demo_ReplaysTheTwoMonthsAndShowsThemAgain()
    {
        using var scratch = new Scratch();
        var (data, first) = (replayed.Data, replayed.Json);

        var again = await Run.JsonAsync("demo", "--no-serve", "--data", data);

        int Value(string key) => first.GetProperty(key).GetInt32();
        Assert.Equal(10_441, Value("dossiers"));
        Assert.True(Value("commands") >= 5 * 10_441, $"{Value("commands")} commands are fewer than 5 a dossier.");
        Assert.True(Value("events") >= Value("commands"));
        Assert.Equal(Value("settled"), Value("early") + Value("onTime") + Value("overdue"));
        Assert.Equal(10_441, Value("settled") + Value("inProcess"));
        Assert.True(first.GetProperty("identitiesHold").GetBoolean());
        Assert.Equal(JournalHash, first.GetProperty("journalHash").GetString());
        Assert.Equal(first.GetRawText(), again.GetRawText());

        (await Run.CommandAsync("demo", "--no-serve", "--data", data, "--seed", "7")).IsUnusable(data, "seed 2020", "--data");

        await Run.CommandAsync("log", "replay", scratch.File("log.xes", SmallLog.Text), "--data", data);
        (await Run.CommandAsync("demo", "--no-serve", "--data", data)).IsUnusable(data, "other commands have written", "--data");
    }

    [Fact]
    public async Task Demo_OnPostgres_GivesTheSameJournalAndIsShownAgain()
    {
        var server = PostgresServer.Require();
        var schema = server.CreateSchema();

        var first = await Run.JsonAsync("demo", "--no-serve", "--postgres", schema);
        var again = await Run.JsonAsync("demo", "--no-serve", "--postgres", schema);

        Assert.Equal(replayed.Json.GetProperty("journalHash").GetString(), first.GetProperty("journalHash").GetString());
        Assert.Equal(replayed.Json.GetProperty("events").GetInt64(), first.GetProperty("events").GetInt64());
        Assert.Equal(first.GetRawText(), again.GetRawText());
        (await Run.CommandAsync("demo", "--no-serve", "--postgres", schema, "--seed", "7")).IsUnusable("PostgreSQL database", "seed 2020", "--postgres");

        PostgresServer.Execute(schema, "UPDATE note SET content = '{ \"seed\": '");
        (await Run.CommandAsync("demo", "--no-serve", "--postgres", schema)).IsUnusable("the note 'demo' of PostgreSQL database", "cannot be read");
        PostgresServer.Execute(schema, "DELETE FROM note");
        (await Run.CommandAsync("demo", "--no-serve", "--postgres", schema)).IsUnusable("something else than a finished demo", "an empty database with --postgres");
        server.DropSchema(schema);
    }

    [Fact]
    public async Task Demo_IntoADirectoryThatHoldsSomethingElse_IsRefusedAndLeavesItAlone()
    {
        using var scratch = new Scratch();
        var file = scratch.File("data/letter.txt", "somebody's own");

        (await Run.CommandAsync("demo", "--no-serve", "--data", scratch.File("data"))).IsUnusable(scratch.File("data"), "--data");

        Assert.Equal([file], Directory.GetFileSystemEntries(scratch.File("data")));
    }

    [Fact]
    public async Task Demo_WithADamagedRecord_IsRefused()
    {
        using var scratch = new Scratch();
        scratch.File("data/demo.json", "{ \"seed\": ");

        (await Run.CommandAsync("demo", "--no-serve", "--data", scratch.File("data"))).IsUnusable("demo.json", "--data");
    }
}
