using Workflow.Core.Calendars;
using Workflow.Core.Deadlines;

namespace Workflow.Core.Dossiers;

// What a calendar that was published later does to a promise.
public static partial class DossierDecider
{
    private static Decision Project(Dossier dossier, ProjectDeadline command, DecisionContext context)
    {
        if (!context.Actor.IsSystem)
        {
            return Decision.Refuse("system", "promised dates are computed again by the engine, when a calendar is published");
        }

        // What other agencies have been given is counted again beside the promise, also where that stays.
        var legs = LegRules.Rescheduled(dossier, context).ToList();
        var promise = Promised(dossier, command, context);
        return legs.Count == 0 || promise.Unmet.Any(u => u.Name == "count-known") ? promise : Decision.Accept([.. promise.Events, .. legs]);
    }

    private static Decision Promised(Dossier dossier, ProjectDeadline command, DecisionContext context)
    {
        if (dossier.Clock is not { StoppedAt: null } clock)
        {
            return Decision.Refuse("clock-running", "there is no running time limit to count again");
        }

        if (!dossier.IsCountKnown)
        {
            return Decision.Refuse("count-known", "an earlier release stored the dossier without how its limit ran; rebuild it from its history first");
        }

        var (end, due) = Chosen(command.Policy, clock, Moments.Count(dossier, clock, context), context.Calendar);
        if (due == clock.PromisedDue && end == clock.UnrolledEnd)
        {
            return Decision.Refuse("promise-changed", $"the calendar {context.Calendar.Version} leaves the promised date as it is, {due:yyyy-MM-dd HH:mm}");
        }

        var near = clock.SuspendedAt is null ? Moments.NearDue(due, context) : null;
        return Decision.Accept(
        [
            new PromiseRecomputed(
                RecomputationReason.CalendarChanged, command.Policy, clock.PromisedDue, dossier.Calendar, new Promise(due, end, near, context.Calendar.Version)),
        ]);
    }

    private static (DateTimeOffset End, DateTimeOffset Due) Chosen(ProjectionPolicy policy, DeadlineClock promised, DeadlineClock counted, WorkingCalendar calendar)
    {
        var (end, due) = (LegalTime.Of(counted.UnrolledEnd), LegalTime.Of(counted.PromisedDue));
        if (policy == ProjectionPolicy.Recompute || due <= promised.PromisedDue)
        {
            return (end, due);
        }

        // No later than what is computed: a limit of hours may end within the next working day.
        var kept = LegalTime.Of(Deadline.Roll(promised.PromisedDue, calendar));
        return kept < due ? (promised.UnrolledEnd, kept) : (end, due);
    }
}
