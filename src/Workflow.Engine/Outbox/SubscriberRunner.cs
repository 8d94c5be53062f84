using Workflow.Engine.Journal;
using Workflow.Engine.Leases;

namespace Workflow.Engine.Outbox;

/// <summary>Serves one subscriber: leads it along the journal, keeps its cursor, and makes up for what it is owed.</summary>
/// <remarks>
/// Hosts on one store serve it one at a time, under a lease. The cursor costs a commit, so while there is more it is saved every so many rows: what stands
/// behind it is delivered again after a crash, under the same keys. What is owed is saved at once, with the cursor.
/// </remarks>
internal sealed class SubscriberRunner : IAsyncDisposable
{
    private const int LongestUnsaved = 1_000;
    private const int OwedPage = 1_000;

    // A quarter of a lease is its holder's reserve: no delivery that was begun under it takes longer.
    private static readonly TimeSpan s_shortestReserve = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_afterFault = TimeSpan.FromSeconds(1);

    // How soon what other hosts committed or commanded is seen.
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(2);

    private readonly OutboxParts _outbox;
    private readonly IDeliverySink _sink;
    private readonly string _cursorName;
    private readonly HeldLease _lease;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly SemaphoreSlim _renewing = new(1, 1);
    private readonly SemaphoreSlim _more = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    // Reached in turn alone. The cursor is null until it was read.
    private readonly Dictionary<string, OwedDossier> _owed = new(StringComparer.Ordinal);
    private JournalCursor? _cursor;
    private SubscriberStanding _standing;
    private int _unsaved;
    private DateTimeOffset _readAt;
    private volatile bool _changed;

    public SubscriberRunner(OutboxParts outbox, StoredSubscriber subscriber, IDeliverySink sink)
    {
        (_outbox, Subscriber, _sink, _standing) = (outbox, subscriber, sink, subscriber.Standing);
        _cursorName = IOutboxStore.CursorOf(subscriber.Name);
        var reserve = outbox.Options.TimeLimit > s_shortestReserve ? outbox.Options.TimeLimit : s_shortestReserve;
        _lease = new HeldLease(outbox.Store, _cursorName, outbox.Host, 4 * reserve, TimeProvider.System);
    }

    /// <summary>The subscriber as it was when this began to serve it.</summary>
    public StoredSubscriber Subscriber { get; }

    /// <summary>How many deliveries were taken.</summary>
    public long Taken { get; private set; }

    // Nobody else is there where the store is exclusive, and no lease is taken.
    private LeaseHold? Under => _outbox.Store.IsExclusive ? null : _lease.Hold;

    private DateTimeOffset Now => _outbox.Options.Time.GetUtcNow();

    /// <summary>Starts to serve it by itself.</summary>
    public void Start() => _loop = Task.Run(RunAsync);

    /// <summary>There may be more in the journal.</summary>
    public void Signal()
    {
        if (_more.CurrentCount == 0)
        {
            try
            {
                _more.Release();
            }
            catch (SemaphoreFullException)
            {
                // Another signal was faster: it does for both.
            }
        }
    }

    /// <summary>A command changed what it is owed or how it fares.</summary>
    public void Changed()
    {
        _changed = true;
        Signal();
    }

    /// <summary>Delivers everything up to the journal's end, and tries once what is owed and not parked, however long it would still rest.</summary>
    /// <returns>False when the subscriber was not served to the end: it is down, paused, or another host serves it.</returns>
    public async ValueTask<bool> CatchUpAsync(CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _stop.Token);
        await _turn.WaitAsync(either.Token).ConfigureAwait(false);
        try
        {
            _changed = true;
            var tried = new HashSet<string>(StringComparer.Ordinal);
            Next next;
            do
            {
                next = await StepInTurnAsync(tried, either.Token).ConfigureAwait(false);
                ct.ThrowIfCancellationRequested();
            }
            while (next.HasMore);

            await SaveInTurnAsync([], CancellationToken.None).ConfigureAwait(false);
            return next.IsAtEnd;
        }
        catch (LostLeaseException)
        {
            return false;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await SaveInTurnAsync([], CancellationToken.None).ConfigureAwait(false);
            await _lease.GiveBackAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (StorageException fault)
        {
            // What stands behind the saved cursor is delivered again.
            OutboxLog.Failed(_outbox.Logger, Subscriber.Name, fault);
        }
        catch (LostLeaseException)
        {
            // It was removed: there is nothing to save.
        }
        finally
        {
            _turn.Release();
            _sink.Dispose();
        }
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Next next;
                await _turn.WaitAsync(_stop.Token).ConfigureAwait(false);
                try
                {
                    next = await StepInTurnAsync(null, _stop.Token).ConfigureAwait(false);
                }
                finally
                {
                    _turn.Release();
                }

                if (!next.HasMore && !await IsSignalledAsync(next.HasUnsaved ? s_pause : next.Wait).ConfigureAwait(false) && next.HasUnsaved)
                {
                    await SaveAsync().ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                if (fault is not LostLeaseException)
                {
                    OutboxLog.Failed(_outbox.Logger, Subscriber.Name, fault);
                }

                await Task.Delay(s_afterFault, _outbox.Options.Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    // Whatever fails, memory may be ahead of the store: it is read afresh then.
    private async ValueTask<Next> StepInTurnAsync(HashSet<string>? tried, CancellationToken stop)
    {
        try
        {
            return await StepOnInTurnAsync(tried, stop).ConfigureAwait(false);
        }
        catch
        {
            Forget();
            throw;
        }
    }

    // One round, and what to do then. With tried, nothing waits: what was tried is remembered there, so that it is tried once.
    private async ValueTask<Next> StepOnInTurnAsync(HashSet<string>? tried, CancellationToken stop)
    {
        // Taken anew, the lease may have been another host's in between, whose cursor is not the one in memory.
        if (_lease.HasLapsed)
        {
            Forget();
        }

        if (!await KeepLeaseAsync(stop).ConfigureAwait(false))
        {
            Forget();
            return Next.After(s_poll);
        }

        await ReadInTurnAsync(stop).ConfigureAwait(false);
        var now = Now;
        if (_standing.Paused is not null)
        {
            return Next.After(s_poll);
        }

        if (tried is null && _standing.RestsUntil > now)
        {
            return Next.After(Least(_standing.RestsUntil.Value - now, s_poll));
        }

        var isFull = _owed.Count >= _outbox.Options.MostOwed;
        var page = isFull ? [] : await _outbox.Store.ReadJournalAsync(_cursor!.Value, _outbox.Options.PageLength, stop).ConfigureAwait(false);
        var waiting = _owed.Values.Where(o => !o.IsParked && (tried is null ? o.NextAttemptAt <= now : !tried.Contains(o.Code))).OrderBy(o => o.NextAttemptAt).ToList();
        var due = waiting.Take(_outbox.Options.AtOnce).ToList();
        if (page.Count == 0 && due.Count == 0)
        {
            return new Next(false, !isFull, _unsaved > 0, UntilNextAttempt(now));
        }

        if (isFull)
        {
            OutboxLog.TooManyOwed(_outbox.Logger, Subscriber.Name, _owed.Count);
        }

        tried?.UnionWith(due.Select(d => d.Code));
        var round = new DeliveryRound(_outbox, Subscriber, _sink, HoldAsync);
        var result = await round.RunAsync(page, _cursor!.Value, _owed, due, stop).ConfigureAwait(false);
        tried?.UnionWith(result.Changes.Where(c => c.After is not null).Select(c => c.After!.Code));
        Taken += result.Taken;
        await TakeInTurnAsync(result).ConfigureAwait(false);
        if (result.Gone is not null || result.Down is not null || stop.IsCancellationRequested)
        {
            return new Next(false, false, _unsaved > 0, result.Down is null ? s_poll : Least(_standing.RestsUntil!.Value - now, s_poll));
        }

        return new Next(true, false, _unsaved > 0, TimeSpan.Zero);
    }

    private async ValueTask TakeInTurnAsync(RoundResult result)
    {
        _cursor = result.Cursor;
        _unsaved += result.Rows;
        if (result.Changes.Count > 0 || _unsaved >= LongestUnsaved)
        {
            await SaveInTurnAsync(result.Changes, CancellationToken.None).ConfigureAwait(false);
        }

        foreach (var change in result.Changes)
        {
            if (change.After is { } after)
            {
                _owed[after.Code] = after;
            }
            else
            {
                _owed.Remove(change.Before!.Code);
            }
        }

        TellParked();
        if (StandingAfter(result) is { } standing && standing != _standing)
        {
            _standing = standing;
            if (!await _outbox.Store.SaveStandingAsync(Subscriber.Id, standing, Under, CancellationToken.None).ConfigureAwait(false))
            {
                _lease.Lose();
                throw new LostLeaseException(Subscriber.Name);
            }
        }
    }

    private SubscriberStanding? StandingAfter(RoundResult result)
    {
        if (result.Gone is { } gone)
        {
            OutboxLog.Paused(_outbox.Logger, Subscriber.Name, gone.Why);
            return new SubscriberStanding(gone.Why, null, 0, gone.Why);
        }

        if (result.Down is { } down)
        {
            var failures = _standing.Failures + 1;
            var rest = BackOff.After(failures, _outbox.Options.FirstRest, 2, _outbox.Options.LongestRest, Subscriber.Name);
            var until = StoredTime.Floor(Now + (down.RetryAfter > rest ? down.RetryAfter.Value : rest));
            OutboxLog.Rests(_outbox.Logger, Subscriber.Name, down.Why, until);
            return new SubscriberStanding(null, until, failures, down.Why);
        }

        if (result.Taken == 0 || _standing == SubscriberStanding.Well)
        {
            return null;
        }

        OutboxLog.Well(_outbox.Logger, Subscriber.Name);
        return SubscriberStanding.Well;
    }

    // What commands changed is read again: at once when they were given here, else now and then.
    private async ValueTask ReadInTurnAsync(CancellationToken ct)
    {
        var now = Now;
        if (_cursor is not null && !_changed && (_outbox.Store.IsExclusive || now - _readAt < s_poll))
        {
            return;
        }

        _changed = false;
        _readAt = now;
        _cursor ??= await _outbox.Store.ReadCursorAsync(_cursorName, ct).ConfigureAwait(false)
            ?? throw new LostLeaseException(Subscriber.Name);
        var known = (await _outbox.Store.ReadSubscribersAsync(ct).ConfigureAwait(false)).FirstOrDefault(s => s.Id == Subscriber.Id)
            ?? throw new LostLeaseException(Subscriber.Name);
        _standing = known.Standing;
        _owed.Clear();
        IReadOnlyList<OwedDossier> page = [];
        do
        {
            page = await _outbox.Store.ReadOwedAsync(Subscriber.Name, page.Count == 0 ? null : page[^1].Code, OwedPage, ct).ConfigureAwait(false);
            foreach (var owed in page)
            {
                _owed.Add(owed.Code, owed);
            }
        }
        while (page.Count == OwedPage);
        TellParked();
    }

    private async ValueTask SaveAsync()
    {
        await _turn.WaitAsync(_stop.Token).ConfigureAwait(false);
        try
        {
            await SaveInTurnAsync([], CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async ValueTask SaveInTurnAsync(IReadOnlyList<OwedChange> changes, CancellationToken ct)
    {
        if (changes.Count > 0 || _unsaved > 0)
        {
            // What another host has made of the same rows meanwhile is not to be passed over by a cursor of before.
            if (_lease.HasLapsed || !await KeepLeaseAsync(ct).ConfigureAwait(false))
            {
                Forget();
                throw new LostLeaseException(Subscriber.Name);
            }

            if (!await _outbox.Store.SaveRoundAsync(Subscriber.Id, changes, _unsaved > 0 ? _cursor : null, Under, ct).ConfigureAwait(false))
            {
                _lease.Lose();
                throw new LostLeaseException(Subscriber.Name);
            }

            _unsaved = 0;
        }
    }

    private TimeSpan UntilNextAttempt(DateTimeOffset now)
    {
        var wait = _outbox.Store.IsExclusive ? TimeSpan.FromDays(1) : s_poll;
        foreach (var owed in _owed.Values)
        {
            if (!owed.IsParked)
            {
                wait = Least(wait, owed.NextAttemptAt - now);
            }
        }

        return wait > TimeSpan.Zero ? wait : TimeSpan.FromMilliseconds(1);
    }

    private async ValueTask<bool> IsSignalledAsync(TimeSpan wait)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        var signal = _more.WaitAsync(over.Token);
        var pause = Task.Delay(wait, _outbox.Options.Time, over.Token);
        await Task.WhenAny(signal, pause).ConfigureAwait(false);
        await over.CancelAsync().ConfigureAwait(false);
        try
        {
            await signal.ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            _stop.Token.ThrowIfCancellationRequested();
            return false;
        }
    }

    // Before each delivery: a host that stood still too long stops here.
    private async ValueTask HoldAsync(CancellationToken ct)
    {
        if (_lease.HasLapsed || !await KeepLeaseAsync(ct).ConfigureAwait(false))
        {
            throw new LostLeaseException(Subscriber.Name);
        }
    }

    // Deliveries that go on side by side ask one after the other.
    private async ValueTask<bool> KeepLeaseAsync(CancellationToken ct)
    {
        if (_outbox.Store.IsExclusive)
        {
            return true;
        }

        await _renewing.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            return await _lease.KeepAsync(ct).ConfigureAwait(false);
        }
        finally
        {
            _renewing.Release();
        }
    }

    // The store is asked afresh: what was not saved is delivered again.
    private void Forget()
    {
        _cursor = null;
        _unsaved = 0;
        _owed.Clear();
        TellParked();
    }

    private void TellParked() => _outbox.Instruments?.ParkedAre(Subscriber.Name, _owed.Values.Count(o => o.IsParked));

    private static TimeSpan Least(TimeSpan x, TimeSpan y) => x < y ? x : y;

    /// <param name="HasMore">Whether another round may find something at once.</param>
    /// <param name="IsAtEnd">Whether everything was delivered that can be now.</param>
    /// <param name="HasUnsaved">Whether the cursor is to be saved when nothing comes.</param>
    /// <param name="Wait">How long to wait for a signal.</param>
    private readonly record struct Next(bool HasMore, bool IsAtEnd, bool HasUnsaved, TimeSpan Wait)
    {
        public static Next After(TimeSpan wait) => new(false, false, false, wait);
    }
}
