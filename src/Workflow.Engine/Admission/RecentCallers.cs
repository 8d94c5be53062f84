namespace Workflow.Engine.Admission;

/// <summary>How many callers there are, by how many of their commands are under way: what stays in the background measures its pace by them.</summary>
/// <remarks>Asked by one thread at a time.</remarks>
/// <param name="underWay">How many commands of callers are under way.</param>
/// <param name="time">Real time.</param>
internal sealed class RecentCallers(Func<int> underWay, TimeProvider time)
{
    // A caller who comes back at once has nothing under way in between.
    private static readonly TimeSpan s_remembers = TimeSpan.FromMilliseconds(100);

    // Their number: up at once, down by an eighth at a time, because between two commits it falls for a moment.
    private double _callers;
    private long _lastSeen;

    /// <summary>Their number at this moment.</summary>
    public double Count()
    {
        var now = underWay();
        if (now > 0)
        {
            _lastSeen = time.GetTimestamp();
            _callers = now > _callers ? now : _callers + ((now - _callers) / 8);
        }
        else if (_callers > 0 && time.GetElapsedTime(_lastSeen) >= s_remembers)
        {
            _callers = 0;
        }

        return _callers;
    }
}
