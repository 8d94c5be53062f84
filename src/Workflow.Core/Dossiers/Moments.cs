using Workflow.Core.Calendars;
using Workflow.Core.Deadlines;
using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

/// <summary>The moments that a decision computes and writes into its events, all to the millisecond.</summary>
/// <remarks>Each throws <see cref="CalendarTooShortException"/> when the calendar does not cover the day that it needs.</remarks>
internal static class Moments
{
    private static readonly TimeOnly s_transferCutOff = new(15, 0);

    /// <summary>The first moment at which the step, or the steps whose budget it begins, have taken too long.</summary>
    public static DateTimeOffset? StepDue(Procedure procedure, StateDefinition state, DecisionContext context) =>
        StepLimit(procedure, state) is { } limit ? TimelinessRule.FirstLateMoment(Due(limit, context.Time, context)) : null;

    /// <summary>As above, on a move: the steps of one budget have taken too long when they have together, however often one follows the other.</summary>
    public static DateTimeOffset? StepDue(Dossier dossier, StateDefinition to, DecisionContext context)
    {
        if (to.Budget is null || dossier.Procedure.State(dossier.State).Budget != to.Budget)
        {
            return StepDue(dossier.Procedure, to, context);
        }

        // One that has passed is recorded by now.
        return dossier.StepDue > context.Time ? dossier.StepDue : null;
    }

    /// <summary>The limit of a step, or of the steps that share its budget; null for none.</summary>
    public static TimeLimit? StepLimit(Procedure procedure, StateDefinition state)
    {
        for (var i = 0; state.Budget is not null && i < procedure.Content.Budgets.Count; i++)
        {
            if (procedure.Content.Budgets[i].Name == state.Budget)
            {
                return procedure.Content.Budgets[i].Limit;
            }
        }

        return state.Limit;
    }

    /// <summary>The first moment at which silence has its consequence.</summary>
    public static DateTimeOffset? TimeoutAt(StateDefinition state, DecisionContext context) =>
        state is { Timeout: { } time, TimeoutTrigger: not null } ? TimelinessRule.FirstLateMoment(Due(time, context.Time, context)) : null;

    /// <summary>When a timeout whose trigger was refused is tried again: at the opening of the next working day.</summary>
    public static DateTimeOffset NextTry(DecisionContext context)
    {
        try
        {
            var calendar = context.Calendar;
            return WorkingCalendar.At(calendar.NextWorkingDay(WorkingCalendar.DayOf(context.Time)), calendar.OfficeHours.Opening);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new CalendarTooShortException(context.Calendar, e);
        }
    }

    /// <summary>The last moment in time.</summary>
    public static DateTimeOffset Due(TimeLimit limit, DateTimeOffset start, DecisionContext context)
    {
        try
        {
            return LegalTime.Of(Deadline.Due(limit, start, context.Calendar));
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new CalendarTooShortException(context.Calendar, e);
        }
    }

    public static DeadlineClock Start(Procedure procedure, TimeLimit limit, DecisionContext context)
    {
        var (policy, reception) = (procedure.Content.Clock, Reception(procedure, context));
        try
        {
            return DeadlineClock.Start(limit, policy, context.Time, context.Calendar, reception);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new CalendarTooShortException(context.Calendar, e);
        }
    }

    public static DeadlineClock Resume(Procedure procedure, DeadlineClock suspended, DecisionContext context)
    {
        var reception = Reception(procedure, context);
        try
        {
            return suspended.Resume(context.Time, context.Calendar, reception);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new CalendarTooShortException(context.Calendar, e);
        }
    }

    /// <summary>The hours in which the procedure is received beside the office hours; null when it names none.</summary>
    public static ReceptionHours? Reception(Procedure procedure, DecisionContext context) => procedure.Content.Reception is not { } name
        ? null
        : context.Calendar.Reception(name)
            ?? throw new CalendarTooShortException($"the procedure is received in the hours '{name}', which the calendar {context.Calendar.Version} does not have; publish one that has them");

    /// <summary>The clock as the calendar known now counts it from the beginning of its count.</summary>
    public static DeadlineClock Count(Dossier dossier, DeadlineClock clock, DecisionContext context)
    {
        var reception = Reception(dossier.Procedure, context);
        try
        {
            return dossier.Count(clock, context.Calendar, reception);
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new CalendarTooShortException(context.Calendar, e);
        }
    }

    public static Promise Promise(DeadlineClock clock, DecisionContext context)
    {
        var due = LegalTime.Of(clock.PromisedDue);
        return new Promise(due, LegalTime.Of(clock.UnrolledEnd), NearDue(due, context), context.Calendar.Version);
    }

    /// <summary>The opening of the last working day before the due day; null when that is not ahead any more.</summary>
    public static DateTimeOffset? NearDue(DateTimeOffset due, DecisionContext context)
    {
        var calendar = context.Calendar;
        var day = WorkingCalendar.DayOf(due).AddDays(-1);
        if (day < calendar.FirstDay || day > calendar.LastDay)
        {
            throw new CalendarTooShortException(calendar, null);
        }

        while (day > calendar.FirstDay && !calendar.IsWorkingDay(day))
        {
            day = day.AddDays(-1);
        }

        if (!calendar.IsWorkingDay(day))
        {
            return null;
        }

        var moment = calendar.NextOfficeMoment(WorkingCalendar.At(day, TimeOnly.MinValue));
        return moment > context.Time ? moment : null;
    }

    /// <summary>I5: the same day; what was accepted after 15:00 at the start of the next working day, taken as its first hour (Art 18).</summary>
    public static DateTimeOffset TransferDue(DateTimeOffset acceptedAt, DecisionContext context)
    {
        try
        {
            var calendar = context.Calendar;
            var day = WorkingCalendar.DayOf(acceptedAt);
            return calendar.IsWorkingDay(day) && WorkingCalendar.TimeOf(acceptedAt) <= s_transferCutOff
                ? WorkingCalendar.EndOf(day)
                : LegalTime.Of(calendar.AddWorkingTime(WorkingCalendar.At(calendar.NextWorkingDay(day), TimeOnly.MinValue), TimeSpan.FromHours(1)));
        }
        catch (ArgumentOutOfRangeException e)
        {
            throw new CalendarTooShortException(context.Calendar, e);
        }
    }
}

/// <summary>A decision needs a day that the calendar does not cover. Becomes the unmet guard <c>calendar-covers</c>; never leaves the decider.</summary>
internal sealed class CalendarTooShortException(string message, Exception? inner = null) : Exception(message, inner)
{
    public CalendarTooShortException(WorkingCalendar calendar, Exception? inner)
        : this($"this needs a day outside {calendar.FirstDay:yyyy-MM-dd} to {calendar.LastDay:yyyy-MM-dd}, which is all that the calendar {calendar.Version} covers; publish one that covers it", inner)
    {
    }
}
