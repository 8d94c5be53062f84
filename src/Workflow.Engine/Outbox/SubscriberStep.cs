using System.Diagnostics;

namespace Workflow.Engine.Outbox;

/// <summary>What to do after a step.</summary>
/// <param name="HasMore">Whether another step may find something at once.</param>
/// <param name="Wait">How long to wait for a signal otherwise.</param>
internal readonly record struct NextStep(bool HasMore, TimeSpan Wait)
{
    /// <summary>How long to rest first whatever is signalled: beside callers there is no hurry.</summary>
    public TimeSpan Rest { get; init; }
}

/// <summary>One step along the journal for one subscriber: looks whether this host serves it, finds what is to be delivered, has that delivered and noted.</summary>
/// <remarks>Used in its runner's turn alone. Data flows one way: ledger and journal, round, ledger.</remarks>
internal sealed class SubscriberStep(OutboxParts outbox, StoredSubscriber subscriber, IDeliverySink sink, SubscriberLease lease, SubscriberLedger ledger)
{
    // How soon what other hosts committed or commanded is seen.
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan s_forEver = TimeSpan.FromDays(1);

    private readonly DeliveryPace _pace = new(outbox.Callers, outbox.Options, TimeProvider.System);

    /// <summary>How many deliveries were taken so far. Read from any thread.</summary>
    public long Taken { get; private set; }

    /// <summary>Makes one step. Whatever it throws, the ledger is read afresh by the next.</summary>
    /// <param name="tried">
    /// Null to heed what rests. Otherwise nothing waits, and what was tried is remembered there, so that it is tried once.
    /// </param>
    /// <param name="stop">Ends the step early.</param>
    /// <exception cref="LostLeaseException">Another host serves the subscriber by now, or it was removed.</exception>
    public async ValueTask<NextStep> RunAsync(HashSet<string>? tried, CancellationToken stop)
    {
        try
        {
            // Taken anew, the lease may have been another host's in between, whose cursor is not the one in memory.
            if (lease.HasLapsed)
            {
                ledger.Forget();
            }

            if (!await lease.KeepAsync(stop).ConfigureAwait(false))
            {
                ledger.Forget();
                return new NextStep(false, s_poll);
            }

            await ledger.ReadAsync(s_poll, stop).ConfigureAwait(false);
            var now = outbox.Options.Time.GetUtcNow();
            if (ledger.Standing.Paused is not null)
            {
                return new NextStep(false, s_poll);
            }

            return tried is null && ledger.Standing.RestsUntil > now ? Resting(now) : await DeliverAsync(tried, now, stop).ConfigureAwait(false);
        }
        catch
        {
            ledger.Forget();
            throw;
        }
    }

    private NextStep Resting(DateTimeOffset now) =>
        new(false, ledger.Standing.RestsUntil - now is { } rest && rest < s_poll ? rest > TimeSpan.Zero ? rest : TimeSpan.FromMilliseconds(1) : s_poll);

    private async ValueTask<NextStep> DeliverAsync(HashSet<string>? tried, DateTimeOffset now, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        var failures = ledger.Standing.Failures;
        var (length, atOnce) = _pace.Next(failures);
        var isFull = ledger.Owed.Count >= outbox.Options.MostOwed;
        var page = isFull ? [] : await outbox.Store.ReadJournalAsync(ledger.Cursor, length, stop).ConfigureAwait(false);
        var due = page.Count == 0 && tried is null && ledger.Owed.Rest(now) ? [] : ledger.Owed.Due(now, tried, outbox.Options.AtOnce);
        if (page.Count == 0 && due.Count == 0)
        {
            return new NextStep(false, ledger.Owed.UntilNext(now, outbox.Store.IsExclusive ? s_forEver : s_poll));
        }

        if (isFull)
        {
            OutboxLog.TooManyOwed(outbox.Logger, subscriber.Name, ledger.Owed.Count);
        }

        var result = await new DeliveryRound(outbox, subscriber, sink, lease, atOnce).RunAsync(page, ledger.Cursor, ledger.Owed, due, failures, stop).ConfigureAwait(false);
        tried?.UnionWith(due.Select(d => d.Code).Concat(result.Changes.Where(c => c.After is not null).Select(c => c.After!.Code)));
        Taken += result.Taken;
        await ledger.TakeAsync(result).ConfigureAwait(false);
        if (result.Gone is not null || result.Down is not null || stop.IsCancellationRequested)
        {
            return Resting(now);
        }

        // Owed dossiers alone that are not taken: those behind them would hardly be, and are tried first the next time.
        return tried is not null && page.Count == 0 && result.DoubtUntil is not null
            ? new NextStep(false, s_poll)
            : new NextStep(true, TimeSpan.Zero) { Rest = page.Count == length ? _pace.RestAfter(Stopwatch.GetElapsedTime(began)) : TimeSpan.Zero };
    }
}
