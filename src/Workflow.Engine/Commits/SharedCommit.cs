using System.Diagnostics;
using Workflow.Engine.Journal;
using Workflow.Engine.Telemetry;

namespace Workflow.Engine.Commits;

/// <summary>One commit of many appends: offered until the store tells what became of each.</summary>
/// <remarks>Used again for the next one. Not safe to share between threads.</remarks>
internal sealed class SharedCommit
{
    // An append may be as long as it likes, but then it goes alone: a server takes no message without end.
    private const long MostBytes = 8 << 20;

    // What is refused once may be taken in a moment: the server ran out of memory, or somebody cancelled the statement.
    private const int MostRefusals = 3;

    private readonly IJournalStore _store;
    private readonly CommitFaults _faults;
    private readonly EngineInstruments _instruments;
    private readonly bool _aside;
    private readonly Func<ValueTask> _append;
    private readonly Func<Exception, bool> _tells;

    // Answers that have not run through.
    private int _answering;

    private readonly List<PendingAppend> _batch = [];
    private readonly List<JournalAppend> _appends = [];
    private readonly AppendResult[] _results;
    private long _bytes;
    private int _refusals;
    private volatile bool _isUnderWay;

    // When the commit began, as a time stamp; 0 while there is none.
    private long _offeredSince;

    /// <param name="store">The store.</param>
    /// <param name="batchSize">The most appends.</param>
    /// <param name="faults">What becomes of calls that are not answered.</param>
    /// <param name="instruments">Told of each commit.</param>
    /// <param name="aside">Whether it is a part of a commit that was refused: then it is split at the next refusal.</param>
    public SharedCommit(IJournalStore store, int batchSize, CommitFaults faults, EngineInstruments instruments, bool aside = false)
    {
        (_store, _faults, _instruments, _aside) = (store, faults, instruments, aside);
        _results = new AppendResult[batchSize];
        _append = AppendAsync;
        _tells = Tells;
    }

    public int Count => _batch.Count;

    /// <summary>Whether an offer was not answered: then a later one that fails does not tell what became of it.</summary>
    public bool WasUnanswered { get; set; }

    /// <summary>How many of its answers have not run through. From any thread.</summary>
    public int Answering => Volatile.Read(ref _answering);

    /// <summary>As <see cref="Answering"/>, but none while its lane commits again and takes nothing meanwhile. From any thread.</summary>
    public int AwaitedAnswers => _isUnderWay ? 0 : Answering;

    /// <summary>Told when the last of its answers has run through.</summary>
    public Action AllAnswered { get; set; } = static () => { };

    /// <summary>How long the commit has been with the store; zero while there is none. From any thread.</summary>
    public TimeSpan WithStore => Volatile.Read(ref _offeredSince) is var since and not 0 ? Stopwatch.GetElapsedTime(since) : TimeSpan.Zero;

    /// <summary>Whether an append is to go with those that it has: the first one always does.</summary>
    public bool HasRoomFor(PendingAppend pending) => _batch.Count == 0 || _bytes + pending.Bytes <= MostBytes;

    public void Add(PendingAppend pending)
    {
        _batch.Add(pending);
        _appends.Add(pending.Append);
        _bytes += pending.Bytes;
    }

    /// <summary>It has what it is to commit.</summary>
    public void Begin() => _isUnderWay = true;

    /// <summary>Offers the appends. An unknown fate is not a failure: they are offered until the store tells what became of them.</summary>
    /// <exception cref="StorageRefusedException">
    /// The server refused several times; the refused offers wrote nothing. Of several appends each is to be offered without the others. Of one nothing was written, unless <see cref="WasUnanswered"/>.
    /// </exception>
    /// <exception cref="StorageException">The store failed and nothing was written, or the engine ends and the fate is not known.</exception>
    public async ValueTask OfferAsync()
    {
        var began = Stopwatch.GetTimestamp();
        Volatile.Write(ref _offeredSince, began);
        using var span = Spans.Commit(_appends);
        Exception? fault = null;
        _refusals = 0;
        try
        {
            for (var offers = 0; !await _faults.TryAsync(_append, offers, Count, _tells).ConfigureAwait(false); offers++)
            {
            }

            for (var i = 0; WasUnanswered && i < _batch.Count; i++)
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
            EngineLog.CommitUnknown(_faults.Logger, Count, unknown);
            throw;
        }
        catch (StorageRefusedException refused) when (Count > 1)
        {
            fault = refused;
            EngineLog.CommitSplit(_faults.Logger, Count, refused);
            throw;
        }
        catch (Exception failed)
        {
            fault = failed;
            if (!WasUnanswered)
            {
                EngineLog.CommitFailed(_faults.Logger, Count, failed);
            }

            throw;
        }
        finally
        {
            Volatile.Write(ref _offeredSince, 0);
            if (_instruments.AreCommitsWatched)
            {
                Tell(span, fault, Stopwatch.GetElapsedTime(began));
            }
        }
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

    /// <summary>Takes out those whose dossiers somebody else holds: they are not written and not answered. Null when there are none, as a rule.</summary>
    public List<PendingAppend>? TakeHeld()
    {
        List<PendingAppend>? held = null;
        var kept = 0;
        for (var i = 0; i < _batch.Count; i++)
        {
            if (_results[i].Outcome == AppendOutcome.Held)
            {
                (held ??= []).Add(_batch[i]);
            }
            else
            {
                if (held is not null)
                {
                    (_batch[kept], _appends[kept], _results[kept]) = (_batch[i], _appends[i], _results[i]);
                }

                kept++;
            }
        }

        if (held is not null)
        {
            _batch.RemoveRange(kept, _batch.Count - kept);
            _appends.RemoveRange(kept, _appends.Count - kept);
        }

        return held;
    }

    /// <summary>Takes all out, unanswered.</summary>
    public List<PendingAppend> TakeAll()
    {
        List<PendingAppend> all = [.. _batch];
        _batch.Clear();
        _appends.Clear();
        return all;
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
        _bytes = 0;
        WasUnanswered = false;
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

        _instruments.Commit(Count, duration, outcome, fault);
    }

    private ValueTask AppendAsync() => _store.AppendAsync(_appends, _results, CancellationToken.None);

    // Whether a fault ends the offering. Asked once of each.
    private bool Tells(Exception told)
    {
        switch (told)
        {
            case ObjectDisposedException:
                return true;
            case StorageRefusedException:
                return ++_refusals >= (_aside && Count > 1 ? 1 : MostRefusals);
            default:
                var isDefinite = !WasUnanswered && CommitFaults.IsDefinite(told);
                WasUnanswered |= !isDefinite;
                return isDefinite;
        }
    }

    // What a later offer calls a repeat may be what an earlier one wrote: then it bears this append's hash.
    private async ValueTask RecogniseAsync(int index)
    {
        var append = _appends[index];
        StoredCommand? found = null;
        var tries = 0;
        try
        {
            while (!await _faults.TryAsync(FindAsync, tries++, Count, CommitFaults.IsDefinite).ConfigureAwait(false))
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
            found = await _store.FindCommandAsync(append.Code, append.Caller, append.CommandId, CancellationToken.None).ConfigureAwait(false);
    }
}
