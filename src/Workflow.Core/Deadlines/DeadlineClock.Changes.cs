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
    /// is left of the limit is counted from the day of the resumption; nothing left means until the end of that day, or of the next working day.
    /// Limits of hours and of fractions of a day lose no (working) time, and gain none. A suspension that began after the due moment leaves the
    /// due moment as it was, and none moves it to an earlier one.</para>
    /// <para>Under <see cref="ClockPolicy.Restart"/> the whole limit counts from <paramref name="at"/>, cut-off included. Under
    /// <see cref="ClockPolicy.None"/> the due moment stays.</para>
    /// </remarks>
    /// <param name="at">When the limit runs again: the receipt of the full dossier.</param>
    /// <param name="calendar">The working days, as known now. The due moment before the suspension is taken as it was promised.</param>
    /// <param name="reception">When dossiers are received beside the office hours, for a limit that counts again; null for office hours alone.</param>
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

        var end = Policy == ClockPolicy.Restart ? Deadline.End(Limit, at, calendar, reception) : EndAfter(from, at, calendar);
        var due = Deadline.Roll(end, calendar).UtcTicks;
        return this with { SuspendedTicks = 0, EndTicks = end.UtcTicks, DueTicks = Policy == ClockPolicy.Restart ? due : Math.Max(due, DueTicks) };
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

    // Where the limit ends, before days off move it, when the time from `from` to `to` does not count.
    private DateTimeOffset EndAfter(DateTimeOffset from, DateTimeOffset to, WorkingCalendar calendar)
    {
        var end = Moment(EndTicks);
        var (lastDay, suspended, resumed) = (WorkingCalendar.DayOf(end), WorkingCalendar.DayOf(from), WorkingCalendar.DayOf(to));
        if (Limit.EndsWithDay && suspended == resumed)
        {
            return end;
        }

        // All of it has been counted, and only days off stand between its end and the due moment.
        if (from > end)
        {
            return WorkingCalendar.EndOf(resumed);
        }

        var rest = Limit switch
        {
            { EndsWithDay: true, Unit: TimeLimitUnit.WorkingDays } =>
                WorkingCalendar.EndOf(calendar.AddWorkingDays(resumed, Math.Min((int)Limit.Amount, calendar.CountWorkingDays(suspended, lastDay)))),
            { EndsWithDay: true, Unit: TimeLimitUnit.Days } =>
                WorkingCalendar.EndOf(resumed.AddDays(Math.Min((int)Limit.Amount, lastDay.DayNumber - suspended.DayNumber))),
            { EndsWithDay: true } => WorkingCalendar.EndOf(resumed.AddDays(lastDay.DayNumber - suspended.DayNumber)),
            { Unit: TimeLimitUnit.Hours } => to.ToOffset(WorkingCalendar.Offset) + AtMost(end - from, Deadline.Time(Limit.Amount)),
            { Unit: TimeLimitUnit.Days } => Deadline.AddWorkingTime(to, calendar.WorkingTimeBetween(from, end), calendar),
            _ => Deadline.AddWorkingTime(to, AtMost(calendar.WorkingTimeBetween(from, end), WorkingTime(calendar)), calendar),
        };
        return rest > end ? rest : end;
    }

    // What is left is never more than the limit: counting may begin later than the clock, on the next day or after a late receipt.
    private static TimeSpan AtMost(TimeSpan left, TimeSpan limit) => left < limit ? left : limit;

    private TimeSpan WorkingTime(WorkingCalendar calendar)
    {
        var whole = Limit.Unit == TimeLimitUnit.WorkingDays ? decimal.Truncate(Limit.Amount) : 0;
        var hours = (Limit.Amount - whole) * (Limit.Unit == TimeLimitUnit.WorkingDays ? Deadline.HoursPerDay : 1);
        return (calendar.OfficeHours.PerDay * (double)whole) + Deadline.Time(hours);
    }

    private void DemandNotStopped()
    {
        if (StoppedTicks != 0)
        {
            throw new InvalidOperationException($"The clock was stopped at {StoppedAt:O}.");
        }
    }
}
