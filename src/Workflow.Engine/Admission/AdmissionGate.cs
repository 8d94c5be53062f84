using System.Runtime.InteropServices;

namespace Workflow.Engine.Admission;

/// <summary>Lets commands in: a bounded number at once, and no unit so many that nothing is left for others.</summary>
/// <remarks>
/// <para>
/// A unit may hold at most <see cref="Share"/> times the places that are free (dynamic queue length thresholds: Choudhury and Hahne,
/// IEEE/ACM Transactions on Networking 6(2), 1998). A lone unit so gets two thirds of all places; n that flood get 2/(1+2n) each and leave 1/(1+2n) free;
/// one that holds nothing is let in whenever a place is free.
/// </para>
/// <para>The engine's own work is counted, because the end waits for it, but takes no place: it is bounded by itself.</para>
/// <para>Safe to share between threads. One lock, held for one look-up.</para>
/// </remarks>
internal sealed class AdmissionGate
{
    /// <summary>How many times the free places a unit may hold.</summary>
    public const int Share = 2;

    private const int FewestUnitsKept = 1_024;

    private readonly int _capacity;
    private readonly TimeSpan _shortestRetry;
    private readonly TimeSpan _longestRetry;
    private readonly TimeProvider _time;
    private readonly DrainRate _rate;
    private readonly TaskCompletionSource _emptied = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();

    // Those with commands under way, and others until they are too many.
    private readonly Dictionary<string, UnitPlaces> _units = new(StringComparer.Ordinal);
    private int _sweepAt = FewestUnitsKept;
    private int _taken;
    private int _own;
    private long _ended;
    private bool _closed;
    private bool _emptying;

    /// <param name="capacity">How many commands may be under way, at least 1.</param>
    /// <param name="shortestRetry">The least that a refused caller is told to wait.</param>
    /// <param name="longestRetry">The most; never below the least.</param>
    /// <param name="time">Real time, in which waiting is measured.</param>
    public AdmissionGate(int capacity, TimeSpan shortestRetry, TimeSpan longestRetry, TimeProvider time)
    {
        (_capacity, _shortestRetry, _longestRetry, _time) = (capacity, shortestRetry, longestRetry, time);
        _rate = new DrainRate(time);
    }

    /// <summary>How many commands of callers are under way.</summary>
    public int Taken
    {
        get
        {
            lock (_lock)
            {
                return _taken;
            }
        }
    }

    /// <summary>Whether nothing is let in any more.</summary>
    public bool IsClosed
    {
        get
        {
            lock (_lock)
            {
                return _closed;
            }
        }
    }

    /// <summary>Lets a command in, or says why not. What is let in leaves with <see cref="Leave"/>.</summary>
    /// <param name="unit">For whom it counts.</param>
    /// <param name="refusal">Why it was not let in.</param>
    /// <returns>The places of its unit; null when it was not let in.</returns>
    public UnitPlaces? Enter(string unit, out Refusal refusal)
    {
        lock (_lock)
        {
            if (_closed)
            {
                refusal = new Refusal(RefusalReason.Draining, _longestRetry);
                return null;
            }

            var places = PlacesInLock(unit);
            var free = _capacity - _taken;
            if (places.Held < (long)Share * free)
            {
                places.Held++;
                _taken++;
                refusal = default;
                return places;
            }

            refusal = new Refusal(free == 0 ? RefusalReason.Full : RefusalReason.UnitShare, RetryInLock(places, free));
            return null;
        }
    }

    /// <summary>Counts a piece of the engine's own work, unless the gate is closed.</summary>
    public bool TryEnterOwn()
    {
        lock (_lock)
        {
            _own += _closed ? 0 : 1;
            return !_closed;
        }
    }

    /// <summary>Counts a piece of the engine's own work that may be finished while the gate is closed.</summary>
    public void EnterOwn()
    {
        lock (_lock)
        {
            _own++;
        }
    }

    /// <summary>Ends what was let in.</summary>
    /// <param name="places">Its unit's places; null for the engine's own work.</param>
    public void Leave(UnitPlaces? places)
    {
        lock (_lock)
        {
            if (places is null)
            {
                _own--;
            }
            else
            {
                places.Held--;
                _taken--;
                _ended++;
            }

            TellEmptyInLock();
        }
    }

    /// <summary>Lets nothing in any more.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
        }
    }

    /// <summary>Waits until all that was let in has left. The gate is closed, and whoever does work of the engine's own has ended.</summary>
    public Task EmptyAsync()
    {
        lock (_lock)
        {
            _emptying = true;
            TellEmptyInLock();
        }

        return _emptied.Task;
    }

    private void TellEmptyInLock()
    {
        if (_emptying && _taken == 0 && _own == 0)
        {
            _emptied.TrySetResult();
        }
    }

    private UnitPlaces PlacesInLock(string unit)
    {
        ref var places = ref CollectionsMarshal.GetValueRefOrAddDefault(_units, unit, out _);
        if (places is not null)
        {
            return places;
        }

        var added = places = new UnitPlaces();
        if (_units.Count > _sweepAt)
        {
            foreach (var (name, other) in _units)
            {
                if (other.Held == 0 && other != added)
                {
                    _units.Remove(name);
                }
            }

            _sweepAt = Math.Max(FewestUnitsKept, 2 * _units.Count);
        }

        return added;
    }

    // When there will be room for this caller behind those of its unit that were told to wait: what ends is taken to be of each unit
    // in proportion to what it holds.
    private TimeSpan RetryInLock(UnitPlaces places, int free)
    {
        var now = _time.GetTimestamp();
        var rate = _rate.At(now, _ended);
        if (double.IsNaN(rate))
        {
            return _shortestRetry;
        }

        if (rate == 0)
        {
            return _longestRetry;
        }

        var own = places.Held == 0 ? rate : rate * places.Held / _taken;
        var each = _time.TimestampFrequency / own;
        var leaving = free == 0 ? 1 : ((places.Held - ((long)Share * free)) / (1 + Share)) + 1;
        var longest = now + (long)(_longestRetry.TotalSeconds * _time.TimestampFrequency);
        places.ToldUntil = (long)Math.Min(longest, Math.Max(now + (leaving * each), places.ToldUntil + each));
        var wait = _time.GetElapsedTime(now, places.ToldUntil);
        return wait < _shortestRetry ? _shortestRetry : wait;
    }
}
