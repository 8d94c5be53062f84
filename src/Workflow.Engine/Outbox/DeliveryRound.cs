using Workflow.Engine.Journal;

namespace Workflow.Engine.Outbox;

/// <summary>What a round of deliveries came to.</summary>
/// <param name="Cursor">Up to where everything was delivered, passed over or is owed by a row.</param>
/// <param name="Rows">How many rows of the page that are.</param>
/// <param name="Taken">How many deliveries were taken.</param>
/// <param name="Changes">What became of owed dossiers.</param>
/// <param name="Down">The answer that tells that the subscriber is down; null when it is not.</param>
/// <param name="Gone">The answer that tells that it is gone for good; null when it is not.</param>
internal sealed record RoundResult(JournalCursor Cursor, int Rows, int Taken, IReadOnlyList<OwedChange> Changes, DeliveryAnswer? Down, DeliveryAnswer? Gone);

/// <summary>One page of the journal, and the owed dossiers that are due: dossiers side by side, the deliveries of each in order.</summary>
/// <remarks>
/// A delivery that fails while others are taken is its dossier's trouble, and becomes a row. When of the page's dossiers none is taken and each
/// tells "not now", the subscriber is down, and nothing is held against any dossier.
/// </remarks>
/// <param name="outbox">What all rounds share.</param>
/// <param name="subscriber">The subscriber.</param>
/// <param name="sink">Where its deliveries go.</param>
/// <param name="hold">Throws when another host serves the subscriber by now; called before each delivery.</param>
internal sealed class DeliveryRound(OutboxParts outbox, StoredSubscriber subscriber, IDeliverySink sink, Func<CancellationToken, ValueTask> hold)
{
    private int _taken;
    private int _answered;
    private int _unavailable;
    private int _gone;

    /// <param name="page">The rows behind the cursor.</param>
    /// <param name="passed">The cursor.</param>
    /// <param name="owed">Every dossier that is owed deliveries; its rows of the page wait.</param>
    /// <param name="due">Those of them that are tried now.</param>
    /// <param name="stop">Ends the round early: what was not delivered then is left to the next.</param>
    /// <exception cref="StorageException">The history could not be read.</exception>
    public async ValueTask<RoundResult> RunAsync(
        IReadOnlyList<JournalRow> page, JournalCursor passed, IReadOnlyDictionary<string, OwedDossier> owed, IReadOnlyList<OwedDossier> due, CancellationToken stop)
    {
        var end = page.Count > 0 ? page[^1].Cursor : passed;
        var chains = new List<Chain>(page.Count + due.Count);
        var fresh = new Dictionary<string, Chain>(StringComparer.Ordinal);
        foreach (var row in page)
        {
            if (!owed.ContainsKey(row.Code) && !fresh.ContainsKey(row.Code))
            {
                var chain = new Chain(row.Code, row.Version, null);
                fresh.Add(row.Code, chain);
                chains.Add(chain);
            }
        }

        // Behind the page: where the subscriber is down, the page tells so before anything is held against a dossier that is owed.
        chains.AddRange(due.Select(o => new Chain(o.Code, o.Version, o)));
        var together = new ParallelOptions { MaxDegreeOfParallelism = outbox.Options.AtOnce, CancellationToken = CancellationToken.None };
        await Parallel.ForEachAsync(chains, together, (chain, _) => RunAsync(chain, end, stop)).ConfigureAwait(false);
        return Result(page, passed, fresh, chains);
    }

    private async ValueTask RunAsync(Chain chain, JournalCursor end, CancellationToken stop)
    {
        if (IsOver(stop))
        {
            return;
        }

        try
        {
            await foreach (var step in outbox.Feed.ReadAsync(chain.Code, chain.Next, end, Payload.AsksForDossier(subscriber), stop).ConfigureAwait(false))
            {
                if (IsOver(stop))
                {
                    return;
                }

                if (Payload.Of(subscriber, step, outbox.UnitName) is { } delivery)
                {
                    await hold(stop).ConfigureAwait(false);
                    var answer = await sink.DeliverWatchedAsync(delivery, step.Entry.Trace, subscriber.Name, outbox.Instruments, stop).ConfigureAwait(false);
                    Count(answer.Fate);
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
            chain.Failure = new DeliveryAnswer(DeliveryFate.Failed, fault is Setup.MissingProcedureException ? fault.Message : $"could not be made: {fault.GetType().Name}");
            OutboxLog.NotMade(outbox.Logger, subscriber.Name, chain.Code, chain.Next, fault);
        }
    }

    // Where many wait for a subscriber that does not answer, a few are enough to tell.
    private bool IsOver(CancellationToken stop) =>
        stop.IsCancellationRequested || Volatile.Read(ref _gone) > 0
        || (Volatile.Read(ref _unavailable) >= outbox.Options.AtOnce && Volatile.Read(ref _taken) == 0 && Volatile.Read(ref _answered) == 0);

    private void Count(DeliveryFate fate)
    {
        switch (fate)
        {
            case DeliveryFate.Taken:
                Interlocked.Increment(ref _taken);
                break;
            case DeliveryFate.Unavailable:
                Interlocked.Increment(ref _unavailable);
                break;
            case DeliveryFate.Gone:
                Interlocked.Increment(ref _gone);
                break;
            default:
                Interlocked.Increment(ref _answered);
                break;
        }
    }

    private RoundResult Result(IReadOnlyList<JournalRow> page, JournalCursor passed, Dictionary<string, Chain> fresh, List<Chain> chains)
    {
        DeliveryAnswer? gone = _gone > 0 ? chains.Find(c => c.Failure is { Fate: DeliveryFate.Gone })!.Failure : null;
        var isUp = _taken > 0 || _answered > 0;
        DeliveryAnswer? down = isUp || gone is not null ? null : fresh.Values.Select(c => c.Failure).Where(f => f is { Fate: DeliveryFate.Unavailable }).MaxBy(f => f!.Value.RetryAfter ?? TimeSpan.Zero);

        var now = outbox.Options.Time.GetUtcNow();
        var changes = new List<OwedChange>();
        foreach (var chain in chains)
        {
            if (ChangeOf(chain, down is not null, now) is { } change)
            {
                changes.Add(change);
                chain.HasRow = change.After is not null;
            }
        }

        // Up to the first row that was neither delivered nor is owed by a row.
        var rows = 0;
        while (rows < page.Count && (!fresh.TryGetValue(page[rows].Code, out var chain) || chain.IsDone || chain.HasRow || page[rows].Version < chain.Next))
        {
            passed = page[rows++].Cursor;
        }

        return new RoundResult(passed, rows, _taken, changes, down, gone);
    }

    private OwedChange? ChangeOf(Chain chain, bool isDown, DateTimeOffset now)
    {
        var before = chain.Owed;
        if (chain.IsDone)
        {
            return before is null ? null : new OwedChange(before, null);
        }

        if (chain.Failure is not { } failure || failure.Fate == DeliveryFate.Gone || isDown)
        {
            // Left to a later round, nothing held against it.
            return before is not null && chain.Next > before.Version
                ? new OwedChange(before, before with { Version = chain.Next, Attempts = 0, NextAttemptAt = OwedDossier.AtOnce })
                : null;
        }

        var attempts = (before is not null && before.Version == chain.Next ? before.Attempts : 0) + 1;
        var parked = failure.Fate == DeliveryFate.Refused || attempts >= outbox.Options.MostAttempts;
        var wait = BackOff.After(attempts, outbox.Options.FirstRetry, 3, outbox.Options.LongestRetry, $"{subscriber.Name}/{chain.Code}/{chain.Next}");
        if (failure.RetryAfter > wait)
        {
            wait = failure.RetryAfter.Value;
        }

        if (parked)
        {
            OutboxLog.Parked(outbox.Logger, subscriber.Name, chain.Code, chain.Next, attempts, failure.Why);
        }

        return new OwedChange(before, new OwedDossier(chain.Code, chain.Next, attempts, StoredTime.Floor(now + wait), parked, failure.Why));
    }

    /// <summary>The deliveries of one dossier.</summary>
    private sealed class Chain(string code, int next, OwedDossier? owed)
    {
        public string Code => code;

        /// <summary>Its row; null when it has none.</summary>
        public OwedDossier? Owed => owed;

        /// <summary>The first version that is not delivered.</summary>
        public int Next { get; set; } = next;

        public bool IsDone { get; set; }

        public DeliveryAnswer? Failure { get; set; }

        /// <summary>Whether a row says from now on what it is owed.</summary>
        public bool HasRow { get; set; }
    }
}

/// <summary>Another host serves the subscriber by now.</summary>
internal sealed class LostLeaseException(string subscriber) : Exception($"Another host serves subscriber {subscriber} by now.");
