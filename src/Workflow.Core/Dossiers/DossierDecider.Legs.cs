using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

// The parts of other agencies.
public static partial class DossierDecider
{
    // So many ways on may follow from one command without anybody's waiting; more go round in a circle.
    private const int MostJoins = 16;

    private static Decision Open(Dossier dossier, OpenLeg command, DecisionContext context)
    {
        if (!context.Actor.IsSystem)
        {
            return NotTheEngine();
        }

        return dossier.LegBook?.Find(command.Number) is { Code: null, State: not LegState.Planned } leg && DossierCode.IsCode(command.Code)
            ? Decision.Accept([new LegOpened(leg.Number, leg.Name, command.Code)])
            : NotAwaited(command.Number);
    }

    private static Decision Acknowledge(Dossier dossier, AcknowledgeLeg command, DecisionContext context)
    {
        if (!context.Actor.IsSystem)
        {
            return NotTheEngine();
        }

        if (dossier.LegBook?.Find(command.Number) is not { State: LegState.Dispatched } leg)
        {
            return NotAwaited(command.Number);
        }

        var at = Told(command.At, context);
        var events = new List<DossierEvent>(2);
        AddAlerts(leg with { Due = null }, at, events);
        events.Add(new LegAcknowledged(leg.Number, leg.Name, at));
        return Decision.Accept(events);
    }

    private static Decision End(Dossier dossier, EndLeg command, DecisionContext context)
    {
        if (!context.Actor.IsSystem)
        {
            return NotTheEngine();
        }

        if (dossier.LegBook?.Find(command.Number) is not { Outcome: null } leg || !(leg.IsOpen || leg.State == LegState.DeemedAgreed))
        {
            return NotAwaited(command.Number);
        }

        var at = Told(command.At, context);
        var ended = new LegEnded(leg.Number, leg.Name, command.Outcome, at)
        {
            Result = command.Result, State = command.State, Status = command.Status, Unmet = [.. command.Unmet],
        };
        if (leg.State == LegState.DeemedAgreed)
        {
            // It is on record, and the agency stays responsible for its silence.
            return Decision.Accept([ended]);
        }

        var events = new List<DossierEvent>(4);
        AddAlerts(leg, at, events);
        if (leg.DeemedAt <= at)
        {
            // The law counts from the moment of silence, not from when a timer told of it.
            events.Add(new LegDeemedAgreed(leg.Number, leg.Name, leg.Unit, leg.DeemedAt.Value));
        }

        events.Add(ended);
        WayOnOrDeferred(dossier.Apply(events, context.Time), context, events, 0);
        return Decision.Accept(events);
    }

    // Returns whether the dossier moved.
    private static bool AddLegTimers(Dossier dossier, DecisionContext context, List<DossierEvent> events)
    {
        if (dossier.LegBook?.NextWakeUp is not { } next || next > context.Time)
        {
            return false;
        }

        var before = events.Count;
        var follows = dossier.LegsRetryAt <= context.Time;
        for (var i = 0; i < dossier.Legs.Count; i++)
        {
            var leg = dossier.Legs[i];
            if (!leg.IsOpen)
            {
                continue;
            }

            AddAlerts(leg, context.Time, events);
            if (leg.DeemedAt <= context.Time)
            {
                events.Add(new LegDeemedAgreed(leg.Number, leg.Name, leg.Unit, leg.DeemedAt.Value));
                follows = true;
            }
        }

        if (!follows)
        {
            return false;
        }

        var now = events.Count > before ? dossier.Apply(events.GetRange(before, events.Count - before), context.Time) : dossier;
        var told = events.Count;
        WayOnOrDeferred(now, context, events, 0);
        if (events.Count == told && dossier.LegsRetryAt <= context.Time)
        {
            // Nothing is to be done any more; without a word it would ask to be woken without end.
            events.Add(new LegsDeferred(null, ["leg-awaited"], NextTry(context)));
        }

        return events.Exists(e => e is DossierMoved);
    }

    private static void AddAlerts(DossierLeg leg, DateTimeOffset at, List<DossierEvent> events)
    {
        if (leg is { State: LegState.Dispatched, IsUnacknowledged: false, AcknowledgeBy: { } by } && at >= TimelinessRule.FirstLateMoment(by))
        {
            events.Add(new LegUnacknowledged(leg.Number, leg.Name, by));
        }

        if (leg is { IsLate: false, Due: { } due } && at >= TimelinessRule.FirstLateMoment(due))
        {
            events.Add(new LegLate(leg.Number, leg.Name, due));
        }
    }

    // The submission, and the legs of the state in which it begins.
    private static Decision Begun(Procedure procedure, DossierSubmitted submitted, DecisionContext context)
    {
        if (procedure.State(procedure.Table.Initial).Legs.Count == 0)
        {
            return Decision.Accept([submitted]);
        }

        return Entered(Dossier.Create(procedure, [submitted], context.Time), [submitted], context, 0);
    }

    // What a move means for the legs that it leaves behind, for those that it begins, and for a dossier that is a leg itself.
    private static Decision WithLegs(Dossier dossier, List<DossierEvent> events, DecisionContext context, int joins = 0)
    {
        if (dossier.LegBook is null && dossier.Procedure.Content.Legs.Count == 0)
        {
            return Decision.Accept(events);
        }

        var moved = (DossierMoved)events.FindLast(e => e is DossierMoved)!;
        LegRules.AddReports(dossier, moved, context, events);
        if (moved.Stays)
        {
            return Decision.Accept(events);
        }

        LegRules.AddRecalls(dossier, events);
        return dossier.Procedure.State(dossier.Procedure.Table.State(moved.To)).Legs.Count == 0
            ? Decision.Accept(events)
            : Entered(dossier.Apply(events, context.Time), events, context, joins);
    }

    private static Decision Entered(Dossier dossier, List<DossierEvent> events, DecisionContext context, int joins)
    {
        var unmet = new List<UnmetGuard>();
        var awaited = LegRules.Plan(dossier, context, unmet);
        if (unmet.Count > 0)
        {
            return Decision.Refuse(unmet);
        }

        events.Add(awaited);
        AddWayOn(dossier.Apply([awaited], context.Time), context, events, joins);
        return Decision.Accept(events);
    }

    // What the engine tells is on record, whatever keeps the dossier from going on.
    private static void WayOnOrDeferred(Dossier dossier, DecisionContext context, List<DossierEvent> events, int joins)
    {
        var before = events.Count;
        try
        {
            AddWayOn(dossier, context, events, joins);
        }
        catch (CalendarTooShortException)
        {
            events.RemoveRange(before, events.Count - before);
            events.Add(new LegsDeferred(null, ["calendar-covers"], NextTry(context)));
        }
    }

    // Fires what the legs ask for, or sends out those whose turn it is.
    private static void AddWayOn(Dossier dossier, DecisionContext context, List<DossierEvent> events, int joins)
    {
        if (LegRules.WayOn(dossier, context) is not { } trigger)
        {
            LegRules.AddDispatches(dossier, context, events);
            return;
        }

        var system = new DecisionContext(context.Time, Actor.System, context.Calendar, context.Units);
        var fired = joins < MostJoins
            ? Fire(dossier, new FireTrigger(trigger), system, joins + 1)
            : Decision.Refuse("legs-circle", "the ways on from states without legs go round in a circle");
        if (fired.IsAccepted)
        {
            events.AddRange(fired.Events);
            return;
        }

        events.Add(new LegsDeferred(trigger, [.. fired.Unmet.Select(u => u.Name).Distinct(StringComparer.Ordinal)], NextTry(context)));
    }

    private static DateTimeOffset NextTry(DecisionContext context)
    {
        try
        {
            return Moments.NextTry(context);
        }
        catch (CalendarTooShortException)
        {
            return context.Time.AddDays(1);
        }
    }

    // Nobody tells of what has not happened yet.
    private static DateTimeOffset Told(DateTimeOffset at, DecisionContext context) => at < context.Time ? LegalTime.Of(at) : context.Time;

    private static Decision NotTheEngine() => Decision.Refuse("system", "what becomes of legs is told by the engine alone");

    private static Decision NotAwaited(int number) => Decision.Refuse("leg-awaited", $"the dossier does not wait for that of its leg {number}");
}
