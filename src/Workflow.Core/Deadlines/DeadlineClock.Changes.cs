using Workflow.Core.Calendars;

namespace Workflow.Core.Deadlines;

/// <content>What happens to a clock.</content>
public sealed partial record DeadlineClock
{
    /// <summary>Suspends the clock: the office waits for the applicant.</summary>
    /// <exception cref="InvalidOperationException">The clock is suspended already, or stopped.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="at"/> lies before <see cref="StartedAt"/>.</exception>
    public DeadlineClock Suspend(DateTimeOffset at)
    {
        DemandNotStopped();
        if (SuspendedTicks != 0)
        {
            throw new InvalidOperationException($"The clock is suspended since {SuspendedAt:O}.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(at, StartedAt);
        return this with { SuspendedTicks = at.UtcTicks };
    }

    /// <summary>Lets a suspended clock run again.</summary>
    /// <remarks>
    /// <para>Under <see cref="ClockPolicy.Resume"/>, in a limit of whole days, a day does not count if the suspension began before it and had not ended
    /// before it: the day of the suspension counts, the day of the resumption does not, and a suspension within one day changes nothing. What
    /// is left of the limit is counted from the day of the resumption. Whole days of the calendar that a fraction of a day follows count alike.</para>
    /// <para>Limits of hours, fractions of a day and working days with a fraction lose no (working) time, and gain none.</para>
    /// <para>When nothing is left, the limit is due at the end of the day of the resumption, or of the next working day, however often that
    /// happens. A suspension that began after the due moment leaves the due moment as it was, and none moves it to an earlier one.</para>
    /// <para>Under <see cref="ClockPolicy.Restart"/> the whole limit counts from <paramref name="at"/>, cut-off included. Under
    /// <see cref="ClockPolicy.None"/> the due moment stays.</para>
    /// </remarks>
    /// <param name="at">When the limit runs again: the receipt of the full dossier.</param>
    /// <param name="calendar">The working days, as known now. The due moment before the suspension is taken as it was promised.</param>
    /// <param name="reception">When dossiers are received beside the office hours, for when the limit counts from; null for office hours alone.</param>
    /// <exception cref="InvalidOperationException">The clock is not suspended, or is stopped.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="at"/> lies before <see cref="SuspendedAt"/>, or the calendar does not cover the new due moment.</exception>
    public DeadlineClock Resume(DateTimeOffset at, WorkingCalendar calendar, ReceptionHours? reception = null)
    {
        ArgumentNullException.ThrowIfNull(calendar);
        DemandNotStopped();
        if (SuspendedTicks == 0)
        {
            throw new InvalidOperationException("The clock is not suspended.");
        }

        var from = Moment(SuspendedTicks);
        ArgumentOutOfRangeException.ThrowIfLessThan(at, from);
        if (Policy == ClockPolicy.None || (Policy == ClockPolicy.Resume && IsLate(SuspendedTicks)))
        {
            return this with { SuspendedTicks = 0 };
        }

        if (Policy == ClockPolicy.Restart)
        {
            var anew = Deadline.End(Limit, at, calendar, reception);
            return this with { SuspendedTicks = 0, EndTicks = anew.UtcTicks, DueTicks = Deadline.Close(Limit, anew, calendar).UtcTicks };
        }

        var (end, due) = RunsInDays(from) ? AfterDays(from, at, calendar, reception) : AfterHours(from, at, calendar);
        return this with { SuspendedTicks = 0, EndTicks = end.UtcTicks, DueTicks = Math.Max(due.UtcTicks, DueTicks) };
    }

    /// <summary>Stops the clock for good: the dossier is settled, or closed while suspended.</summary>
    /// <exception cref="InvalidOperationException">The clock is stopped already.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="at"/> lies before <see cref="StartedAt"/> or <see cref="SuspendedAt"/>.</exception>
    public DeadlineClock Stop(DateTimeOffset at)
    {
        DemandNotStopped();
        ArgumentOutOfRangeException.ThrowIfLessThan(at, SuspendedAt ?? StartedAt);
        return this with { StoppedTicks = at.UtcTicks };
    }

    /// <summary>Sets another due moment: a re-appointment (Decree 61/2018/NĐ-CP, Article 19.9), or a promise computed anew.</summary>
    /// <remarks>Whether a re-appointment is allowed, and how often, is the dossier's to decide. It may also lie earlier.</remarks>
    /// <exception cref="InvalidOperationException">The clock is stopped, or a suspension holds it, so that there is no due moment to move.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="newDue"/> lies before <see cref="StartedAt"/>.</exception>
    public DeadlineClock Reappoint(DateTimeOffset newDue)
    {
        DemandNotStopped();
        if (IsHeld)
        {
            throw new InvalidOperationException($"The clock is suspended since {SuspendedAt:O} and has no due moment until it is resumed.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(newDue, StartedAt);
        return this with { EndTicks = newDue.UtcTicks, DueTicks = newDue.UtcTicks };
    }

    // Whether whole days are being counted: a fraction after whole days of the calendar stands still in days until those are over. One after
    // working days is working time like these, and a moment that was promised anew is no end of whole days.
    private bool RunsInDays(DateTimeOffset at) => Limit.EndsWithDay
        || (Limit is { HasFractionAfterDays: true, Unit: TimeLimitUnit.Days } && at.UtcTicks <= EndTicks && EndTicks < DueTicks);

    // Where the limit ends and is due when the days after that of `from` up to that of `to` do not count.
    private (DateTimeOffset End, DateTimeOffset Due) AfterDays(DateTimeOffset from, DateTimeOffset to, WorkingCalendar calendar, ReceptionHours? reception)
    {
        var end = Moment(EndTicks);
        var (suspended, resumed) = (WorkingCalendar.DayOf(from), WorkingCalendar.DayOf(to));
        if (suspended != resumed)
        {
            var left = from > end ? 0 : DaysLeft(suspended, WorkingCalendar.DayOf(end), calendar, reception);
            if (left <= 0 && Limit.EndsWithDay)
            {
                return NothingLeft(end, to, calendar);
            }

            var moved = WorkingCalendar.EndOf(Limit.Unit == TimeLimitUnit.WorkingDays ? calendar.AddWorkingDays(resumed, left) : resumed.AddDays(left));
            end = moved > end ? moved : end;
        }

        return (end, Deadline.Close(Limit, end, calendar));
    }

    // Where the limit ends and is due when the (working) time from `from` to `to` does not count.
    private (DateTimeOffset End, DateTimeOffset Due) AfterHours(DateTimeOffset from, DateTimeOffset to, WorkingCalendar calendar)
    {
        var end = Moment(Limit.HasFractionAfterDays ? DueTicks : EndTicks);
        if (from > end && end.UtcTicks < DueTicks)
        {
            return NothingLeft(end, to, calendar);
        }

        // Within the second of the due moment, which is in time.
        from = from > end ? end : from;
        var moved = Limit.Unit == TimeLimitUnit.Hours
            ? to.ToOffset(WorkingCalendar.Offset) + AtMost(end - from, Deadline.Time(Limit.Amount))
            : AfterWorkingTime(AtMost(calendar.WorkingTimeBetween(from, end), WorkingTime(calendar)));
        return moved > end ? (moved, Deadline.Roll(moved, calendar)) : (Moment(EndTicks), Deadline.Roll(end, calendar));

        // Where no working time is left, a resumption before the end takes nothing from it.
        DateTimeOffset AfterWorkingTime(TimeSpan left) => left == TimeSpan.Zero && to <= end ? end : Deadline.AddWorkingTime(to, left, calendar);
    }

    // All has been counted, so that the end stays: later suspensions find nothing left either.
    private static (DateTimeOffset End, DateTimeOffset Due) NothingLeft(DateTimeOffset end, DateTimeOffset resumed, WorkingCalendar calendar) =>
        (end, Deadline.Roll(WorkingCalendar.EndOf(WorkingCalendar.DayOf(resumed)), calendar));

    private int DaysLeft(DateOnly suspended, DateOnly last, WorkingCalendar calendar, ReceptionHours? reception)
    {
        // The days before a late receipt counts are none of the limit's; months have no number of days that would leave them out.
        var counted = Limit.MovesLateReceipts ? WorkingCalendar.DayOf(Deadline.CountedFrom(Limit, StartedAt, calendar, reception)) : suspended;
        var days = last.DayNumber - Math.Max(suspended.DayNumber, counted.DayNumber);
        return Limit.Unit switch
        {
            TimeLimitUnit.WorkingDays => Math.Min((int)Limit.Amount, calendar.CountWorkingDays(suspended, last)),
            TimeLimitUnit.Days => Math.Min((int)Limit.Amount, days),
            _ => days,
        };
    }

    // What is left is never more than the limit: counting may begin later than the clock, on the next day or after a late receipt.
    private static TimeSpan AtMost(TimeSpan left, TimeSpan limit) => left < limit ? left : limit;

    private TimeSpan WorkingTime(WorkingCalendar calendar)
    {
        if (Limit.Unit == TimeLimitUnit.WorkingHours)
        {
            return Deadline.Time(Limit.Amount);
        }

        var whole = decimal.Truncate(Limit.Amount);
        return (calendar.OfficeHours.PerDay * (double)whole) + Deadline.Time((Limit.Amount - whole) * Deadline.HoursPerDay);
    }

    private void DemandNotStopped()
    {
        if (StoppedTicks != 0)
        {
            throw new InvalidOperationException($"The clock was stopped at {StoppedAt:O}.");
        }
    }
}
