namespace Workflow.Engine.Admission;

/// <summary>How many commands end in a second while others are refused.</summary>
/// <remarks>
/// Measured between refusals, so that commands that are let in cost no look at a clock. What ended between two refusals that lie far
/// apart is only a lower bound, because the engine may have had nothing to do.
/// </remarks>
internal sealed class DrainRate(TimeProvider time)
{
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestWindow = TimeSpan.FromSeconds(1);

    private long _since = long.MinValue;
    private long _endedBefore;

    // Commands in a second; NaN while it is not known.
    private double _rate = double.NaN;

    /// <summary>Returns the rate in commands a second, 0 when nothing ends any more, NaN while it is not known.</summary>
    /// <param name="now">The time stamp of this refusal.</param>
    /// <param name="ended">How many commands have ended since the beginning.</param>
    public double At(long now, long ended)
    {
        if (_since == long.MinValue)
        {
            (_since, _endedBefore) = (now, ended);
        }

        var window = time.GetElapsedTime(_since, now);
        if (window < ShortestWindow)
        {
            return _rate;
        }

        var measured = (ended - _endedBefore) / window.TotalSeconds;
        if (window <= LongestWindow || measured == 0 || measured > _rate)
        {
            _rate = measured > 0 && _rate > 0 ? (measured + _rate) / 2 : measured;
        }

        (_since, _endedBefore) = (now, ended);
        return _rate;
    }
}
