using Workflow.Engine.Archive;
using Workflow.Engine.Hosts;
using Workflow.Engine.Leases;
using Workflow.Engine.Outbox;
using Workflow.Engine.Audit;

namespace Workflow.Engine.Journal;

/// <summary>Where dossiers, their journal and what they rest on are kept: the port behind the durable engine.</summary>
/// <remarks>
/// <para>
/// The store deals in bytes and in the columns that work lists filter on; serializing, hashing and deciding are the engine's.
/// It guards two keys: (code, version), so that a second writer loses, and (code, caller, command id), so that a command is
/// exactly once. A submission, which has no code yet, is guarded by (caller, command id).
/// </para>
/// <para>
/// Instances are safe to share between threads once <see cref="OpenAsync"/> has returned. Every member throws
/// <see cref="InvalidOperationException"/> before that, <see cref="ObjectDisposedException"/> after disposal, and a
/// <see cref="StorageException"/> when the storage below fails. Byte arrays that were handed in or out are never changed
/// by the store and must not be changed by callers.
/// </para>
/// <para>
/// Times are kept to the millisecond, in Vietnam's offset (+07:00): a finer time is rounded down, and
/// <see cref="StoredSnapshot.WakeAt"/> up, so that no dossier is woken early. Codes are ordered by their UTF-8 bytes.
/// </para>
/// </remarks>
public interface IJournalStore :
    ISharedStore,
    ILeaseStore,
    IOutboxStore,
    IArchiveStore,
    IAuditStore,
    IAsyncDisposable
{
    /// <summary>Whether this process is proven to be the only writer, so that its memory need not be confirmed in the store.</summary>
    bool IsExclusive { get; }

    /// <summary>How many appends of batches the store takes at once with profit, at least 1; more wait for each other.</summary>
    int AppendsAtOnce { get; }

    /// <summary>Creates the schema, or brings an older one up to date, under a lock and in one transaction.</summary>
    /// <exception cref="StorageException">
    /// The storage cannot be used: see the derived types. What was there is untouched.
    /// </exception>
    /// <exception cref="InvalidOperationException">The store is open already.</exception>
    ValueTask OpenAsync(CancellationToken ct);

    /// <summary>Appends commands of many dossiers in one transaction; <c>results[i]</c> tells what became of <c>batch[i]</c>.</summary>
    /// <remarks>
    /// Appends of one dossier take effect in the order of the batch, so two may follow each other; between dossiers a batch has no order. What is refused
    /// (a conflict, a repeat, an unstorable value) fails that append alone. A repeat is told as such even when its version
    /// collides too. Cancellation is heeded until the transaction begins.
    /// </remarks>
    /// <exception cref="StorageException">
    /// The transaction failed and nothing of the batch was written; after a <see cref="StorageUnavailableException"/> that
    /// is not known, and the same batch is to be offered again; after a <see cref="StorageRefusedException"/> a part of it may be taken.
    /// <paramref name="results"/> means nothing then.
    /// </exception>
    /// <exception cref="ArgumentException"><paramref name="results"/> is shorter than the batch, or a version is below 1.</exception>
    ValueTask AppendAsync(IReadOnlyList<JournalAppend> batch, AppendResult[] results, CancellationToken ct);

    /// <summary>Returns the current state of a dossier, or null when there is no such dossier.</summary>
    ValueTask<StoredDossier?> LoadAsync(string code, CancellationToken ct);

    /// <summary>Returns what a command of a dossier caused, or null when the dossier has accepted no such command.</summary>
    ValueTask<StoredCommand?> FindCommandAsync(string code, string caller, string commandId, CancellationToken ct);

    /// <summary>Returns what a submitting command became, or null when there was no such submission.</summary>
    ValueTask<StoredSubmission?> FindSubmissionAsync(string caller, string commandId, CancellationToken ct);

    /// <summary>Takes a block of dossier numbers and returns its first; a unit's day starts at 1. Gaps may occur, doubles never.</summary>
    /// <exception cref="ArgumentException"><paramref name="unit"/> is unstorable or <paramref name="count"/> below 1.</exception>
    ValueTask<long> ReserveNumbersAsync(string unit, DateOnly day, int count, CancellationToken ct);

    /// <summary>Returns a dossier's rows from <paramref name="fromVersion"/> (included) on, ascending, at most <paramref name="limit"/>.</summary>
    ValueTask<IReadOnlyList<JournalRow>> ReadHistoryAsync(string code, int fromVersion, int limit, CancellationToken ct);

    /// <summary>Returns the rows behind <paramref name="after"/> (excluded) in the order of their cursors, at most <paramref name="limit"/>.</summary>
    /// <remarks>
    /// A row is shown only when no row with a lower cursor can still appear, so a follower misses none. The rows of one dossier
    /// come in the order of their versions.
    /// </remarks>
    ValueTask<IReadOnlyList<JournalRow>> ReadJournalAsync(JournalCursor after, int limit, CancellationToken ct);

    /// <summary>Returns wake-ups at or before <paramref name="upTo"/>, ordered by moment, then code.</summary>
    /// <param name="upTo">The last moment, included.</param>
    /// <param name="after">The last wake-up of the page before, excluded, or null for the first page.</param>
    /// <param name="limit">The most to return, at least 1.</param>
    /// <param name="ct">Cancels the reading.</param>
    ValueTask<IReadOnlyList<WakeUp>> ReadDueAsync(DateTimeOffset upTo, WakeUp? after, int limit, CancellationToken ct);

    /// <summary>Returns the earliest wake-up of all dossiers, or null when none has one.</summary>
    ValueTask<DateTimeOffset?> NextWakeUpAsync(CancellationToken ct);

    /// <summary>Returns the place up to which a follower has come, or null when it has saved none.</summary>
    ValueTask<JournalCursor?> ReadCursorAsync(string follower, CancellationToken ct);

    /// <summary>Saves the place up to which a follower has come; it may go back, for a projection that is rebuilt.</summary>
    /// <param name="follower">The follower's name.</param>
    /// <param name="cursor">The place.</param>
    /// <param name="under">The lease under which it is saved: checked by the save itself, which no other holder's taking of it overtakes. Null for none.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>False when the lease is no longer held: nothing was saved.</returns>
    /// <exception cref="ArgumentException"><paramref name="follower"/> is unstorable.</exception>
    ValueTask<bool> SaveCursorAsync(string follower, JournalCursor cursor, LeaseHold? under, CancellationToken ct);

    /// <summary>Keeps a version of a definition. The same version with the same content hash again changes nothing.</summary>
    /// <exception cref="DefinitionConflictException">This version is published with other content.</exception>
    /// <exception cref="ArgumentException">The kind is none of <see cref="DefinitionKinds"/>, or a text is unstorable.</exception>
    ValueTask PublishAsync(PublishedDefinition definition, CancellationToken ct);

    /// <summary>Returns every published definition of a kind, ordered by when it was known, then code and version.</summary>
    /// <exception cref="ArgumentException"><paramref name="kind"/> is none of <see cref="DefinitionKinds"/>.</exception>
    ValueTask<IReadOnlyList<PublishedDefinition>> ReadDefinitionsAsync(string kind, CancellationToken ct);

    /// <summary>Streams the end of each dossier's hash chain, ordered by code.</summary>
    /// <remarks>No transaction stays open: a dossier that is appended to meanwhile shows its head of when it was reached.</remarks>
    IAsyncEnumerable<ChainHead> ReadChainHeadsAsync(CancellationToken ct);

    /// <summary>Returns a page of a work list, ordered by due moment (dossiers without one last), then code.</summary>
    ValueTask<IReadOnlyList<WorkItem>> QueryWorkListAsync(WorkListQuery query, CancellationToken ct);

    /// <summary>Returns the codes of open dossiers behind <paramref name="afterCode"/> (excluded), ordered by code, at most <paramref name="limit"/>.</summary>
    /// <param name="which">Which open dossiers.</param>
    /// <param name="afterCode">The last code of the page before, or null for the first page.</param>
    /// <param name="limit">The most codes to return, at least 1.</param>
    /// <param name="ct">Cancels the reading.</param>
    ValueTask<IReadOnlyList<string>> ReadOpenAsync(OpenDossiers which, string? afterCode, int limit, CancellationToken ct);

    /// <summary>Counts the dossiers and the rows of the journal, those of the archive included. The cost grows with both.</summary>
    ValueTask<JournalTotals> CountAsync(CancellationToken ct);
}
