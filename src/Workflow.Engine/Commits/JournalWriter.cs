using Microsoft.Extensions.Logging;
using Workflow.Engine.Admission;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Commits;

/// <summary>The shared commits: appends of all dossiers in one queue, as many as have gathered in one transaction.</summary>
/// <remarks>
/// While a batch commits the next one gathers. After it the answered callers are let run before the next batch is taken, since
/// most of them come back with a command at once: without that, batches of a few and of nearly all would take turns. The queue is
/// bounded by the engine, which admits a bounded number of commands.
/// </remarks>
internal sealed class JournalWriter : IAsyncDisposable
{
    // For how long answered callers are waited for while none of them goes on, in milliseconds, and how often at most: one of
    // them may be at work of its own.
    private const int LongestGathering = 2;
    private const int MostGatherings = 10;

    private readonly IJournalStore _store;
    private readonly int _batchSize;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _ready = new(0);

    // Without timers, so nothing of them stays when they are not disposed of; they may be cancelled after the end.
    private readonly CancellationTokenSource _stop = new();
    private readonly CancellationTokenSource _abandon = new();

    private readonly Task _loop;

    // Under the gate.
    private readonly TurnQueue<PendingAppend> _queue = new();
    private bool _waiting;
    private bool _stopping;

    // Whether answers that have not run through are still waited for.
    private bool _patient;

    // The writer's own.
    private readonly List<PendingAppend> _batch = [];
    private readonly List<JournalAppend> _appends = [];
    private readonly AppendResult[] _results;

    private long _commits;
    private long _committed;

    // Answers that have not run through.
    private int _answering;

    public JournalWriter(IJournalStore store, int batchSize, ILogger logger)
    {
        (_store, _batchSize, _logger) = (store, batchSize, logger);
        _results = new AppendResult[batchSize];
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Told after each commit: the earliest wake-up among the dossiers written, or null.</summary>
    public Action<DateTimeOffset?>? Committed { get; set; }

    /// <summary>The number of commits and of appends in them.</summary>
    public (long Commits, long Appends) Counts => (Volatile.Read(ref _commits), Volatile.Read(ref _committed));

    /// <summary>Queues an append; what is returned ends when the store has told its fate.</summary>
    /// <param name="unit">For whom it counts: units take turns when there is more than a commit holds.</param>
    /// <param name="append">The append.</param>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public ValueTask<AppendResult> AppendAsync(string unit, JournalAppend append)
    {
        var pending = new PendingAppend(this, append);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            _queue.Enqueue(unit, pending);
            SignalUnderGate();
        }

        return pending.Answer;
    }

    /// <summary>One answer has run through.</summary>
    public void Answered()
    {
        if (Interlocked.Decrement(ref _answering) == 0)
        {
            lock (_gate)
            {
                SignalUnderGate();
            }
        }
    }

    /// <summary>From now on an append whose fate the store does not tell ends with a <see cref="StorageUnavailableException"/>.</summary>
    public Task GiveUpUnansweredAsync() => _stop.CancelAsync();

    /// <summary>As above, and a call that the store does not end is not waited for any more.</summary>
    public void Abandon()
    {
        _stop.Cancel();
        _abandon.Cancel();
    }

    /// <summary>Commits what is queued and ends. Nothing is appended any more.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_stopping)
            {
                return;
            }

            _stopping = true;
            SignalUnderGate();
        }

        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        _ready.Dispose();
    }

    private bool IsReadyUnderGate =>
        _stopping || (_queue.Count > 0 && (_queue.Count >= _batchSize || !_patient || Volatile.Read(ref _answering) == 0));

    private void SignalUnderGate()
    {
        if (_waiting && IsReadyUnderGate)
        {
            _waiting = false;
            _ready.Release();
        }
    }

    private async Task RunAsync()
    {
        while (await GatherAsync().ConfigureAwait(false))
        {
            await CommitAsync().ConfigureAwait(false);
        }
    }

    // False when the writer stops and nothing is left.
    private async ValueTask<bool> GatherAsync()
    {
        var answering = int.MaxValue;
        for (var gatherings = 0; ; gatherings++)
        {
            int patience;
            lock (_gate)
            {
                var before = answering;
                answering = Volatile.Read(ref _answering);
                _patient = gatherings < MostGatherings && answering < before;
                if (IsReadyUnderGate)
                {
                    return TakeUnderGate();
                }

                _waiting = true;
                patience = _patient && answering > 0 ? LongestGathering : Timeout.Infinite;
            }

            var signalled = await _ready.WaitAsync(patience).ConfigureAwait(false);
            lock (_gate)
            {
                // The signal may have been given between the end of the patience and here.
                if (!signalled && !_waiting)
                {
                    _ready.Wait(0, CancellationToken.None);
                }

                _waiting = false;
            }
        }
    }

    private bool TakeUnderGate()
    {
        while (_batch.Count < _batchSize && _queue.TryDequeue(out var pending))
        {
            _batch.Add(pending);
            _appends.Add(pending.Append);
        }

        return _batch.Count > 0;
    }

    private async ValueTask CommitAsync()
    {
        Exception? fault = null;
        try
        {
            await OfferAsync().ConfigureAwait(false);
            Volatile.Write(ref _commits, _commits + 1);
            Volatile.Write(ref _committed, _committed + _batch.Count);
            Committed?.Invoke(EarliestWakeUp());
        }
        catch (Exception failed)
        {
            fault = failed;
            if (failed is StorageUnavailableException)
            {
                EngineLog.CommitUnknown(_logger, _batch.Count, failed);
            }
            else
            {
                EngineLog.CommitFailed(_logger, _batch.Count, failed);
            }
        }

        Interlocked.Add(ref _answering, _batch.Count);
        for (var i = 0; i < _batch.Count; i++)
        {
            _batch[i].Complete(_results[i], fault);
        }

        _batch.Clear();
        _appends.Clear();
    }

    // An unknown fate is not a failure: the same appends are offered until the store tells what became of them.
    private async ValueTask OfferAsync()
    {
        var offers = 0;
        while (!await TryAsync(AppendAsync, offers++).ConfigureAwait(false))
        {
        }

        for (var i = 0; offers > 1 && i < _batch.Count; i++)
        {
            if (_results[i].Outcome is AppendOutcome.Repeat or AppendOutcome.RepeatedSubmission)
            {
                try
                {
                    await RecogniseAsync(i).ConfigureAwait(false);
                }
                catch (StorageException fault) when (fault is not StorageUnavailableException)
                {
                    // The look-up failed, not the commit: what was written stands.
                    throw Unknown("The store took commands whose answer was lost and cannot tell which", fault);
                }
            }
        }

        async ValueTask AppendAsync() => await _store.AppendAsync(_appends, _results, CancellationToken.None).ConfigureAwait(false);
    }

    // What a later offer calls a repeat may be what an earlier one wrote: then it bears this append's hash.
    private async ValueTask RecogniseAsync(int index)
    {
        var append = _appends[index];
        StoredCommand? found = null;
        var tries = 0;
        while (!await TryAsync(FindAsync, tries++).ConfigureAwait(false))
        {
        }

        if (found is { Row: var row } && row.Hash.AsSpan().SequenceEqual(append.Hash))
        {
            _results[index] = AppendResult.Committed(row.Position, row.Version);
        }

        async ValueTask FindAsync() =>
            found = await _store.FindCommandAsync(append.Code, append.Caller, append.CommandId, CancellationToken.None).ConfigureAwait(false);
    }

    // False when the store did not answer and is to be asked again. The first time at once, then at growing intervals of real
    // time: how long a database takes to come back has nothing to do with legal time.
    private async ValueTask<bool> TryAsync(Func<ValueTask> call, int tries)
    {
        try
        {
            _abandon.Token.ThrowIfCancellationRequested();
            var calling = call();
            await (calling.IsCompleted ? calling : new ValueTask(calling.AsTask().WaitAsync(_abandon.Token))).ConfigureAwait(false);
            return true;
        }
        catch (Exception unanswered) when (!IsDefinite(unanswered))
        {
            EngineLog.StoreUnanswered(_logger, _batch.Count, tries + 1, unanswered);
            if (_stop.IsCancellationRequested)
            {
                throw GivenUp(unanswered);
            }
        }

        if (tries > 0)
        {
            await Task.Delay(Math.Min(1_000, 10 << Math.Min(tries, 7)), _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return false;
    }

    private static bool IsDefinite(Exception fault) =>
        fault is (StorageException and not StorageUnavailableException) or ObjectDisposedException or ArgumentException or InvalidOperationException;

    private static StorageUnavailableException GivenUp(Exception cause) => Unknown("The engine ended before the store answered", cause);

    private static StorageUnavailableException Unknown(string why, Exception cause) =>
        new($"{why}, so what became of the command is not known: give it again under the same id.", cause);

    private DateTimeOffset? EarliestWakeUp()
    {
        DateTimeOffset? earliest = null;
        foreach (var append in _appends)
        {
            if (append.Snapshot.WakeAt is { } wakeAt && (earliest is null || wakeAt < earliest))
            {
                earliest = wakeAt;
            }
        }

        return earliest;
    }
}
