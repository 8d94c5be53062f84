using Npgsql;
using Workflow.Engine.Journal;
using Workflow.Engine.Postgres;
using Workflow.Engine.Tests.Journal;

namespace Workflow.Engine.Tests.Postgres;

/// <summary>Databases that cannot be used: one line that says what, where and how to mend, and nothing is made.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresOpeningTests
{
    private const string Secret = "s3cret-of-the-office";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_ADatabaseOfAnotherProgram_IsRefusedAndUntouched()
    {
        var server = PostgresServer.Require();
        var schema = server.CreateSchema();
        PostgresServer.Execute(schema, "CREATE TABLE tune (name text)");

        Assert.Equal(PostgresContents.Other, await LookAsync(schema));
        Assert.Equal(
            $"{PostgresConnectionString.NameOf(schema)} has a table 'tune' of another program: name an empty database, or another schema as its Search Path.",
            await RefusalAsync<ForeignStorageException>(schema));
        Assert.Equal(1, TablesOf(schema));
        server.DropSchema(schema);
    }

    [Fact]
    public async Task Open_BesideTheTablesOfAnOrleansCluster_MakesItsOwn()
    {
        var server = PostgresServer.Require();
        var schema = server.CreateSchema();
        PostgresServer.Execute(schema, "CREATE TABLE OrleansQuery (name text); CREATE TABLE OrleansStorage (name text)");

        Assert.Equal(PostgresContents.Nothing, await LookAsync(schema));
        await OpenAsync(schema);

        Assert.Equal(PostgresContents.Journal, await LookAsync(schema));
        server.DropSchema(schema);
    }

    [Fact]
    public async Task Open_WhereTheSchemaTableIsAnotherPrograms_IsRefused()
    {
        var server = PostgresServer.Require();
        var schema = server.CreateSchema();
        PostgresServer.Execute(schema, "CREATE TABLE workflow_schema (name text); INSERT INTO workflow_schema VALUES ('x')");

        Assert.Contains("a table 'workflow_schema' of another program", await RefusalAsync<ForeignStorageException>(schema), StringComparison.Ordinal);
        server.DropSchema(schema);
    }

    [Fact]
    public async Task Open_TablesOfANewerRelease_IsRefused()
    {
        var server = PostgresServer.Require();
        var schema = server.CreateSchema();
        await OpenAsync(schema);
        PostgresServer.Execute(schema, "UPDATE workflow_schema SET version = 999");

        Assert.Equal(
            $"{PostgresConnectionString.NameOf(schema)} has tables of version 999, and this release knows {PostgresSchema.Migrations.Count}: use the newer release that made them.",
            await RefusalAsync<StorageTooNewException>(schema));
        server.DropSchema(schema);
    }

    [Theory]
    [InlineData(140_011, true)]
    [InlineData(150_000, false)]
    [InlineData(170_002, false)]
    public void Server_OlderThan15_IsRefused(int version, bool refused)
    {
        var refusal = Record.Exception(() => PostgresOpening.RequireVersion(version, "PostgreSQL database 'x' at db:5432"));

        Assert.Equal(refused ? "PostgreSQL database 'x' at db:5432 is of PostgreSQL 14, and 15 or newer is needed: move it to a newer server." : null, refusal?.Message);
    }

    [Fact]
    public async Task Open_WithAPoolAboveTheServersConnections_IsRefused()
    {
        var server = PostgresServer.Require();
        var schema = server.CreateSchema();

        var line = await RefusalAsync<StorageUnavailableException>(schema + ";Maximum Pool Size=1000");

        Assert.Matches(@"is on a server with \d+ connections, and this host may take 1000: raise max_connections there, or add 'Maximum Pool Size=\d+' or less to the connection string\.$", line);
        Assert.Equal(0, TablesOf(schema));
        server.DropSchema(schema);
    }

    [Fact]
    public async Task Open_AServerThatTakesNoChanges_IsRefused()
    {
        var server = PostgresServer.Require();
        var schema = server.CreateSchema();

        Assert.Equal(
            $"{PostgresConnectionString.NameOf(schema)} takes no changes: it is a standby or set to read only; connect to the primary server.",
            await RefusalAsync<StorageReadOnlyException>(schema + ";Options=-c default_transaction_read_only=on"));
        Assert.Equal(0, TablesOf(schema));
        server.DropSchema(schema);
    }

    [Fact]
    public async Task Open_AsAUserWhoMayMakeNoTables_IsRefusedAndNothingIsMade()
    {
        var server = PostgresServer.RequirePrivate();
        var database = server.CreateDatabase();

        Assert.Equal(
            $"The user of {PostgresConnectionString.NameOf(database)} lacks a right (permission denied for schema public): grant it, or use the owner of the tables.",
            await RefusalAsync<StorageReadOnlyException>(server.CreateRole(database)));
        Assert.Equal(0, TablesOf(database));
    }

    [Fact]
    public async Task Open_WhereTheServerRefusesAmidTheMigration_LeavesNothingHalfMade()
    {
        var server = PostgresServer.RequirePrivate();
        var database = server.CreateDatabase();
        PostgresServer.Execute(
            database,
            """
            CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF to_regclass('submission') IS NOT NULL THEN RAISE insufficient_privilege USING MESSAGE = 'enough'; END IF;
            END $$;
            CREATE EVENT TRIGGER refuse ON ddl_command_end WHEN TAG IN ('CREATE TABLE') EXECUTE FUNCTION refuse();
            """);

        Assert.Contains("lacks a right (enough)", await RefusalAsync<StorageReadOnlyException>(database), StringComparison.Ordinal);
        Assert.Equal(0, TablesOf(database));

        PostgresServer.Execute(database, "DROP EVENT TRIGGER refuse");
        await OpenAsync(database);
        Assert.Equal(PostgresContents.Journal, await LookAsync(database));
    }

    [Fact]
    public async Task Open_WithAWrongPassword_IsRefusedWithoutRepeatingIt()
    {
        var server = PostgresServer.RequirePrivate();
        var database = server.CreateDatabase();
        PostgresServer.Execute(database, "CREATE ROLE with_password");
        var role = server.CreateRole(database, "PASSWORD 'right' IN ROLE with_password");
        var name = new NpgsqlConnectionStringBuilder(role).Username;

        Assert.Equal(
            $"{PostgresConnectionString.NameOf(database)} cannot be used (password authentication failed for user \"{name}\"): correct user and password.",
            await RefusalAsync<StorageUnavailableException>($"{role};Password={Secret}"));
        Assert.Equal(
            $"{PostgresConnectionString.NameOf(database)} cannot be used (it asks for a password and none is given): add Password=... or a Passfile to the connection string.",
            await RefusalAsync<StorageUnavailableException>(role));
    }

    [Fact]
    public async Task Open_ADatabaseOrSchemaThatIsNotThere_IsRefused()
    {
        var server = PostgresServer.Require();
        var schema = server.CreateSchema();

        Assert.EndsWith(
            "cannot be used (database \"nowhere\" does not exist): create the database, or correct its name.",
            await RefusalAsync<StorageUnavailableException>(new NpgsqlConnectionStringBuilder(schema) { Database = "nowhere" }.ConnectionString),
            StringComparison.Ordinal);
        Assert.EndsWith(
            "cannot be used (no schema has been selected to create in): create the schema of its Search Path, or correct that.",
            await RefusalAsync<StorageUnavailableException>(new NpgsqlConnectionStringBuilder(schema) { SearchPath = "nowhere" }.ConnectionString),
            StringComparison.Ordinal);
        server.DropSchema(schema);
    }

    [Fact]
    public async Task Open_WhereEveryConnectionIsTaken_IsRefused()
    {
        var server = PostgresServer.RequirePrivate();
        var database = server.CreateDatabase();

        Assert.Contains(
            "raise max_connections of the server, or give each host a smaller 'Maximum Pool Size'",
            await RefusalAsync<StorageUnavailableException>(server.CreateRole(database, "CONNECTION LIMIT 0")),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Look_AtAnEmptySchema_MakesNothing()
    {
        var server = PostgresServer.Require();
        var schema = server.CreateSchema();

        Assert.Equal(PostgresContents.Nothing, await LookAsync(schema));
        Assert.Equal(0, TablesOf(schema));
        server.DropSchema(schema);
    }

    [Fact]
    public async Task Open_AServerThatIsAway_EndsWithTheWaiting()
    {
        using var away = new UnreadyServer(closes: int.MaxValue, behind: null);

        var line = await RefusalAsync<StorageUnavailableException>(away.ConnectionString + $";Password={Secret}", TimeSpan.FromMilliseconds(500));

        Assert.StartsWith("PostgreSQL database 'workflow' at 127.0.0.1:", line, StringComparison.Ordinal);
        Assert.EndsWith("check that the server runs and can be reached, then try again.", line, StringComparison.Ordinal);
        Assert.InRange(away.Closed, 2, 6);
    }

    [Fact]
    public async Task Open_AServerThatIsReadySoon_WaitsForIt()
    {
        var server = PostgresServer.RequirePrivate();
        var schema = server.CreateSchema();
        using var starting = new UnreadyServer(closes: 2, behind: schema);

        await OpenAsync(starting.ConnectionString);

        Assert.Equal(2, starting.Closed);
        server.DropSchema(schema);
    }

    [Fact]
    public async Task Session_WhateverTheDatabaseIsSetTo_SeesWhatItWaitedForAndLeavesNoLocksBehind()
    {
        var database = PostgresServer.RequirePrivate().CreateDatabase();
        PostgresServer.Execute(database, "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_isolation = ''repeatable read''', current_database()); END $$");
        await using var connections = new PostgresConnections(database);

        var settings = await connections.UseAsync(
            async connection =>
            {
                using var command = new NpgsqlCommand(
                    "SELECT concat_ws(', ', current_setting('transaction_isolation'), current_setting('idle_in_transaction_session_timeout'), current_setting('jit'))", connection);
                return (string)(await command.ExecuteScalarAsync(Ct))!;
            },
            Ct);

        Assert.Equal("read committed, 30s, off", settings);
    }

    private static async Task OpenAsync(string connection)
    {
        await using var store = new PostgresJournalStore(connection, new FixedTime(Appends.Start));
        await store.OpenAsync(Ct);
    }

    private static async Task<PostgresContents> LookAsync(string connection)
    {
        await using var store = new PostgresJournalStore(connection, new FixedTime(Appends.Start));
        return await store.LookAsync(Ct);
    }

    private static async Task<string> RefusalAsync<T>(string connection, TimeSpan patience = default)
        where T : StorageException
    {
        await using var store = new PostgresJournalStore(connection, new FixedTime(Appends.Start)) { Patience = patience };
        var refusal = await Assert.ThrowsAsync<T>(async () => await store.OpenAsync(Ct));
        Assert.DoesNotContain(Secret, refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', refusal.Message);
        return refusal.Message;
    }

    private static long TablesOf(string connection) =>
        (long)PostgresServer.Read(connection, "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'S', 'i')")!;
}
