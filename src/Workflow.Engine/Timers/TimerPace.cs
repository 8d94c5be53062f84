using Workflow.Engine.Admission;

namespace Workflow.Engine.Timers;

/// <summary>How many wake-ups may be under way at once: many while nobody else wants the store, few beside callers' commands.</summary>
/// <remarks>
/// A wake-up loads a dossier that nobody has in memory, so it costs the store several times what a command costs. One for every eight
/// callers lets past-due timers ride along in the commits that callers cause anyway and leaves the callers most of the machine.
/// Asked by one thread at a time.
/// </remarks>
/// <param name="callers">How many commands of callers are under way.</param>
/// <param name="time">Real time.</param>
internal sealed class TimerPace(Func<int> callers, TimeProvider time)
{
    /// <summary>The most at once when nobody calls.</summary>
    public const int Idle = 64;

    private const int CallersPerWakeUp = 8;
    private const int MostBesideCallers = 32;

    private readonly RecentCallers _callers = new(callers, time);

    /// <summary>The most wake-ups under way at this moment.</summary>
    public int AtOnce()
    {
        var count = _callers.Count();
        return count <= 0 ? Idle : Math.Clamp((int)count / CallersPerWakeUp, 1, MostBesideCallers);
    }
}
