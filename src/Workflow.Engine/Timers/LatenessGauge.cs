namespace Workflow.Engine.Timers;

/// <summary>Keeps the figures of <see cref="TimerLateness"/>. Safe to share between threads.</summary>
internal sealed class LatenessGauge(TimeProvider time)
{
    private static readonly TimeSpan s_minute = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long _minuteBegan = time.GetTimestamp();
    private TimeSpan _last;
    private TimeSpan _longest;
    private TimeSpan _longestBefore;

    public void Record(TimeSpan lateness)
    {
        lock (_lock)
        {
            TurnInLock();
            _last = lateness;
            _longest = lateness > _longest ? lateness : _longest;
        }
    }

    public TimerLateness Read(int due)
    {
        lock (_lock)
        {
            TurnInLock();
            return new TimerLateness(_last, _longest > _longestBefore ? _longest : _longestBefore, due);
        }
    }

    private void TurnInLock()
    {
        var passed = time.GetElapsedTime(_minuteBegan);
        if (passed >= s_minute)
        {
            _longestBefore = passed < 2 * s_minute ? _longest : TimeSpan.Zero;
            _longest = TimeSpan.Zero;
            _minuteBegan = time.GetTimestamp();
        }
    }
}
