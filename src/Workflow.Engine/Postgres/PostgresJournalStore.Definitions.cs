using Npgsql;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Postgres;

/// <content>Published procedures, calendars and units.</content>
public sealed partial class PostgresJournalStore
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PublishedDefinition>> ReadDefinitionsAsync(string kind, CancellationToken ct)
    {
        var table = Table(kind);
        return ListAsync(
            c => new NpgsqlCommand($"SELECT code, version, content_hash, known_from, content FROM {table} ORDER BY known_from, code, version", c),
            r => new PublishedDefinition(kind, r.GetString(0), r.GetString(1), r.GetString(2), r.Time(3), r.Bytes(4)),
            ct);
    }

    /// <inheritdoc/>
    public async ValueTask PublishAsync(PublishedDefinition definition, CancellationToken ct) => await PublishSinceAsync(definition, null, ct).ConfigureAwait(false);

    /// <inheritdoc/>
    public ValueTask<bool> TryPublishAsync(PublishedDefinition definition, long revision, CancellationToken ct) => PublishSinceAsync(definition, revision, ct);

    private async ValueTask<bool> PublishSinceAsync(PublishedDefinition definition, long? revision, CancellationToken ct)
    {
        Storable.RequireDefinition(definition);
        _ = Appends;
        var table = Table(definition.Kind);
        return await IsPublishedAsync(definition, table, ct).ConfigureAwait(false)
            || await _connections.UseAsync(c => DefinitionFence.PublishAsync(c, table, definition, revision, ct), ct).ConfigureAwait(false)
            || await IsPublishedAsync(definition, table, ct).ConfigureAwait(false);
    }

    private async ValueTask<bool> IsPublishedAsync(PublishedDefinition definition, string table, CancellationToken ct)
    {
        var known = await FirstAsync(
            c => new NpgsqlCommand($"SELECT content_hash FROM {table} WHERE code = $1 AND version = $2", c).Add(definition.Code).Add(definition.Version),
            r => r.GetString(0),
            ct).ConfigureAwait(false);
        return known is null || known == definition.ContentHash
            ? known is not null
            : throw new DefinitionConflictException(definition.Kind, definition.Code, definition.Version);
    }

    private static string Table(string kind) => DefinitionKinds.Require(kind) == DefinitionKinds.Units ? "unit_tree" : kind;
}
