using Workflow.Engine.Commits;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Numbering;

/// <summary>Those who may want a number of one unit and day, in the order of their arrival.</summary>
/// <remarks>
/// Whether a submission needs a number shows only after a look-up, but its place is taken when it comes. So numbers are handed
/// out from the front alone: to a place that has asked, past a place that was left, and not past one that is still undecided.
/// </remarks>
internal sealed class NumberLine(IJournalStore store, CommitFaults faults, string unit, DateOnly day, int block)
{
    private readonly Lock _lock = new();
    private readonly Queue<NumberPlace> _places = new();
    private long _next;
    private int _left;
    private bool _reserving;

    /// <summary>Whether nobody stands in the line.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_lock)
            {
                return _places.Count == 0;
            }
        }
    }

    public NumberPlace Enter()
    {
        lock (_lock)
        {
            var place = new NumberPlace(this);
            _places.Enqueue(place);
            return place;
        }
    }

    public ValueTask<long> TakeAsync(NumberPlace place)
    {
        lock (_lock)
        {
            place.Ask();
            AdvanceInLock();
            return place.Number();
        }
    }

    public void Leave(NumberPlace place)
    {
        lock (_lock)
        {
            if (place.Leave())
            {
                AdvanceInLock();
            }
        }
    }

    private void AdvanceInLock()
    {
        while (!_reserving && _places.TryPeek(out var first) && !first.IsUndecided)
        {
            if (first.Asks)
            {
                if (_left == 0)
                {
                    _reserving = true;
                    _ = ReserveAsync(first);
                    return;
                }

                _left--;
                first.Give(_next++);
            }

            _places.Dequeue();
        }
    }

    // Runs on the pool: the lock is held where it is called.
    private async Task ReserveAsync(NumberPlace first)
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        long start = 0;
        Exception? fault = null;
        try
        {
            start = await faults.AskAsync(() => store.ReserveNumbersAsync(unit, day, block, CancellationToken.None)).ConfigureAwait(false);
        }
        catch (Exception failed)
        {
            fault = failed;
        }

        lock (_lock)
        {
            _reserving = false;
            if (fault is null)
            {
                (_next, _left) = (start, block);
            }
            else
            {
                // Numbers of a lost answer become gaps. Who comes next asks the store again.
                first.Fail(fault);
                _places.Dequeue();
            }

            AdvanceInLock();
        }
    }
}
