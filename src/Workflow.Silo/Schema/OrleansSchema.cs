using Npgsql;
using Workflow.Engine.Journal;
using Workflow.Engine.Postgres;

namespace Workflow.Silo.Schema;

/// <summary>What Orleans keeps in PostgreSQL for its cluster: members, grain storage, reminders, and the statements with which its ADO.NET providers reach them.</summary>
/// <remarks>
/// It stands in the schema in which the connection makes tables, beside the journal or apart from it, and is versioned in a table of its own,
/// <c>workflow_orleans_schema</c>. What the scripts of Orleans 7 or newer made there is adopted with its content.
/// </remarks>
public static class OrleansSchema
{
    private const int Version = 1;

    // "WFLWORLN": apart from the lock of the journal's tables.
    private const long LockKey = 0x57464C574F524C4E;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>Makes what is missing, in one transaction under a lock. Any number of silos may call it at once and again.</summary>
    /// <param name="connectionString">A connection string for PostgreSQL 15 or newer.</param>
    /// <param name="cancellationToken">Ends the call; nothing is half made then.</param>
    /// <exception cref="ArgumentException">The text is no connection string.</exception>
    /// <exception cref="StorageTooNewException">A newer release made the tables.</exception>
    /// <exception cref="ForeignStorageException">Something else stands under their names, grain storage holds the state of a grain twice, or the server is too old.</exception>
    /// <exception cref="StorageException">The server cannot be reached or refuses.</exception>
    public static async Task CreateAsync(string connectionString, CancellationToken cancellationToken = default)
    {
        var connections = new PostgresConnections(connectionString);
        await using var _ = connections.ConfigureAwait(false);
        await connections.UsePatientlyAsync(c => CreateAsync(c, connections.Where, cancellationToken), s_patience, cancellationToken).ConfigureAwait(false);
    }

    private static async ValueTask<int> CreateAsync(NpgsqlConnection connection, string where, CancellationToken ct)
    {
        PostgresOpening.RequireVersion(await connection.ReadAsync<int>("SELECT current_setting('server_version_num')::int", ct).ConfigureAwait(false), where);
        var transaction = await connection.BeginTransactionAsync(ct).ConfigureAwait(false);
        await using var _ = transaction.ConfigureAwait(false);
        await connection.RunAsync($"SELECT pg_advisory_xact_lock({LockKey})", ct).ConfigureAwait(false);
        if (await ReadVersionAsync(connection, where, ct).ConfigureAwait(false) is not { } version)
        {
            await SchemaAdoption.RequireOurFormAsync(connection, where, mayLack: true, ct).ConfigureAwait(false);
            await MakeAsync(connection, where, ct).ConfigureAwait(false);
        }
        else if (version > Version)
        {
            throw new StorageTooNewException(
                $"{where} has tables for Orleans of version {version}, and this release knows {Version}: use the newer release that made them.");
        }

        await SchemaAdoption.RequireOurFormAsync(connection, where, mayLack: false, ct).ConfigureAwait(false);
        await transaction.CommitAsync(ct).ConfigureAwait(false);
        return Version;
    }

    // Null where the tables are not ours yet.
    private static async ValueTask<int?> ReadVersionAsync(NpgsqlConnection connection, string where, CancellationToken ct)
    {
        if (await connection.ReadAsync<string>($"SELECT to_regclass('{SchemaTables.OfVersion}')::text", ct).ConfigureAwait(false) is null)
        {
            return null;
        }

        // Through JSON, so that a table of that name which lacks the column is seen to be another program's.
        return await connection.ReadAsync<int?>($"SELECT (to_jsonb(s) ->> 'version')::int FROM {SchemaTables.OfVersion} s", ct).ConfigureAwait(false)
            ?? throw new ForeignStorageException($"{where} has a table '{SchemaTables.OfVersion}' of another program: name another schema as its Search Path.");
    }

    private static async ValueTask MakeAsync(NpgsqlConnection connection, string where, CancellationToken ct)
    {
        await connection.RunAsync(SchemaTables.Make, ct).ConfigureAwait(false);
        await SchemaAdoption.RequireSingleStatesAsync(connection, where, ct).ConfigureAwait(false);
        await connection.RunAsync(SchemaTables.MakeUnique, ct).ConfigureAwait(false);

        // Orleans reads the statements when a silo starts, so one that runs already keeps those that it knows.
        string[] keys = [.. ProviderStatements.All.Keys];
        await connection.RunAsync("DELETE FROM orleansquery WHERE querykey = ANY ($1)", ct, keys).ConfigureAwait(false);
        await connection.RunAsync(
            "INSERT INTO orleansquery (querykey, querytext) SELECT * FROM unnest($1, $2)", ct, keys, [.. ProviderStatements.All.Values]).ConfigureAwait(false);
        await connection.RunAsync($"CREATE TABLE {SchemaTables.OfVersion} (version integer NOT NULL); INSERT INTO {SchemaTables.OfVersion} VALUES ({Version})", ct).ConfigureAwait(false);
    }
}
