using Workflow.Core.Calendars;

namespace Workflow.Core.Deadlines;

/// <summary>A due moment and, for every day from the receipt to it, whether the day counts and by which rule.</summary>
/// <remarks>
/// The due moment is that of <see cref="DeadlineClock"/>, and what counts adds up to the limit when one calendar is known throughout: both
/// are laws that tests hold. Days that are granted when nothing is left of the limit do not count, and say so.
/// Immutable and safe to share between threads.
/// </remarks>
public sealed class DeadlineExplanation
{
    private DeadlineExplanation(DeadlineClock clock, string calendar, IReadOnlyList<ExplainedDay> days) =>
        (Limit, Policy, ReceivedAt, Due, Calendar, Days) = (clock.Limit, clock.Policy, clock.StartedAt, clock.PromisedDue, calendar, days);

    /// <summary>The time limit.</summary>
    public TimeLimit Limit { get; }

    /// <summary>What suspensions did to it.</summary>
    public ClockPolicy Policy { get; }

    /// <summary>When the complete dossier was received.</summary>
    public DateTimeOffset ReceivedAt { get; }

    /// <summary>The last moment in time; the second that it names is still in time.</summary>
    public DateTimeOffset Due { get; }

    /// <summary>The version of the calendar of the last computation.</summary>
    public string Calendar { get; }

    /// <summary>Every day from that of the receipt to that of the due moment, both included, ascending. Never empty.</summary>
    public IReadOnlyList<ExplainedDay> Days { get; }

    /// <summary>Explains a limit with its suspensions.</summary>
    /// <param name="limit">The time limit.</param>
    /// <param name="policy">What a suspension does to it.</param>
    /// <param name="received">The receipt of the complete dossier.</param>
    /// <param name="suspensions">The suspensions, ascending; none begins before the receipt or the end of the one before.</param>
    /// <param name="knownAt">The calendar that a promise made at a moment is counted with: at the receipt, and at each resumption.</param>
    /// <param name="reception">The reception hours by name; null for office hours alone.</param>
    /// <exception cref="ArgumentException">The suspensions are not in order, or a calendar has no such reception hours.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The calendar does not cover a day that is needed.</exception>
    public static DeadlineExplanation Of(
        TimeLimit limit,
        ClockPolicy policy,
        DateTimeOffset received,
        IReadOnlyList<Suspension> suspensions,
        Func<DateTimeOffset, WorkingCalendar> knownAt,
        string? reception = null)
    {
        ArgumentNullException.ThrowIfNull(suspensions);
        ArgumentNullException.ThrowIfNull(knownAt);
        DemandOrder(received, suspensions);
        var calendar = knownAt(received);
        var counted = new CountedDays(limit);
        var clock = DeadlineClock.Start(limit, policy, received, calendar, Hours(calendar));
        counted.Begin(From(received), clock, calendar);
        var rules = new DayRules(limit, received, From(received));
        foreach (var suspension in suspensions)
        {
            var late = clock.IsOverdueAt(suspension.From);
            calendar = knownAt(suspension.To);
            var next = clock.Suspend(suspension.From).Resume(suspension.To, calendar, Hours(calendar));
            if (policy == ClockPolicy.Restart)
            {
                counted.Begin(From(suspension.To), next, calendar);
                rules.Restart(suspension, From(suspension.To));
            }
            else if (policy == ClockPolicy.Resume && !late)
            {
                counted.Interrupt(suspension, clock, next, calendar);
                rules.Suspend(suspension);
            }

            clock = next;
        }

        rules.End(clock.UnrolledEnd, clock.PromisedDue, calendar);
        return new DeadlineExplanation(clock, calendar.Version, Explained(counted, rules, clock));

        ReceptionHours? Hours(WorkingCalendar of) => reception is null
            ? null
            : of.Reception(reception) ?? throw new ArgumentException($"The calendar {of.Version} has no reception hours '{reception}'.", nameof(reception));

        DateTimeOffset From(DateTimeOffset at) => Deadline.CountedFrom(limit, at, calendar, Hours(calendar));
    }

    private static ExplainedDay[] Explained(CountedDays counted, DayRules rules, DeadlineClock clock)
    {
        var (first, last) = (WorkingCalendar.DayOf(clock.StartedAt), WorkingCalendar.DayOf(clock.PromisedDue));
        var days = new ExplainedDay[Math.Max(0, last.DayNumber - first.DayNumber) + 1];
        var ordinal = 0;
        for (var i = 0; i < days.Length; i++)
        {
            var day = first.AddDays(i);
            var (count, time) = counted.On(day);
            ordinal += count == DayCount.Whole ? 1 : 0;
            days[i] = new ExplainedDay(day, count, time, rules.On(day, count, time, ordinal));
        }

        return days;
    }

    private static void DemandOrder(DateTimeOffset received, IReadOnlyList<Suspension> suspensions)
    {
        var after = received;
        foreach (var (from, to) in suspensions)
        {
            if (from < after || to < from)
            {
                throw new ArgumentException($"The suspension from {from:O} to {to:O} does not follow {after:O}.", nameof(suspensions));
            }

            after = to;
        }
    }
}
