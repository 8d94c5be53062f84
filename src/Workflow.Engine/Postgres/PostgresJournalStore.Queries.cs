using System.Text;
using Npgsql;

namespace Workflow.Engine.Postgres;

/// <content>How statements are run: each on a connection of the pool, for as long as it takes.</content>
public sealed partial class PostgresJournalStore
{
    private async ValueTask<IReadOnlyList<T>> ListAsync<T>(Func<NpgsqlConnection, NpgsqlCommand> command, Func<NpgsqlDataReader, T> read, CancellationToken ct) =>
        await AllAsync(command, read, ct).ConfigureAwait(false);

    private async ValueTask<T?> FirstAsync<T>(Func<NpgsqlConnection, NpgsqlCommand> command, Func<NpgsqlDataReader, T> read, CancellationToken ct)
        where T : class
    {
        var rows = await AllAsync(command, read, ct).ConfigureAwait(false);
        return rows.Count == 0 ? null : rows[0];
    }

    private ValueTask<List<T>> AllAsync<T>(Func<NpgsqlConnection, NpgsqlCommand> command, Func<NpgsqlDataReader, T> read, CancellationToken ct)
    {
        _ = Appends;
        return _connections.UseAsync(
            async connection =>
            {
                var rows = new List<T>();
                try
                {
                    using var given = command(connection);
                    var reader = await given.ExecuteReaderAsync(ct).ConfigureAwait(false);
                    await using var _ = reader.ConfigureAwait(false);
                    while (await reader.ReadAsync(ct).ConfigureAwait(false))
                    {
                        rows.Add(read(reader));
                    }
                }
                catch (Exception e) when (e is EncoderFallbackException or PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire })
                {
                    // Asked for with a text that cannot be stored, so nothing stored has it.
                }

                return rows;
            },
            ct);
    }

    private ValueTask<int> ExecuteAsync(Func<NpgsqlConnection, NpgsqlCommand> command, CancellationToken ct)
    {
        _ = Appends;
        return _connections.UseAsync(
            async connection =>
            {
                using var given = command(connection);
                return await given.ExecuteNonQueryAsync(ct).ConfigureAwait(false);
            },
            ct);
    }
}
