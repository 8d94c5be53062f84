using Microsoft.Extensions.Logging;
using Workflow.Engine.Admission;
using Workflow.Engine.Journal;
using Workflow.Engine.Telemetry;

namespace Workflow.Engine.Commits;

/// <summary>The shared commits: appends of all dossiers in one queue, as many as have gathered in one transaction.</summary>
/// <remarks>
/// While batches commit the next one gathers. After them the answered callers are let run before the next batch is taken, since
/// most of them come back with a command at once: without that, batches of a few and of nearly all would take turns. Where the store
/// takes several batches at once, as many lanes commit side by side and share what has gathered. The queue is bounded by the engine,
/// which admits a bounded number of commands.
/// </remarks>
internal sealed class JournalWriter : IAsyncDisposable
{
    // Fewer than that are cheaper together than side by side.
    private const int SmallestShare = 16;

    private readonly int _batchSize;
    private readonly Lock _gate = new();
    private readonly CommitFaults _faults;
    private readonly SharedCommit[] _shared;
    private readonly CommitLane[] _lanes;
    private readonly AsideCommits _aside;
    private readonly Task _running;

    // Under the gate.
    private readonly TurnQueue<PendingAppend> _queue = new();
    private bool _stopping;

    private long _commits;
    private long _committed;

    public JournalWriter(IJournalStore store, int batchSize, ILogger logger, EngineInstruments instruments)
    {
        _batchSize = batchSize;
        _faults = new CommitFaults(logger);
        _shared = [.. Enumerable.Range(0, store.AppendsAtOnce).Select(_ => new SharedCommit(store, batchSize, _faults, instruments))];
        _lanes = Array.ConvertAll(_shared, commit => new CommitLane(this, commit));
        _aside = new AsideCommits(store, _faults, instruments, Tell);
        foreach (var commit in _shared)
        {
            commit.AllAnswered = Signal;
        }

        _running = Task.WhenAll(_lanes.Select(lane => Task.Run(lane.RunAsync)));
    }

    /// <summary>What becomes of calls to a store that does not answer.</summary>
    public CommitFaults Faults => _faults;

    /// <summary>Told after each commit: the earliest wake-up among the dossiers written, or null.</summary>
    public Action<DateTimeOffset?>? Committed { get; set; }

    /// <summary>The number of commits and of appends in them.</summary>
    public (long Commits, long Appends) Counts => (Volatile.Read(ref _commits), Volatile.Read(ref _committed));

    /// <summary>Whether it goes on.</summary>
    public bool IsRunning => !_running.IsCompleted;

    /// <summary>How long the oldest commit under way has been with the store; those that wait behind it are younger by a commit at most.</summary>
    public TimeSpan OldestAppend => _shared.Max(commit => commit.WithStore);

    /// <summary>Queues an append; what is returned ends when the store has told its fate.</summary>
    /// <param name="unit">For whom it counts: units take turns when there is more than a commit holds.</param>
    /// <param name="append">The append.</param>
    /// <exception cref="ObjectDisposedException">The writer is disposed.</exception>
    public ValueTask<AppendResult> AppendAsync(string unit, JournalAppend append)
    {
        var pending = new PendingAppend(append);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopping, this);
            _queue.Enqueue(unit, pending);
            SignalUnderGate();
        }

        return pending.Answer;
    }

    /// <summary>Offers an append whose first offer, made elsewhere, was not answered: until the store has told its fate.</summary>
    /// <param name="append">The append.</param>
    /// <param name="unanswered">What became of that offer.</param>
    /// <exception cref="StorageUnavailableException">The engine ends and the fate is not known.</exception>
    public ValueTask<AppendResult> OfferAgainAsync(JournalAppend append, Exception unanswered)
    {
        var pending = new PendingAppend(append);
        return _aside.OfferAgain(pending) ? pending.Answer : throw CommitFaults.Unknown("The engine ended before the store answered", unanswered);
    }

    /// <summary>From now on an append whose fate the store does not tell ends with a <see cref="StorageUnavailableException"/>.</summary>
    public void GiveUpUnanswered() => _faults.GiveUp();

    /// <summary>As above, and a call that the store does not end is not waited for any more.</summary>
    public void Abandon() => _faults.Abandon();

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

        _faults.GiveUp();
        await _running.ConfigureAwait(false);
        await _aside.DisposeAsync().ConfigureAwait(false);
        foreach (var lane in _lanes)
        {
            lane.Dispose();
        }
    }

    /// <summary>Whether a lane has something to do: to commit, or to end.</summary>
    /// <param name="commit">What it committed last.</param>
    /// <param name="patient">Whether it waits for answers that have not run through: for its own, and for those of others where little has gathered.</param>
    public bool IsReadyUnderGate(SharedCommit commit, bool patient) =>
        _stopping || (_queue.Count > 0 && (_queue.Count >= _batchSize || !patient || (commit.Answering == 0 && (_queue.Count >= SmallestShare || AnsweringOfAll == 0))));

    /// <summary>Runs under the gate.</summary>
    public T UnderGate<T>(Func<T> work)
    {
        lock (_gate)
        {
            return work();
        }
    }

    /// <summary>Gives a lane its share of what has gathered: what the lanes that wait would not take. False when the writer stops and nothing is left.</summary>
    public bool TakeUnderGate(SharedCommit commit)
    {
        var waiting = _lanes.Count(lane => lane.IsWaiting);
        var share = Math.Min(_batchSize, Math.Max(SmallestShare, (_queue.Count + waiting) / (waiting + 1)));
        while (commit.Count < share && _queue.TryPeek(out var pending) && commit.HasRoomFor(pending))
        {
            _queue.TryDequeue(out _);
            commit.Add(pending);
        }

        if (commit.Count > 0)
        {
            commit.Begin();
        }

        // The rest is for those who wait.
        SignalUnderGate();
        return commit.Count > 0;
    }

    /// <summary>Counts a commit, tells of it and answers those who wait for it, but for those that are offered again without their neighbours.</summary>
    public void Answer(SharedCommit commit, Exception? fault)
    {
        if (fault is StorageRefusedException && (commit.Count > 1 || commit.WasUnanswered))
        {
            _aside.Split(commit.TakeAll(), commit.WasUnanswered);
        }
        else if (fault is null && commit.TakeHeld() is { } held)
        {
            _aside.Wait(held, commit.WasUnanswered);
        }

        Tell(commit, fault);
    }

    // Those of lanes that commit again keep nobody from what has gathered: their callers may be slow.
    private int AnsweringOfAll
    {
        get
        {
            var answering = 0;
            foreach (var commit in _shared)
            {
                answering += commit.AwaitedAnswers;
            }

            return answering;
        }
    }

    private void Tell(SharedCommit commit, Exception? fault)
    {
        if (fault is null && commit.Count > 0)
        {
            Interlocked.Increment(ref _commits);
            Interlocked.Add(ref _committed, commit.Count);
            try
            {
                Committed?.Invoke(commit.EarliestWakeUp());
            }
            catch (Exception untold)
            {
                // It stands, and those who wait for it are answered all the same.
                EngineLog.CommitNotTold(_faults.Logger, untold);
            }
        }

        commit.Answer(fault);
    }

    private void Signal()
    {
        lock (_gate)
        {
            SignalUnderGate();
        }
    }

    private void SignalUnderGate()
    {
        foreach (var lane in _lanes)
        {
            lane.SignalUnderGate();
        }
    }
}
