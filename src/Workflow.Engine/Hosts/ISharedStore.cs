using Workflow.Engine.Journal;

namespace Workflow.Engine.Hosts;

/// <summary>What a store does for hosts that are not its only writers.</summary>
/// <remarks>
/// <para>
/// The store counts its publications: the <em>revision</em> grows by one with each that adds something, in the same transaction. An append
/// says under which revision it was decided, and is refused as <see cref="AppendOutcome.Outdated"/> when there is another one now; what is
/// committed after a publication was therefore decided with it.
/// </para>
/// <para>A store with a single writer (see <see cref="IJournalStore.IsExclusive"/>) has revision 0 for ever and takes any.</para>
/// </remarks>
public interface ISharedStore
{
    /// <summary>Tells how dossiers stand, all as of one moment after the call; <c>results[i]</c> answers <c>wanted[i]</c>.</summary>
    /// <returns>The revision at that moment.</returns>
    /// <exception cref="ArgumentException"><paramref name="results"/> is shorter than <paramref name="wanted"/>.</exception>
    ValueTask<long> ConfirmAsync(IReadOnlyList<Confirmation> wanted, Confirmed[] results, CancellationToken ct);

    /// <summary>As <see cref="IJournalStore.PublishAsync"/>, unless something was published since a revision.</summary>
    /// <returns>False when something was, and this definition is not published; then nothing was done.</returns>
    /// <exception cref="DefinitionConflictException">This version is published with other content.</exception>
    /// <exception cref="ArgumentException">The kind is none of <see cref="DefinitionKinds"/>, or a text is unstorable.</exception>
    ValueTask<bool> TryPublishAsync(PublishedDefinition definition, long revision, CancellationToken ct);

    /// <summary>Keeps all other writers from a dossier, for a host that has lost against them too often; waits for those under way.</summary>
    /// <returns>Null when there is no such dossier or no other writer, or when one keeps it locked for long.</returns>
    ValueTask<IDossierHold?> HoldAsync(string code, CancellationToken ct);
}

/// <summary>A dossier that others cannot write to until this is disposed of. To be held shortly, and disposed of once or twice; not safe to share between threads.</summary>
public interface IDossierHold : IAsyncDisposable
{
    /// <summary>The dossier as it stands, and stays.</summary>
    StoredDossier Dossier { get; }

    /// <summary>Appends one command of this dossier and ends the hold. Called at most once.</summary>
    /// <exception cref="StorageException">It failed and nothing was written; after a <see cref="StorageUnavailableException"/> that is not known.</exception>
    ValueTask<AppendResult> AppendAsync(JournalAppend append);
}

/// <summary>A dossier whose version is asked for and, perhaps, a command of it.</summary>
/// <param name="Code">The dossier. One that cannot be stored is not there.</param>
/// <param name="Caller">The command's caller; null to ask for no command.</param>
/// <param name="CommandId">The command's id; null to ask for no command.</param>
public readonly record struct Confirmation(string Code, string? Caller = null, string? CommandId = null);

/// <summary>How a dossier stands.</summary>
/// <param name="Version">Its version; 0 when there is no such dossier.</param>
/// <param name="CommandVersion">The version that the command made; 0 when the dossier has accepted no such command, or none was asked for.</param>
public readonly record struct Confirmed(int Version, int CommandVersion);
