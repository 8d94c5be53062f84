using Npgsql;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Postgres;

public sealed partial class PostgresJournalStore
{
    /// <summary>Reads a text that a host left beside the journal; null when there is none of that name.</summary>
    /// <exception cref="StorageException">The server cannot be reached or refuses.</exception>
    public ValueTask<string?> ReadNoteAsync(string name, CancellationToken ct = default) =>
        FirstAsync(c => new NpgsqlCommand("SELECT content FROM note WHERE name = $1", c).Add(name), r => r.GetString(0), ct);

    /// <summary>Leaves a text beside the journal, in place of an earlier one of that name.</summary>
    /// <exception cref="ArgumentException"><paramref name="name"/> is unstorable.</exception>
    /// <exception cref="StorageException">The server cannot be reached or refuses.</exception>
    public async ValueTask WriteNoteAsync(string name, string content, CancellationToken ct = default)
    {
        Storable.RequireKey(name, nameof(name));
        ArgumentNullException.ThrowIfNull(content);
        await ExecuteAsync(
            c => new NpgsqlCommand("INSERT INTO note (name, content) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET content = excluded.content", c).Add(name).Add(content),
            ct).ConfigureAwait(false);
    }
}
