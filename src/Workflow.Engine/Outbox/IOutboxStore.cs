using Workflow.Engine.Journal;
using Workflow.Engine.Leases;

namespace Workflow.Engine.Outbox;

/// <summary>Where subscribers, their places in the journal and the deliveries that they owe are kept: the outbox's part of <see cref="IJournalStore"/>.</summary>
/// <remarks>
/// A subscriber's cursor is that of a follower named <see cref="CursorOf"/>. What is said of <see cref="IJournalStore"/> about threads, exceptions
/// and times holds here too.
/// </remarks>
public interface IOutboxStore
{
    /// <summary>The name under which a subscriber's cursor is kept, and of the lease under which it is served.</summary>
    static string CursorOf(string subscriber) => "subscriber/" + subscriber;

    /// <summary>Returns a place in the journal behind which every row is shown that is committed from now on.</summary>
    /// <remarks>A row that was committed a moment before may stand behind it too; never one of before that.</remarks>
    ValueTask<JournalCursor> ReadEndAsync(CancellationToken ct);

    /// <summary>Counts the rows behind a place (excluded), up to <paramref name="atMost"/>.</summary>
    ValueTask<long> CountBehindAsync(JournalCursor after, long atMost, CancellationToken ct);

    /// <summary>Returns all subscribers, ordered by name.</summary>
    ValueTask<IReadOnlyList<StoredSubscriber>> ReadSubscribersAsync(CancellationToken ct);

    /// <summary>Adds a subscriber that starts behind a place, in one transaction; false when the name is taken.</summary>
    /// <remarks><see cref="StoredSubscriber.Id"/> is given by the store: ids are never used again.</remarks>
    /// <exception cref="ArgumentException">A text is unstorable.</exception>
    ValueTask<bool> AddSubscriberAsync(StoredSubscriber subscriber, JournalCursor from, CancellationToken ct);

    /// <summary>Removes a subscriber with its cursor and everything that it owes; false when there is none of that name.</summary>
    ValueTask<bool> RemoveSubscriberAsync(string name, CancellationToken ct);

    /// <summary>Gives a subscriber other secrets; false when there is none of that name.</summary>
    ValueTask<bool> SaveSecretsAsync(string name, IReadOnlyList<string> secrets, CancellationToken ct);

    /// <summary>Says how a subscriber fares; false when it was removed, or <paramref name="under"/> is no longer held.</summary>
    /// <param name="id">The subscriber's id.</param>
    /// <param name="standing">How it fares.</param>
    /// <param name="under">As for <see cref="SaveRoundAsync"/>.</param>
    /// <param name="ct">Cancels the call.</param>
    ValueTask<bool> SaveStandingAsync(long id, SubscriberStanding standing, LeaseHold? under, CancellationToken ct);

    /// <summary>Returns the dossiers of which a subscriber is owed deliveries behind its back, ordered by code, at most <paramref name="limit"/>.</summary>
    /// <param name="subscriber">The subscriber's name.</param>
    /// <param name="afterCode">The last code of the page before, or null for the first page.</param>
    /// <param name="limit">The most to return, at least 1.</param>
    /// <param name="ct">Cancels the reading.</param>
    ValueTask<IReadOnlyList<OwedDossier>> ReadOwedAsync(string subscriber, string? afterCode, int limit, CancellationToken ct);

    /// <summary>Saves what a round of deliveries came to, in one transaction: the owed dossiers first, and the cursor with them.</summary>
    /// <remarks>
    /// A change takes effect only on a row that still is what it was when it was read; a new row beside an existing one leaves the lower version. The lease
    /// is checked in the same transaction, so a host that lost it unawares changes nothing: neither the cursor of its successor nor what that one knows to be owed.
    /// </remarks>
    /// <param name="id">The subscriber's id.</param>
    /// <param name="changes">What became of owed dossiers; at most one per dossier.</param>
    /// <param name="cursor">Where the subscriber stands now; null when it has not moved.</param>
    /// <param name="under">The lease under which it is saved: no other holder's taking of it overtakes the save. Null for none.</param>
    /// <param name="ct">Heeded until the transaction begins.</param>
    /// <returns>False when the subscriber was removed or the lease is no longer held: nothing was saved.</returns>
    ValueTask<bool> SaveRoundAsync(long id, IReadOnlyList<OwedChange> changes, JournalCursor? cursor, LeaseHold? under, CancellationToken ct);

    /// <summary>Makes owed dossiers due at once, parked ones too, with all their attempts before them.</summary>
    /// <param name="subscriber">The subscriber's name.</param>
    /// <param name="code">The dossier; null for all.</param>
    /// <param name="skip">Whether the first delivery that is owed is given up.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>How many dossiers there were.</returns>
    ValueTask<int> RetryOwedAsync(string subscriber, string? code, bool skip, CancellationToken ct);
}
