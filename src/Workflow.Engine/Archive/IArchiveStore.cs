using Workflow.Engine.Journal;

namespace Workflow.Engine.Archive;

/// <summary>The archive of a store: closed dossiers out of the way of open ones, with everything that was promised for life.</summary>
/// <remarks>
/// <para>
/// A dossier moves whole, its state and all its rows, in one transaction, so that it is in one place at any moment and no key
/// stands twice. Every read of <see cref="IJournalStore"/> answers the same before and after: states, commands, history, the
/// journal in commit order, chain heads, counts and the lists that include closed dossiers. A command that an archived dossier
/// accepts brings it back, in the transaction of its append; reads, repeats and refusals leave it where it is.
/// </para>
/// <para>A dossier closed at the legal time of the last command that left it closed. One with a wake-up is not archived.</para>
/// </remarks>
public interface IArchiveStore
{
    /// <summary>Moves dossiers that closed before a moment to the archive, the earliest first, in one transaction, and tells how many.</summary>
    /// <remarks>
    /// Where several hosts write, a dossier that somebody is writing to is passed over rather than waited for: 0 tells that there was
    /// nothing to move just now.
    /// </remarks>
    /// <param name="closedBefore">The moment, excluded.</param>
    /// <param name="limit">The most dossiers to move, at least 1. Commands on these wait until the transaction ends: keep it small.</param>
    /// <param name="ct">Cancels the call until the transaction begins.</param>
    /// <exception cref="StorageException">The storage failed and nothing was moved; after a <see cref="StorageUnavailableException"/> that is not known.</exception>
    ValueTask<int> ArchiveAsync(DateTimeOffset closedBefore, int limit, CancellationToken ct);

    /// <summary>Counts the dossiers that closed before a moment (excluded) and are not in the archive, those with a wake-up included.</summary>
    ValueTask<long> CountClosedAsync(DateTimeOffset closedBefore, CancellationToken ct);
}
