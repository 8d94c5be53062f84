using Workflow.Engine.Journal;

namespace Workflow.Engine.Outbox;

/// <summary>One page of the journal, then the owed dossiers that are due: dossiers side by side, the deliveries of each in order.</summary>
/// <remarks>
/// A delivery that fails while others are taken is its dossier's trouble, and becomes a row. When of all that was tried none is taken or refused, the
/// subscriber is away, and no attempt is held against any dossier.
/// </remarks>
/// <param name="outbox">What all rounds share.</param>
/// <param name="subscriber">The subscriber.</param>
/// <param name="sink">Where its deliveries go.</param>
/// <param name="lease">Held before each delivery.</param>
/// <param name="atOnce">How many deliveries go side by side.</param>
internal sealed class DeliveryRound(OutboxParts outbox, StoredSubscriber subscriber, IDeliverySink sink, SubscriberLease lease, int atOnce)
{
    private readonly RoundEvidence _evidence = new(outbox.Options.AtOnce);
    private readonly bool _asksForDossier = Payload.AsksForDossier(subscriber);

    /// <param name="page">The rows behind the cursor.</param>
    /// <param name="passed">The cursor.</param>
    /// <param name="owed">What it is owed; the rows of those dossiers in the page wait.</param>
    /// <param name="due">Those of them that are tried now.</param>
    /// <param name="failures">How often in a row the subscriber was down: each time other dossiers of the page are tried first.</param>
    /// <param name="stop">Ends the round early: what was not delivered then is left to the next.</param>
    /// <exception cref="StorageException">The history could not be read.</exception>
    /// <exception cref="LostLeaseException">Another host serves the subscriber by now.</exception>
    public async ValueTask<RoundResult> RunAsync(
        IReadOnlyList<JournalRow> page, JournalCursor passed, OwedDossiers owed, IReadOnlyList<OwedDossier> due, int failures, CancellationToken stop)
    {
        var end = page.Count > 0 ? page[^1].Cursor : passed;
        var fresh = DossierChain.Of(page, owed);
        await RunAsync(Turned(fresh, failures), end, stop).ConfigureAwait(false);

        // Behind the page, which tells whether the subscriber is there. Without that word the owed ones are tried when they do not rest.
        var tried = due.Select(o => new DossierChain(o.Code, o.Version, o)).ToList();
        if (_evidence.IsUp || (_evidence.Down(fresh, []) is null && !owed.Rest(outbox.Options.Time.GetUtcNow())))
        {
            await RunAsync(tried, end, stop).ConfigureAwait(false);
        }

        return Result(page, passed, fresh, tried, owed.InVain);
    }

    private Task RunAsync(IReadOnlyList<DossierChain> chains, JournalCursor end, CancellationToken stop) => Parallel.ForEachAsync(
        chains,
        new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = CancellationToken.None },
        (chain, _) => RunAsync(chain, end, stop));

    private async ValueTask RunAsync(DossierChain chain, JournalCursor end, CancellationToken stop)
    {
        if (_evidence.IsOver || stop.IsCancellationRequested)
        {
            return;
        }

        try
        {
            var steps = chain.Rows.Count > 0 && DossierFeed.CanRead(chain.Rows, _asksForDossier)
                ? outbox.Feed.ReadAsync(chain.Rows, _asksForDossier, stop)
                : outbox.Feed.ReadAsync(chain.Code, chain.Next, end, _asksForDossier, stop);
            await foreach (var step in steps.ConfigureAwait(false))
            {
                if (_evidence.IsOver || stop.IsCancellationRequested)
                {
                    return;
                }

                if (Payload.Of(subscriber, step, outbox.UnitName) is { } delivery)
                {
                    await lease.HoldAsync(stop).ConfigureAwait(false);
                    var answer = await sink.DeliverWatchedAsync(delivery, step.Entry.Trace, subscriber.Name, outbox.Instruments, stop).ConfigureAwait(false);
                    _evidence.Count(answer.Fate);
                    if (answer.Fate != DeliveryFate.Taken)
                    {
                        chain.Failure = answer;
                        return;
                    }
                }

                chain.Next = step.Entry.Version + 1;
            }

            chain.IsDone = true;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // What was under way is not known to have arrived: it is delivered again.
        }
        catch (Exception fault) when (fault is not (StorageException or LostLeaseException or OperationCanceledException))
        {
            // This host cannot make the delivery; the subscriber and other dossiers have no part in that.
            chain.Failure = new DeliveryAnswer(DeliveryFate.NotMade, fault is Setup.MissingProcedureException ? fault.Message : $"could not be made: {fault.GetType().Name}");
            OutboxLog.NotMade(outbox.Logger, subscriber.Name, chain.Code, chain.Next, fault);
        }
    }

    // Spread over the page, so that poisoned deliveries at its beginning do not pass for a subscriber that is away for ever.
    private static List<DossierChain> Turned(List<DossierChain> chains, int failures)
    {
        const double Golden = 0.618033988749895;
        var first = (int)(failures * Golden % 1 * chains.Count);
        return first == 0 ? chains : [.. chains[first..], .. chains[..first]];
    }

    private RoundResult Result(IReadOnlyList<JournalRow> page, JournalCursor passed, List<DossierChain> fresh, List<DossierChain> tried, int inVain)
    {
        var all = fresh.Concat(tried).ToList();
        var gone = _evidence.IsGone ? all.Find(c => c.Failure is { Fate: DeliveryFate.Gone })!.Failure : null;
        var down = _evidence.Down(fresh, tried);
        DateTimeOffset? doubtUntil = !_evidence.IsUp && gone is null && down is null && RoundEvidence.Longest(all) is { } answer
            ? Standings.RestUntil(inVain + 1, answer, subscriber.Name, outbox.Options)
            : null;

        var changes = new List<OwedChange>();
        foreach (var chain in all)
        {
            if (ChangeOf(chain, down is not null, doubtUntil) is { } change)
            {
                changes.Add(change);
                chain.HasRow = change.After is not null;
            }
        }

        // Up to the first row that was neither delivered nor is owed by a row.
        var byCode = fresh.ToDictionary(c => c.Code, StringComparer.Ordinal);
        var rows = 0;
        while (rows < page.Count && (!byCode.TryGetValue(page[rows].Code, out var chain) || chain.IsDone || chain.HasRow || page[rows].Version < chain.Next))
        {
            passed = page[rows++].Cursor;
        }

        return new RoundResult(passed, rows, _evidence.Taken, changes) { IsUp = _evidence.IsUp, Down = down, Gone = gone, DoubtUntil = doubtUntil };
    }

    private OwedChange? ChangeOf(DossierChain chain, bool isDown, DateTimeOffset? doubtUntil)
    {
        var before = chain.Owed;
        if (chain.IsDone)
        {
            return before is null ? null : new OwedChange(before, null);
        }

        if (chain.Failure is not { } failure || failure.Fate == DeliveryFate.Gone || (isDown && chain.IsAway))
        {
            // Left to a later round, nothing held against it.
            return before is not null && chain.Next > before.Version
                ? new OwedChange(before, before with { Version = chain.Next, Attempts = 0, NextAttemptAt = OwedDossier.AtOnce })
                : null;
        }

        var attempts = before is not null && before.Version == chain.Next ? before.Attempts : 0;
        return doubtUntil is { } until && chain.IsAway
            ? new OwedChange(before, new OwedDossier(chain.Code, chain.Next, attempts, until, false, failure.Why))
            : new OwedChange(before, Failed(chain, attempts + 1, failure));
    }

    private OwedDossier Failed(DossierChain chain, int attempts, DeliveryAnswer failure)
    {
        var options = outbox.Options;
        var parked = failure.Fate == DeliveryFate.Refused || attempts >= options.MostAttempts;
        var wait = BackOff.After(attempts, options.FirstRetry, 3, options.LongestRetry, $"{subscriber.Name}/{chain.Code}/{chain.Next}");
        if (failure.RetryAfter > wait)
        {
            wait = failure.RetryAfter.Value;
        }

        if (parked)
        {
            OutboxLog.Parked(outbox.Logger, subscriber.Name, chain.Code, chain.Next, attempts, failure.Why);
        }

        return new OwedDossier(chain.Code, chain.Next, attempts, StoredTime.Floor(options.Time.GetUtcNow() + wait), parked, failure.Why);
    }
}
