using Workflow.Core.Calendars;
using Workflow.Core.Deadlines;
using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

/// <summary>The moments that a decision computes and writes into its events.</summary>
internal static class Moments
{
    public static DateTimeOffset? StepDue(StateDefinition state, DecisionContext context) =>
        state.Limit is { } limit ? LegalTime.Of(Deadline.Due(limit, context.Time, context.Calendar)) + LegalTime.Resolution : null;

    public static DateTimeOffset? TimeoutAt(StateDefinition state, DecisionContext context) =>
        state.Timeout is { } time ? LegalTime.Of(Deadline.Due(time, context.Time, context.Calendar)) + LegalTime.Resolution : null;

    public static Promise Promise(DeadlineClock clock, DecisionContext context) =>
        new(clock.PromisedDue, clock.UnrolledEnd, NearDue(clock.PromisedDue, context), context.Calendar.Version);

    /// <summary>The opening of the last working day before the due day; null when that is not ahead any more.</summary>
    public static DateTimeOffset? NearDue(DateTimeOffset due, DecisionContext context)
    {
        var day = WorkingCalendar.DayOf(due).AddDays(-1);
        while (day >= context.Calendar.FirstDay && !context.Calendar.IsWorkingDay(day))
        {
            day = day.AddDays(-1);
        }

        if (day < context.Calendar.FirstDay)
        {
            return null;
        }

        var moment = context.Calendar.NextOfficeMoment(WorkingCalendar.At(day, TimeOnly.MinValue));
        return moment > context.Time ? moment : null;
    }
}
