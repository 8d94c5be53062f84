namespace Workflow.Core.Dossiers;

// What the timers ask for.
public static partial class DossierDecider
{
    private static Decision Wake(Dossier dossier, DecisionContext context)
    {
        if (!context.Actor.IsSystem)
        {
            return Decision.Refuse("system", "timers are the engine's own");
        }

        var events = new List<DossierEvent>(2);
        if (dossier.MissedAt <= context.Time)
        {
            events.Add(new DeadlineMissed(dossier.Clock!.Due!.Value));
        }
        else if (dossier.NearDueAt <= context.Time && dossier.Clock is { Due: { } near })
        {
            events.Add(new DueNear(near));
        }

        if (AddLegTimers(dossier, context, events))
        {
            return Decision.Accept(events);
        }

        // Legs that were found late or unacknowledged stay so when silence ends the step.
        dossier = events.Exists(e => e is LegEvent) ? dossier.Apply([.. events.Where(e => e is LegEvent)], context.Time) : dossier;
        var fired = dossier.TimeoutAt <= context.Time ? TimeOut(dossier, context) : null;
        if (fired is { IsAccepted: true })
        {
            // It records an overdue step itself.
            events.AddRange(fired.Events);
            return Decision.Accept(events);
        }

        if (dossier.StepDue <= context.Time)
        {
            events.Add(new StepOverdue(dossier.StateName, dossier.StepDue.Value));
        }

        if (fired is not null)
        {
            // Left open it would ask to be woken without end; dropped, silence would never have its consequence.
            var names = fired.Unmet.Select(u => u.Name).Distinct(StringComparer.Ordinal);
            events.Add(new TimeoutDeferred(TimeoutTrigger(dossier), [.. names], Moments.NextTry(context)));
        }

        return events.Count > 0 ? Decision.Accept(events) : Decision.Refuse("timer-due", "no timer of the dossier is due");
    }

    private static Decision TimeOut(Dossier dossier, DecisionContext context) => Fire(dossier, new FireTrigger(TimeoutTrigger(dossier)), context);

    private static string TimeoutTrigger(Dossier dossier) => dossier.Procedure.State(dossier.State).TimeoutTrigger!;
}
