using Workflow.Engine.Journal;

namespace Workflow.Engine.Outbox;

/// <summary>What the store says of one subscriber, as last read and changed here: its cursor, what it is owed and how it fares.</summary>
/// <remarks>
/// The cursor costs a commit, so while there is more it is saved every so many rows: what stands behind it is delivered again after a crash, under the same
/// keys. What is owed is saved at once, with the cursor. Whatever fails, memory may be ahead of the store: <see cref="Forget"/>. Used in its runner's turn alone.
/// </remarks>
internal sealed class SubscriberLedger(OutboxParts outbox, StoredSubscriber subscriber, SubscriberLease lease)
{
    private const int LongestUnsaved = 1_000;
    private const int OwedPage = 1_000;

    private readonly string _cursorName = IOutboxStore.CursorOf(subscriber.Name);

    // Null until it was read under the lease.
    private JournalCursor? _cursor;
    private int _unsaved;
    private DateTimeOffset _readAt;
    private volatile bool _isOutdated;

    /// <summary>Up to where everything was delivered or is owed. Known once <see cref="ReadAsync"/> has returned.</summary>
    public JournalCursor Cursor => _cursor!.Value;

    public OwedDossiers Owed { get; } = new();

    public SubscriberStanding Standing { get; private set; } = subscriber.Standing;

    /// <summary>Whether the cursor is to be saved when nothing comes.</summary>
    public bool HasUnsaved => _unsaved > 0;

    /// <summary>A command changed what it is owed or how it fares. From any thread.</summary>
    public void Outdate() => _isOutdated = true;

    /// <summary>Reads again what commands may have changed: at once when they were given here, else now and then.</summary>
    /// <exception cref="LostLeaseException">It was removed.</exception>
    public async ValueTask ReadAsync(TimeSpan every, CancellationToken ct)
    {
        var now = outbox.Options.Time.GetUtcNow();
        if (_cursor is not null && !_isOutdated && (outbox.Store.IsExclusive || now - _readAt < every))
        {
            return;
        }

        _isOutdated = false;
        _readAt = now;
        _cursor ??= await outbox.Store.ReadCursorAsync(_cursorName, ct).ConfigureAwait(false) ?? throw lease.Lost();
        var known = (await outbox.Store.ReadSubscribersAsync(ct).ConfigureAwait(false)).FirstOrDefault(s => s.Id == subscriber.Id) ?? throw lease.Lost();
        Standing = known.Standing;
        Owed.Clear();
        IReadOnlyList<OwedDossier> page = [];
        do
        {
            page = await outbox.Store.ReadOwedAsync(subscriber.Name, page.Count == 0 ? null : page[^1].Code, OwedPage, ct).ConfigureAwait(false);
            foreach (var owed in page)
            {
                Owed.Add(owed);
            }
        }
        while (page.Count == OwedPage);
        TellParked();
    }

    /// <summary>Takes in what a round came to, and saves what must not be lost.</summary>
    /// <exception cref="LostLeaseException">Another host serves it by now: nothing was saved.</exception>
    public async ValueTask TakeAsync(RoundResult result)
    {
        _cursor = result.Cursor;
        _unsaved += result.Rows;
        if (result.Changes.Count > 0 || _unsaved >= LongestUnsaved)
        {
            await SaveAsync(result.Changes).ConfigureAwait(false);
        }

        Owed.Take(result);
        TellParked();
        var standing = Standings.After(Standing, result, subscriber.Name, outbox);
        if (standing != Standing)
        {
            Standing = standing;
            if (!await outbox.Store.SaveStandingAsync(subscriber.Id, standing, lease.Under, CancellationToken.None).ConfigureAwait(false))
            {
                throw lease.Lost();
            }
        }
    }

    /// <summary>Saves the cursor, unless it is saved.</summary>
    /// <exception cref="LostLeaseException">Another host serves it by now, or it was removed: nothing was saved.</exception>
    public ValueTask SaveAsync() => SaveAsync([]);

    /// <summary>The store is asked afresh: what was not saved is delivered again.</summary>
    public void Forget()
    {
        _cursor = null;
        _unsaved = 0;
        Owed.Clear();
        TellParked();
    }

    private async ValueTask SaveAsync(IReadOnlyList<OwedChange> changes)
    {
        if (changes.Count == 0 && _unsaved == 0)
        {
            return;
        }

        try
        {
            // Asked first, so that a lease that is near its end is renewed; what decides is the save's own look.
            await lease.HoldAsync(CancellationToken.None).ConfigureAwait(false);
            if (!await outbox.Store.SaveRoundAsync(subscriber.Id, changes, _unsaved > 0 ? _cursor : null, lease.Under, CancellationToken.None).ConfigureAwait(false))
            {
                throw lease.Lost();
            }
        }
        catch (LostLeaseException)
        {
            Forget();
            throw;
        }

        _unsaved = 0;
    }

    private void TellParked() => outbox.Instruments?.ParkedAre(subscriber.Name, Owed.Parked);
}
