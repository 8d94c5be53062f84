using Workflow.Host.Stores;
using Workflow.Host.Tests.Logs;
using Workflow.Host.Tests.Terminal;

namespace Workflow.Host.Tests.Stores;

/// <summary>Commands on a PostgreSQL database.</summary>
public sealed class PostgresOptionTests
{
    private const string Secret = "s3cret-of-the-office";

    [Fact]
    public async Task Log_ReplayedIntoADatabase_IsExportedFromIt()
    {
        var server = PostgresServer.Require();
        var schema = server.CreateSchema();
        using var scratch = new Scratch();

        var replayed = await Run.JsonAsync("log", "replay", scratch.File("log.xes", SmallLog.Text), "--postgres", schema);
        var exported = await Run.WithDatabaseAsync(schema, "log", "export", "--out", scratch.File("out.xes"), "--json");

        Assert.Equal(0, exported.Status);
        Assert.Equal(replayed.GetProperty("cases").GetInt32(), exported.Json.GetProperty("cases").GetInt32());
        Assert.True(File.Exists(scratch.File("out.xes")));
        server.DropSchema(schema);
    }

    [Fact]
    public async Task Dossier_SubmittedIntoADatabase_IsShownFromIt()
    {
        var server = PostgresServer.Require();
        var schema = server.CreateSchema();

        var submitted = await Run.JsonAsync("dossier", "submit", "--procedure", "2.000815", "--unit", "000.01.30.H28", "--applicant", "Nguyễn Văn A", "--as", "citizen", "--role", "applicant", "--postgres", schema);
        var code = submitted.GetProperty("code").GetString()!;
        var shown = await Run.JsonAsync("dossier", "show", code, "--postgres", schema);

        Assert.Equal(1, shown.GetProperty("version").GetInt32());
        (await Run.CommandAsync("dossier", "show", "no-such-code", "--postgres", schema)).IsUnusable("there is no dossier no-such-code", "--postgres");
        server.DropSchema(schema);
    }

    [Fact]
    public async Task Load_OnADatabase_GivesTheKeysOfTheContract()
    {
        var server = PostgresServer.Require();
        var schema = server.CreateSchema();

        var json = await Run.JsonAsync("load", "--callers", "4", "--seconds", "0.2", "--dossiers", "9", "--postgres", schema);

        Assert.All((string[])["callers", "commands", "accepted", "perSecond", "p50Ms", "p99Ms", "busy"], k => Assert.True(json.TryGetProperty(k, out _), k));
        Assert.True(json.GetProperty("accepted").GetInt64() > 0);
        server.DropSchema(schema);
    }

    [Fact]
    public async Task Commands_ThatMustNotMakeAStore_MakeNoTableInAnEmptyDatabase()
    {
        var server = PostgresServer.Require();
        var schema = server.CreateSchema();
        using var scratch = new Scratch();
        string[][] commands =
        [
            ["dossier", "show", "X"], ["dossier", "slip", "X"], ["dossier", "fire", "X", "accept", "--as", "mai"], ["log", "export", "--out", scratch.File("out.xes")],
        ];

        foreach (var command in commands)
        {
            (await Run.CommandAsync([.. command, "--postgres", schema])).IsUnusable("holds no store: name the database that holds it with --postgres");
            (await Run.WithDatabaseAsync(schema, command)).IsUnusable($"holds no store: name the database that holds it with {StoreOptions.Variable}");
        }

        Assert.Equal(0L, PostgresServer.Read(schema, "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace"));
        Assert.False(File.Exists(scratch.File("out.xes")));
        server.DropSchema(schema);
    }

    [Fact]
    public async Task Database_OfAnotherProgram_OneLineAndUntouched()
    {
        var server = PostgresServer.Require();
        var schema = server.CreateSchema();
        PostgresServer.Execute(schema, "CREATE TABLE tune (name text)");

        (await Run.CommandAsync("load", "--callers", "1", "--seconds", "1", "--dossiers", "1", "--postgres", schema)).IsUnusable("has a table 'tune' of another program");
        (await Run.CommandAsync("demo", "--no-serve", "--postgres", schema)).IsUnusable("something else than a finished demo");

        Assert.Equal(1L, PostgresServer.Read(schema, "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace"));
        server.DropSchema(schema);
    }

    [Fact]
    public async Task TwoStores_OneLine()
    {
        using var scratch = new Scratch();
        var ran = await Run.CommandAsync("log", "export", "--out", scratch.File("out.xes"), "--data", scratch.File("data"), "--postgres", $"Host=db;Password={Secret}");
        ran.IsUnusable();
        Assert.Equal("workflow: --data and --postgres name two stores: give one of them\n", ran.Error);
    }

    [Fact]
    public async Task Data_BesideADatabaseOfTheEnvironment_Counts()
    {
        using var scratch = new Scratch();
        (await Run.WithDatabaseAsync($"Host=db;Password={Secret}", "log", "export", "--out", scratch.File("out.xes"), "--data", scratch.File("data"))).IsUnusable("workflow.db", "--data");
    }

    [Theory]
    [InlineData("", "--postgres is no connection string: it is empty;")]
    [InlineData("Hots=db;Password=" + Secret, "--postgres is no connection string: its part 1 is unknown")]
    [InlineData("Database=x;Password=" + Secret, "--postgres is no connection string: it names no server; add Host=NAME")]
    [InlineData("Host=db;Port=0;Password=" + Secret, "--postgres is no connection string: the value of Port cannot be used; correct it")]
    [InlineData("postgres://office:" + Secret + "@db/x", "--postgres is no connection string: it is an address;")]
    public async Task Connection_ThatIsNone_OneLineWithoutThePassword(string connection, string reason)
    {
        var ran = await Run.CommandAsync("load", "--callers", "1", "--seconds", "1", "--dossiers", "1", "--postgres", connection);
        ran.IsUnusable(reason);
        Assert.DoesNotContain(Secret, ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_ThatIsAway_OneLineWithoutThePassword()
    {
        // Nobody listens on port 1.
        var ran = await Run.CommandAsync("demo", "--no-serve", "--postgres", $"Host=127.0.0.1;Port=1;Database=workflow;Username=office;Password={Secret}");
        ran.IsUnusable("PostgreSQL database 'workflow' at 127.0.0.1:1 cannot be used (", "): check that the server runs and can be reached, then try again.");
        Assert.DoesNotContain(Secret, ran.Error, StringComparison.Ordinal);
    }
}
