using Workflow.Core.Calendars;
using Workflow.Core.Deadlines;

namespace Workflow.Core.Dossiers;

// How the legal limit ran, so that it can be counted again when the calendar has become another.
public sealed partial class Dossier
{
    // Null while the clock runs from its start without having been disturbed, and where none runs.
    private CountRecord? _count;

    /// <summary>Whether the dossier knows how its limit ran; false when an earlier release stored it, until <see cref="WithCountOf"/>.</summary>
    public bool IsCountKnown => _count != CountRecord.Unknown;

    /// <summary>Returns this dossier, knowing how its limit ran as <paramref name="replayed"/> does.</summary>
    /// <param name="replayed">The same dossier at the same version, made again from its events.</param>
    /// <exception cref="ArgumentException"><paramref name="replayed"/> is another dossier, or of another version.</exception>
    public Dossier WithCountOf(Dossier replayed)
    {
        ArgumentNullException.ThrowIfNull(replayed);
        if (replayed.Code != Code || replayed.Version != Version)
        {
            throw new ArgumentException($"{replayed.Code} at version {replayed.Version} is not {Code} at version {Version}.", nameof(replayed));
        }

        var next = (Dossier)MemberwiseClone();
        next._count = replayed._count;
        return next;
    }

    internal DeadlineClock Count(DeadlineClock clock, WorkingCalendar calendar, ReceptionHours? reception) => CountRecord.Count(_count, clock, calendar, reception);

    private void EvolveRecomputed(PromiseRecomputed e)
    {
        // A date that was missed and has not moved to a later one is not missed again.
        var reported = DeadlineReported && e.Promise.Due <= Clock!.PromisedDue;
        Clock = DeadlineClock.Restore(Clock!.Limit, Clock.Policy, Clock.StartedAt, e.Promise.LimitEnd, e.Promise.Due, Clock.SuspendedAt, null);
        EvolvePromise(e.Promise, reported);
    }
}
