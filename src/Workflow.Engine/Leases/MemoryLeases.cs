using Workflow.Engine.Journal;

namespace Workflow.Engine.Leases;

/// <summary>The leases and claims of a store that one process has for itself. Safe to share between threads.</summary>
internal sealed class MemoryLeases(TimeProvider time)
{
    private const int FewClaims = 1_024;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Hold> _leases = new(StringComparer.Ordinal);
    private readonly Dictionary<WakeUp, Hold> _claims = [];

    // At so many claims those that have ended are dropped.
    private int _mostClaims = FewClaims;

    public bool Take(string name, string holder, TimeSpan duration)
    {
        lock (_lock)
        {
            return TryHold(_leases, name, holder, time.GetUtcNow(), duration);
        }
    }

    public void GiveBack(string name, string holder)
    {
        lock (_lock)
        {
            if (_leases.TryGetValue(name, out var hold) && hold.Holder == holder)
            {
                _leases.Remove(name);
            }
        }
    }

    /// <summary>Whether a save may take effect: always without a lease.</summary>
    public bool Allow(LeaseHold? under)
    {
        lock (_lock)
        {
            return under is not { } wanted || (_leases.TryGetValue(wanted.Name, out var hold) && hold.Holder == wanted.Holder && hold.Until > time.GetUtcNow());
        }
    }

    public IReadOnlyList<WakeUp> Claim(IReadOnlyList<WakeUp> due, string holder, TimeSpan duration)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (_claims.Count >= _mostClaims)
            {
                foreach (var ended in _claims.Where(c => c.Value.Until <= now).Select(c => c.Key).ToArray())
                {
                    _claims.Remove(ended);
                }

                _mostClaims = Math.Max(FewClaims, 2 * _claims.Count);
            }

            return [.. due.Distinct().Where(wakeUp => TryHold(_claims, wakeUp, holder, now, duration))];
        }
    }

    private static bool TryHold<T>(Dictionary<T, Hold> holds, T what, string holder, DateTimeOffset now, TimeSpan duration)
        where T : notnull
    {
        if (holds.TryGetValue(what, out var hold) && hold.Holder != holder && hold.Until > now)
        {
            return false;
        }

        holds[what] = new Hold(holder, now + duration);
        return true;
    }

    private readonly record struct Hold(string Holder, DateTimeOffset Until);
}
