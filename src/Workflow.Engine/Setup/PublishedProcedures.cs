using System.Text.Json;
using Workflow.Core.Procedures;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Setup;

/// <summary>The procedures that were published into a store: what its dossiers follow.</summary>
public static class PublishedProcedures
{
    /// <summary>Reads every published version, in the order in which they became known.</summary>
    /// <exception cref="StorageCorruptException">A version cannot be read: it is of a newer release, or damaged.</exception>
    public static async ValueTask<IReadOnlyList<ProcedureContent>> ReadAsync(IJournalStore store, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var published = await store.ReadDefinitionsAsync(DefinitionKinds.Procedure, cancellationToken).ConfigureAwait(false);
        return [.. published.Select(Read)];
    }

    /// <summary>Publishes new versions into a store that no engine has open. Versions that are there with the same content change nothing.</summary>
    /// <exception cref="DefinitionConflictException">A version is published with other content; then nothing was published.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public static async ValueTask PublishAsync(
        IJournalStore store, IReadOnlyCollection<Procedure> procedures, DateTimeOffset knownFrom, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(procedures);
        await DefinitionPublication.PublishAsync(store, procedures, knownFrom, cancellationToken).ConfigureAwait(false);
    }

    private static ProcedureContent Read(PublishedDefinition definition)
    {
        try
        {
            return DefinitionJson.ReadProcedure(definition.Content);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw new StorageCorruptException($"The store's procedure {definition.Code}@{definition.Version} cannot be read: use the release that published it, or restore a copy of the store.", e);
        }
    }
}
