using Workflow.Core.Dossiers;

namespace Workflow.Engine.Activation;

/// <summary>The active dossiers of this process: one turn at a time for each, in the order of arrival, and no more idle ones than the cap.</summary>
/// <remarks>Safe to share between threads. One lock guards it all, held for a few look-ups at a time.</remarks>
internal sealed class DossierDirectory : IDisposable
{
    private readonly Func<DossierCode, ActiveDossier> _activate;
    private readonly TimeProvider _time;
    private readonly TimeSpan _idleTimeout;
    private readonly int _cap;
    private readonly ITimer _sweeper;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, DossierEntry> _entries = new(StringComparer.Ordinal);

    // The ends of the list of idle entries, by the time of becoming idle.
    private DossierEntry? _oldest;
    private DossierEntry? _newest;

    public DossierDirectory(Func<DossierCode, ActiveDossier> activate, TimeProvider time, TimeSpan idleTimeout, int cap)
    {
        (_activate, _time, _idleTimeout, _cap) = (activate, time, idleTimeout, cap);
        var period = TimeSpan.FromTicks(Math.Clamp(idleTimeout.Ticks / 2, TimeSpan.TicksPerSecond, TimeSpan.TicksPerHour));
        _sweeper = time.CreateTimer(static directory => ((DossierDirectory)directory!).Sweep(), this, period, period);
    }

    /// <summary>How many dossiers are active.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>The dossier as last committed when it is active and loaded, without a turn and without touching its idle time.</summary>
    public Dossier? Peek(DossierCode code)
    {
        lock (_lock)
        {
            return _entries.GetValueOrDefault(code.Value)?.Active.Current;
        }
    }

    /// <summary>Waits for a turn on a dossier. Each turn ends with <see cref="Leave"/>.</summary>
    public ValueTask<DossierEntry> EnterAsync(DossierCode code)
    {
        DossierEntry? entry;
        TurnWaiter waiter;
        lock (_lock)
        {
            if (!_entries.TryGetValue(code.Value, out entry))
            {
                _entries.Add(code.Value, entry = new DossierEntry(_activate(code)));
            }
            else if (entry.Uses == 0)
            {
                RemoveIdleInLock(entry);
            }

            if (entry.Uses++ == 0)
            {
                EvictInLock();
                return new ValueTask<DossierEntry>(entry);
            }

            waiter = entry.AddWaiter();
        }

        return AwaitAsync(entry, waiter);

        static async ValueTask<DossierEntry> AwaitAsync(DossierEntry entry, TurnWaiter waiter)
        {
            await waiter.Task.ConfigureAwait(false);
            return entry;
        }
    }

    /// <summary>Ends a turn and gives the next one.</summary>
    public void Leave(DossierEntry entry)
    {
        TurnWaiter? next = null;
        lock (_lock)
        {
            if (--entry.Uses > 0)
            {
                next = entry.TakeWaiter();
            }
            else if (entry.Active.Current is null)
            {
                _entries.Remove(entry.Active.Code.Value);
            }
            else
            {
                AddIdleInLock(entry);
                EvictInLock();
            }
        }

        next?.SetResult();
    }

    public void Dispose() => _sweeper.Dispose();

    private void Sweep()
    {
        lock (_lock)
        {
            EvictInLock();
        }
    }

    // Idle ones alone: what has work under way is not in the list.
    private void EvictInLock()
    {
        while (_oldest is { } entry && (_entries.Count > _cap || _time.GetElapsedTime(entry.IdleSince) >= _idleTimeout))
        {
            RemoveIdleInLock(entry);
            _entries.Remove(entry.Active.Code.Value);
        }
    }

    private void AddIdleInLock(DossierEntry entry)
    {
        entry.IdleSince = _time.GetTimestamp();
        entry.Older = _newest;
        if (_newest is null)
        {
            _oldest = entry;
        }
        else
        {
            _newest.Newer = entry;
        }

        _newest = entry;
    }

    private void RemoveIdleInLock(DossierEntry entry)
    {
        if (entry.Older is null)
        {
            _oldest = entry.Newer;
        }
        else
        {
            entry.Older.Newer = entry.Newer;
        }

        if (entry.Newer is null)
        {
            _newest = entry.Older;
        }
        else
        {
            entry.Newer.Older = entry.Older;
        }

        (entry.Older, entry.Newer) = (null, null);
    }
}
