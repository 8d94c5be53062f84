using Workflow.Core.Calendars;
using Workflow.Core.Deadlines;

namespace Workflow.Core.Dossiers;

/// <summary>How a legal limit ran since its count began, so that its due moment can be computed again. Immutable.</summary>
/// <remarks>
/// Most dossiers are never suspended nor promised a new date, and have none of these: their count began with the clock. A million
/// dossiers are kept, so times are UTC ticks.
/// </remarks>
internal sealed class CountRecord
{
    private readonly long _startedAt;

    // Zero for none.
    private readonly long _reappointed;

    // Pairs of the moment of a suspension and that of its end, ascending; those before a new promised date are in that date.
    private readonly long[] _suspensions;

    private CountRecord(long startedAt, long reappointed, long[] suspensions) => (_startedAt, _reappointed, _suspensions) = (startedAt, reappointed, suspensions);

    /// <summary>A release that did not keep it wrote the dossier's snapshot.</summary>
    public static CountRecord Unknown { get; } = new(0, 0, []);

    /// <summary>The whole limit counts from a moment.</summary>
    public static CountRecord Begin(DateTimeOffset at) => new(at.UtcTicks, 0, []);

    /// <summary>The office promised a date of its own.</summary>
    public static CountRecord Reappoint(CountRecord? record, DeadlineClock clock, DateTimeOffset newDue) => new(StartOf(record, clock), newDue.UtcTicks, []);

    /// <summary>The clock stood still from its suspension to a moment.</summary>
    public static CountRecord Resume(CountRecord? record, DeadlineClock suspended, DateTimeOffset at) => record == Unknown
        ? Unknown
        : new(StartOf(record, suspended), record?._reappointed ?? 0, [.. record?._suspensions ?? [], suspended.SuspendedAt!.Value.UtcTicks, at.UtcTicks]);

    /// <summary>Returns the clock as it stands when all is counted with one calendar: running, or where a suspension that lasts found it.</summary>
    /// <remarks>A date that the office promised stays unless it is a day off now.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The calendar does not cover a day that is needed.</exception>
    public static DeadlineClock Count(CountRecord? record, DeadlineClock clock, WorkingCalendar calendar, ReceptionHours? reception)
    {
        var start = Moment(StartOf(record, clock));
        var counted = DeadlineClock.Start(clock.Limit, ClockPolicy.Resume, start, calendar, reception);
        if (record is null)
        {
            return counted;
        }

        if (record._reappointed != 0)
        {
            counted = counted.Reappoint(Deadline.Roll(Moment(record._reappointed), calendar));
        }

        for (var i = 0; i < record._suspensions.Length; i += 2)
        {
            counted = counted.Suspend(Moment(record._suspensions[i])).Resume(Moment(record._suspensions[i + 1]), calendar, reception);
        }

        return counted;
    }

    /// <summary>The stored form; null when it is not known.</summary>
    public static CountSnapshot? ToSnapshot(CountRecord? record, DeadlineClock clock)
    {
        if (record == Unknown || clock.StoppedAt is not null)
        {
            return null;
        }

        List<Suspension>? suspensions = null;
        for (var i = 0; i < record?._suspensions.Length; i += 2)
        {
            (suspensions ??= []).Add(new Suspension(Moment(record._suspensions[i]), Moment(record._suspensions[i + 1])));
        }

        return new CountSnapshot(Moment(StartOf(record, clock)), record is { _reappointed: not 0 } ? Moment(record._reappointed) : null, suspensions);
    }

    /// <summary>What a stored clock kept; null for a count that began with the clock and was never disturbed.</summary>
    public static CountRecord? Restore(ClockSnapshot clock) => clock switch
    {
        { StoppedAt: not null } => null,
        { Count: null } => Unknown,
        { Count: { Reappointed: null, Suspensions: null } count } when count.StartedAt == clock.StartedAt => null,
        { Count: var count } => new CountRecord(
            count.StartedAt.UtcTicks,
            count.Reappointed?.UtcTicks ?? 0,
            [.. (count.Suspensions ?? []).SelectMany(s => new[] { s.From.UtcTicks, s.To.UtcTicks })]),
    };

    private static long StartOf(CountRecord? record, DeadlineClock clock) => record is null || record == Unknown ? clock.StartedAt.UtcTicks : record._startedAt;

    private static DateTimeOffset Moment(long utcTicks) => new(utcTicks + WorkingCalendar.Offset.Ticks, WorkingCalendar.Offset);
}
