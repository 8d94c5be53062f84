using System.Diagnostics;
using Workflow.Engine.Journal;
using Workflow.Engine.Telemetry;

namespace Workflow.Engine.Commits;

/// <summary>One commit of many appends: offered until the store tells what became of each.</summary>
/// <remarks>Used again for the next one. Not safe to share between threads.</remarks>
internal sealed class SharedCommit(IJournalStore store, int batchSize, CommitFaults faults, EngineInstruments instruments)
{
    // Answers that have not run through.
    private int _answering;

    private readonly List<PendingAppend> _batch = [];
    private readonly List<JournalAppend> _appends = [];
    private readonly AppendResult[] _results = new AppendResult[batchSize];
    private volatile bool _isUnderWay;

    // When the commit began, as a time stamp; 0 while there is none.
    private long _offeredSince;

    public int Count => _batch.Count;

    /// <summary>How many of its answers have not run through. From any thread.</summary>
    public int Answering => Volatile.Read(ref _answering);

    /// <summary>As <see cref="Answering"/>, but none while its lane commits again and takes nothing meanwhile. From any thread.</summary>
    public int AwaitedAnswers => _isUnderWay ? 0 : Answering;

    /// <summary>Told when the last of its answers has run through.</summary>
    public Action AllAnswered { get; set; } = static () => { };

    /// <summary>How long the commit has been with the store; zero while there is none. From any thread.</summary>
    public TimeSpan WithStore => Volatile.Read(ref _offeredSince) is var since and not 0 ? Stopwatch.GetElapsedTime(since) : TimeSpan.Zero;

    public void Add(PendingAppend pending)
    {
        _batch.Add(pending);
        _appends.Add(pending.Append);
    }

    /// <summary>It has what it is to commit.</summary>
    public void Begin() => _isUnderWay = true;

    /// <summary>Offers the appends. An unknown fate is not a failure: they are offered until the store tells what became of them.</summary>
    /// <exception cref="StorageException">The store failed and nothing was written, or the engine ends and the fate is not known.</exception>
    public async ValueTask OfferAsync()
    {
        var began = Stopwatch.GetTimestamp();
        Volatile.Write(ref _offeredSince, began);
        using var span = Spans.Commit(_appends);
        Exception? fault = null;
        try
        {
            // Once an offer was not answered, a later one that fails does not tell what became of it.
            var offers = 0;
            while (!await faults.TryAsync(
                AppendAsync, offers, Count, told => told is ObjectDisposedException || (offers == 0 && CommitFaults.IsDefinite(told))).ConfigureAwait(false))
            {
                offers++;
            }

            for (var i = 0; offers > 0 && i < _batch.Count; i++)
            {
                if (_results[i].Outcome is AppendOutcome.Repeat or AppendOutcome.RepeatedSubmission)
                {
                    await RecogniseAsync(i).ConfigureAwait(false);
                }
            }
        }
        catch (StorageUnavailableException unknown)
        {
            fault = unknown;
            EngineLog.CommitUnknown(faults.Logger, Count, unknown);
            throw;
        }
        catch (Exception failed)
        {
            fault = failed;
            EngineLog.CommitFailed(faults.Logger, Count, failed);
            throw;
        }
        finally
        {
            Volatile.Write(ref _offeredSince, 0);
            if (instruments.AreCommitsWatched)
            {
                Tell(span, fault, Stopwatch.GetElapsedTime(began));
            }
        }

        async ValueTask AppendAsync() => await store.AppendAsync(_appends, _results, CancellationToken.None).ConfigureAwait(false);
    }

    /// <summary>The earliest wake-up among the dossiers, or null.</summary>
    public DateTimeOffset? EarliestWakeUp()
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

    /// <summary>Answers all who wait, and is empty again.</summary>
    public void Answer(Exception? fault)
    {
        Interlocked.Add(ref _answering, _batch.Count);
        _isUnderWay = false;
        for (var i = 0; i < _batch.Count; i++)
        {
            _batch[i].Complete(this, _results[i], fault);
        }

        _batch.Clear();
        _appends.Clear();
    }

    /// <summary>One answer has run through.</summary>
    public void Answered()
    {
        if (Interlocked.Decrement(ref _answering) == 0)
        {
            AllAnswered();
        }
    }

    private void Tell(Activity? span, Exception? fault, TimeSpan duration)
    {
        var outcome = fault switch { null => "committed", StorageUnavailableException => "unknown", _ => "failed" };
        span?.SetTag(Tags.CommitOutcome, outcome);
        if (fault is not null)
        {
            span.Fail(fault);
        }

        instruments.Commit(Count, duration, outcome, fault);
    }

    // What a later offer calls a repeat may be what an earlier one wrote: then it bears this append's hash.
    private async ValueTask RecogniseAsync(int index)
    {
        var append = _appends[index];
        StoredCommand? found = null;
        var tries = 0;
        try
        {
            while (!await faults.TryAsync(FindAsync, tries++, Count, CommitFaults.IsDefinite).ConfigureAwait(false))
            {
            }
        }
        catch (StorageException fault) when (fault is not StorageUnavailableException)
        {
            // The look-up failed, not the commit: what was written stands.
            throw CommitFaults.Unknown("The store took commands whose answer was lost and cannot tell which", fault);
        }

        if (found is { Row: var row } && row.Hash.AsSpan().SequenceEqual(append.Hash))
        {
            _results[index] = AppendResult.Committed(row.Position, row.Version);
        }

        async ValueTask FindAsync() =>
            found = await store.FindCommandAsync(append.Code, append.Caller, append.CommandId, CancellationToken.None).ConfigureAwait(false);
    }
}
