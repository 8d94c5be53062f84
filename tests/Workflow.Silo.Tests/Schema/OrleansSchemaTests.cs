using Workflow.Engine.Journal;
using Workflow.Engine.Postgres;
using Workflow.Silo.Schema;

namespace Workflow.Silo.Tests.Schema;

/// <summary>The schema is made once, taken over where Orleans' own scripts made it, and refused in one line where that cannot be.</summary>
public sealed class OrleansSchemaTests
{
    private const int Tables = 6;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_TenAtOnce_MakesItOnce()
    {
        var schema = PostgresServer.Require().CreateSchema();

        await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => OrleansSchema.CreateAsync(schema, Ct))));

        Assert.Equal(Tables, TablesOf(schema));
        Assert.Equal((long)ProviderStatements.All.Count, PostgresServer.Read(schema, "SELECT count(*) FROM orleansquery"));
        Assert.Equal(1, PostgresServer.Read(schema, "SELECT min(version) FROM workflow_orleans_schema HAVING count(*) = 1"));
        PostgresServer.Require().DropSchema(schema);
    }

    [Fact]
    public async Task Create_WhereItIs_ChangesNothing()
    {
        var schema = PostgresServer.Require().CreateSchema();
        await OrleansSchema.CreateAsync(schema, Ct);
        PostgresServer.Execute(schema, $"INSERT INTO orleansquery VALUES ('another', 'SELECT 1'); {StateOf("unit/a", 3)}");
        const string Content = "SELECT (SELECT jsonb_agg(q ORDER BY querykey) FROM orleansquery q)::text || (SELECT jsonb_agg(s) FROM orleansstorage s)::text";
        var before = PostgresServer.Read(schema, Content);

        await OrleansSchema.CreateAsync(schema, Ct);

        Assert.Equal(before, PostgresServer.Read(schema, Content));
        PostgresServer.Require().DropSchema(schema);
    }

    [Fact]
    public async Task Create_ForAUserWhoMayOnlyRead_IsDoneWhereItIs()
    {
        var server = PostgresServer.RequirePrivate();
        var database = server.CreateDatabase();
        await OrleansSchema.CreateAsync(database, Ct);
        var reader = server.CreateRole(database);
        PostgresServer.Execute(database, $"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {new Npgsql.NpgsqlConnectionStringBuilder(reader).Username}");

        await OrleansSchema.CreateAsync(reader, Ct);
    }

    [Fact]
    public async Task Create_WhereTheScriptsOfOrleansWere_TakesOverWhatTheyHold()
    {
        var schema = PostgresServer.Require().CreateSchema();
        PostgresServer.Execute(schema, OfTheScripts);
        PostgresServer.Execute(schema, $"{StateOf("unit/a", 3)}; {StateOf("unit/b", 1)}; INSERT INTO orleansquery VALUES ('ReadFromStorageKey', 'SELECT 1'), ('QueueStreamMessageKey', 'SELECT 2')");

        await OrleansSchema.CreateAsync(schema, Ct);

        Assert.Equal(Tables, TablesOf(schema));
        Assert.Equal(2L, PostgresServer.Read(schema, "SELECT count(*) FROM orleansstorage"));
        Assert.Equal(ProviderStatements.All["ReadFromStorageKey"], PostgresServer.Read(schema, "SELECT querytext FROM orleansquery WHERE querykey = 'ReadFromStorageKey'"));
        Assert.Equal("SELECT 2", PostgresServer.Read(schema, "SELECT querytext FROM orleansquery WHERE querykey = 'QueueStreamMessageKey'"));
        Assert.Throws<Npgsql.PostgresException>(() => PostgresServer.Execute(schema, StateOf("unit/a", 4)));
        Assert.Null(PostgresServer.Read(schema, "SELECT to_regclass('ix_orleansstorage')::text") as string);
        PostgresServer.Require().DropSchema(schema);
    }

    [Fact]
    public async Task Create_WhereAGrainsStateStandsTwice_IsRefusedByItsKeyAndLeftAsItWas()
    {
        var schema = PostgresServer.Require().CreateSchema();
        PostgresServer.Execute(schema, OfTheScripts);
        PostgresServer.Execute(schema, string.Join("; ", ((string[])["unit/a", "unit/a", "unit/a", "unit/b", "unit/it's", "unit/it's"]).Select(k => StateOf(k, 1))));

        Assert.Equal(
            $"{PostgresConnectionString.NameOf(schema)} holds the state of one grain more than once in 'orleansstorage': 'unit/a' of type 'monitor' (3 rows), 'unit/it''s' of type 'monitor' (2 rows). "
            + "Keep one row of each and delete the others, then start again.",
            (await Assert.ThrowsAsync<ForeignStorageException>(() => OrleansSchema.CreateAsync(schema, Ct))).Message);
        Assert.Equal(2, TablesOf(schema));
        Assert.Equal("ix_orleansstorage", PostgresServer.Read(schema, "SELECT to_regclass('ix_orleansstorage')::text"));

        PostgresServer.Execute(schema, "DELETE FROM orleansstorage WHERE ctid NOT IN (SELECT min(ctid) FROM orleansstorage GROUP BY grainidextensionstring)");
        await OrleansSchema.CreateAsync(schema, Ct);
        Assert.Equal(Tables, TablesOf(schema));
        PostgresServer.Require().DropSchema(schema);
    }

    [Theory]
    [InlineData("CREATE TABLE orleansstorage (id text)", "orleansstorage", "it has no column grainidextensionstring")]
    [InlineData("CREATE VIEW orleansreminderstable AS SELECT 1 AS version", "orleansreminderstable", "it is no table")]
    [InlineData("CREATE TABLE orleansquery (querykey text, querytext text)", "orleansquery", "it has no unique key of querykey")]
    [InlineData("CREATE TABLE orleansquery (querykey text PRIMARY KEY, querytext text, owner text NOT NULL)", "orleansquery", "its column owner is unknown and must be given")]
    [InlineData(
        "CREATE TABLE orleansmembershipversiontable (deploymentid varchar(150) PRIMARY KEY, version integer, timestamp timestamp)",
        "orleansmembershipversiontable",
        "its column timestamp is timestamp, not timestamptz")]
    public async Task Create_WhereSomethingElseHasItsNames_IsRefusedAndNothingIsMade(string sql, string name, string reason)
    {
        var schema = PostgresServer.Require().CreateSchema();
        PostgresServer.Execute(schema, sql);
        var before = TablesOf(schema);

        Assert.Equal(
            $"{PostgresConnectionString.NameOf(schema)} has '{name}', which is not as the scripts of Orleans 7 or newer make it ({reason}): "
            + "upgrade it by Orleans' own migrations, or name another schema as its Search Path.",
            (await Assert.ThrowsAsync<ForeignStorageException>(() => OrleansSchema.CreateAsync(schema, Ct))).Message);
        Assert.Equal(before, TablesOf(schema));
        PostgresServer.Require().DropSchema(schema);
    }

    [Fact]
    public async Task Create_WhereAnotherSchemaOfThePathHasTheTables_IsRefused()
    {
        var (first, second) = (PostgresServer.Require().CreateSchema(), PostgresServer.Require().CreateSchema());
        PostgresServer.Execute(second, OfTheScripts);
        var both = new Npgsql.NpgsqlConnectionStringBuilder(first);
        both.SearchPath += "," + new Npgsql.NpgsqlConnectionStringBuilder(second).SearchPath;

        var refusal = await Assert.ThrowsAsync<ForeignStorageException>(() => OrleansSchema.CreateAsync(both.ConnectionString, Ct));

        Assert.Contains("it stands in the schema test_", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(0, TablesOf(first));
        PostgresServer.Require().DropSchema(first);
        PostgresServer.Require().DropSchema(second);
    }

    [Fact]
    public async Task Create_WhereANewerReleaseMadeIt_IsRefused()
    {
        var schema = PostgresServer.Require().CreateSchema();
        await OrleansSchema.CreateAsync(schema, Ct);
        PostgresServer.Execute(schema, "UPDATE workflow_orleans_schema SET version = 9");

        Assert.Equal(
            $"{PostgresConnectionString.NameOf(schema)} has tables for Orleans of version 9, and this release knows 1: use the newer release that made them.",
            (await Assert.ThrowsAsync<StorageTooNewException>(() => OrleansSchema.CreateAsync(schema, Ct))).Message);
        PostgresServer.Require().DropSchema(schema);
    }

    [Fact]
    public async Task Create_WhereTheVersionIsAnotherPrograms_IsRefused()
    {
        var schema = PostgresServer.Require().CreateSchema();
        PostgresServer.Execute(schema, "CREATE TABLE workflow_orleans_schema (name text); INSERT INTO workflow_orleans_schema VALUES ('x')");

        var refusal = await Assert.ThrowsAsync<ForeignStorageException>(() => OrleansSchema.CreateAsync(schema, Ct));

        Assert.EndsWith("has a table 'workflow_orleans_schema' of another program: name another schema as its Search Path.", refusal.Message, StringComparison.Ordinal);
        PostgresServer.Require().DropSchema(schema);
    }

    [Fact]
    public async Task Create_WhereATableWasLost_IsRefused()
    {
        var schema = PostgresServer.Require().CreateSchema();
        await OrleansSchema.CreateAsync(schema, Ct);
        PostgresServer.Execute(schema, "DROP TABLE orleansreminderstable");

        var refusal = await Assert.ThrowsAsync<ForeignStorageException>(() => OrleansSchema.CreateAsync(schema, Ct));

        Assert.Contains("lacks the table 'orleansreminderstable'", refusal.Message, StringComparison.Ordinal);
        PostgresServer.Require().DropSchema(schema);
    }

    // Storage and statements as they are found where Orleans' scripts were run for grain storage alone: its index is not unique.
    private const string OfTheScripts = """
        CREATE TABLE orleansquery (querykey varchar(64) PRIMARY KEY, querytext varchar(8000) NOT NULL);
        CREATE TABLE orleansstorage (
            grainidhash integer NOT NULL, grainidn0 bigint NOT NULL, grainidn1 bigint NOT NULL, graintypehash integer NOT NULL,
            graintypestring varchar(512) NOT NULL, grainidextensionstring varchar(512), serviceid varchar(150) NOT NULL,
            payloadbinary bytea, modifiedon timestamp NOT NULL, version integer);
        CREATE INDEX ix_orleansstorage ON orleansstorage (grainidhash, graintypehash);
        """;

    private static string StateOf(string key, int version) =>
        $"""
        INSERT INTO orleansstorage (serviceid, graintypestring, graintypehash, grainidhash, grainidn0, grainidn1, grainidextensionstring, version, modifiedon)
        VALUES ('tests', 'monitor', 1, 2, 0, 0, '{key.Replace("'", "''", StringComparison.Ordinal)}', {version}, '2026-01-01')
        """;

    private static int TablesOf(string schema) =>
        (int)(long)PostgresServer.Read(schema, "SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace(current_schema()) AND relkind = 'r'")!;
}
