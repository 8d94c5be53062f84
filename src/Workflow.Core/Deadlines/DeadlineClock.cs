using Workflow.Core.Calendars;

namespace Workflow.Core.Deadlines;

/// <summary>A time limit that runs, is suspended or has stopped.</summary>
/// <remarks>
/// Immutable, and safe to share between threads: every operation returns a new clock. Times are given back at +07:00. Two clocks
/// are equal when all that they hold is. A second counts to its end: what happens within the second of <see cref="Due"/> is in time,
/// so that a limit of days ends at 24:00 (Civil Code 2015, Article 148.6).
/// </remarks>
public sealed partial record DeadlineClock
{
    // UTC ticks, zero for none: a clock is kept inside every active dossier, and a nullable DateTimeOffset has three times the size.
    private long StartedTicks { get; init; }

    private long EndTicks { get; init; }

    private long DueTicks { get; init; }

    private long SuspendedTicks { get; init; }

    private long StoppedTicks { get; init; }

    private DeadlineClock(TimeLimit limit, ClockPolicy policy, DateTimeOffset startedAt, DateTimeOffset end, DateTimeOffset due)
    {
        (Limit, Policy) = (limit, policy);
        (StartedTicks, EndTicks, DueTicks) = (startedAt.UtcTicks, end.UtcTicks, due.UtcTicks);
    }

    /// <summary>The time limit.</summary>
    public TimeLimit Limit { get; }

    /// <summary>What a suspension does to it.</summary>
    public ClockPolicy Policy { get; }

    /// <summary>When the clock was started. A restart does not change it.</summary>
    public DateTimeOffset StartedAt => Moment(StartedTicks);

    /// <summary>The last moment in time; null while a suspension stops the clock.</summary>
    public DateTimeOffset? Due => IsHeld ? null : Moment(DueTicks);

    /// <summary>The due moment as last promised: <see cref="Due"/>, or while a suspension stops the clock, what it was before.</summary>
    public DateTimeOffset PromisedDue => Moment(DueTicks);

    /// <summary>
    /// Where the limit ends before days off, or a day that is granted when nothing was left, move it to <see cref="PromisedDue"/>; where its
    /// whole days end while a fraction of a day is to follow them. The rest of a suspended limit is counted from here.
    /// </summary>
    public DateTimeOffset UnrolledEnd => Moment(EndTicks);

    /// <summary>Since when the clock is suspended; null when it is not. Kept when a suspended clock is stopped.</summary>
    public DateTimeOffset? SuspendedAt => SuspendedTicks == 0 ? null : Moment(SuspendedTicks);

    /// <summary>When the clock was stopped for good; null while it is not.</summary>
    public DateTimeOffset? StoppedAt => StoppedTicks == 0 ? null : Moment(StoppedTicks);

    // Suspended, and the suspension stops the limit.
    private bool IsHeld => SuspendedTicks != 0 && Policy != ClockPolicy.None;

    /// <summary>Starts a clock.</summary>
    /// <param name="limit">The time limit.</param>
    /// <param name="policy">What a suspension does to it.</param>
    /// <param name="at">When it starts: the receipt of the complete dossier.</param>
    /// <param name="calendar">The working days, as known when the promise is made.</param>
    /// <param name="reception">When dossiers are received beside the office hours; null for office hours alone.</param>
    /// <exception cref="ArgumentOutOfRangeException">The calendar does not cover <paramref name="at"/> or the due moment, or <paramref name="policy"/> is not one.</exception>
    public static DeadlineClock Start(TimeLimit limit, ClockPolicy policy, DateTimeOffset at, WorkingCalendar calendar, ReceptionHours? reception = null)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        DemandPolicy(policy);
        var end = Deadline.End(limit, at, calendar, reception);
        return new DeadlineClock(limit, policy, at, end, Deadline.Close(limit, end, calendar));
    }

    /// <summary>Makes a clock again from what was kept of one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A moment lies before <paramref name="startedAt"/>, the stop before the suspension, or <paramref name="policy"/> is not one.</exception>
    public static DeadlineClock Restore(
        TimeLimit limit,
        ClockPolicy policy,
        DateTimeOffset startedAt,
        DateTimeOffset unrolledEnd,
        DateTimeOffset promisedDue,
        DateTimeOffset? suspendedAt,
        DateTimeOffset? stoppedAt)
    {
        DemandPolicy(policy);
        ArgumentOutOfRangeException.ThrowIfEqual(startedAt, DateTimeOffset.MinValue);
        ArgumentOutOfRangeException.ThrowIfLessThan(unrolledEnd, startedAt);
        ArgumentOutOfRangeException.ThrowIfLessThan(promisedDue, startedAt);
        ArgumentOutOfRangeException.ThrowIfLessThan(suspendedAt ?? startedAt, startedAt, nameof(suspendedAt));
        ArgumentOutOfRangeException.ThrowIfLessThan(stoppedAt ?? suspendedAt ?? startedAt, suspendedAt ?? startedAt, nameof(stoppedAt));
        return new DeadlineClock(limit, policy, startedAt, unrolledEnd, promisedDue)
        {
            SuspendedTicks = suspendedAt?.UtcTicks ?? 0,
            StoppedTicks = stoppedAt?.UtcTicks ?? 0,
        };
    }

    /// <summary>Returns whether the limit was exceeded at <paramref name="moment"/>.</summary>
    /// <remarks>
    /// A stopped clock no longer moves after <see cref="StoppedAt"/>, and one that is held by a suspension after <see cref="SuspendedAt"/>: it is
    /// overdue if it was then.
    /// </remarks>
    public bool IsOverdueAt(DateTimeOffset moment)
    {
        var ticks = moment.UtcTicks;
        if (StoppedTicks != 0)
        {
            ticks = Math.Min(ticks, StoppedTicks);
        }

        return IsLate(IsHeld ? Math.Min(ticks, SuspendedTicks) : ticks);
    }

    private static DateTimeOffset Moment(long utcTicks) => new(utcTicks + WorkingCalendar.Offset.Ticks, WorkingCalendar.Offset);

    private static void DemandPolicy(ClockPolicy policy)
    {
        if (policy is < ClockPolicy.Resume or > ClockPolicy.None)
        {
            throw new ArgumentOutOfRangeException(nameof(policy), policy, "No such clock policy.");
        }
    }

    private bool IsLate(long ticks) => ticks >= DueTicks + TimeSpan.TicksPerSecond;
}
