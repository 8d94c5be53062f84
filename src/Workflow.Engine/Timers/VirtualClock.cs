namespace Workflow.Engine.Timers;

/// <summary>A clock that stands until it is moved forward: for replays, simulations and tests.</summary>
/// <remarks>
/// Its timers fire while it is moved, on the moving thread, each at its own moment, in order. Safe to share between threads;
/// moves from several threads follow each other.
/// </remarks>
public sealed class VirtualClock : TimeProvider
{
    private readonly Lock _moving = new();
    private readonly Lock _lock = new();
    private readonly List<VirtualTimer> _timers = [];
    private readonly DateTimeOffset _start;
    private DateTimeOffset _now;

    /// <summary>Starts a clock at a moment.</summary>
    public VirtualClock(DateTimeOffset start) => _start = _now = start.ToUniversalTime();

    /// <summary>One timestamp is 100 nanoseconds.</summary>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => (GetUtcNow() - _start).Ticks;

    /// <summary>Moves the clock forward by a time and fires the timers that fall due, those at the last moment included.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is negative.</exception>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        lock (_moving)
        {
            MoveTo(GetUtcNow() + time);
        }
    }

    /// <summary>Moves the clock forward to a moment; as <see cref="Advance"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="moment"/> lies before the clock's time.</exception>
    public void AdvanceTo(DateTimeOffset moment)
    {
        lock (_moving)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(moment, GetUtcNow());
            MoveTo(moment.ToUniversalTime());
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private void MoveTo(DateTimeOffset target)
    {
        while (true)
        {
            VirtualTimer? next;
            lock (_lock)
            {
                next = _timers.Where(t => t.Due <= target).MinBy(t => t.Due);
                if (next is null)
                {
                    // A timer may have moved the clock further.
                    _now = target > _now ? target : _now;
                    return;
                }

                _now = next.Due > _now ? next.Due : _now;
                next.Rearm();
                if (next.Due == DateTimeOffset.MaxValue)
                {
                    _timers.Remove(next);
                }
            }

            next.Fire();
        }
    }

    private sealed class VirtualTimer(VirtualClock clock, Action fire) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public DateTimeOffset Due { get; private set; } = DateTimeOffset.MaxValue;

        public Action Fire { get; } = fire;

        // A period of zero means none, as for the system's timers.
        public void Rearm() => Due = _period <= TimeSpan.Zero ? DateTimeOffset.MaxValue : Due + _period;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                _period = period;
                Due = dueTime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : clock._now + dueTime;
                if (Due < DateTimeOffset.MaxValue)
                {
                    clock._timers.Add(this);
                }

                return true;
            }
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
