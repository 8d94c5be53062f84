using Workflow.Core.Deadlines;
using Workflow.Core.Machines;
using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

/// <summary>The events of an accepted trigger: what the command brings, the move, what the act means, what becomes of the clock.</summary>
internal static class TriggerEvents
{
    public static List<DossierEvent> Of(
        Dossier dossier, FireTrigger command, TriggerDefinition trigger, Firing firing, DecisionFacts facts, DecisionContext context)
    {
        var procedure = dossier.Procedure;
        var to = procedure.State(firing.Destination);
        var events = new List<DossierEvent>(2);
        if (dossier.StepDue <= context.Time)
        {
            // The engine's timer may come after the person who ends the step; what was late is recorded all the same.
            events.Add(new StepOverdue(dossier.StateName, dossier.StepDue.Value));
        }

        AddParts(procedure, command, trigger.Act, events);
        events.Add(Move(dossier, command, trigger, firing.Outcome, to, context));
        var started = AddAct(dossier, command, trigger.Act, facts, context, events);
        AddClock(dossier, started ?? dossier.Clock, to, context, events);
        return events;
    }

    private static DossierMoved Move(
        Dossier dossier, FireTrigger command, TriggerDefinition trigger, FiringOutcome outcome, StateDefinition to, DecisionContext context)
    {
        var note = command.Reason is null || trigger.Act is Act.Refuse or Act.RequestSupplement ? null : new PersonalData { Note = command.Reason };
        if (outcome is FiringOutcome.Ignored or FiringOutcome.Internal)
        {
            // No state was left, so its timers run on; one that has passed has had its effect.
            return new DossierMoved(trigger.Name, trigger.Act, to.Name, to.Name, to.Status, dossier.Role)
            {
                Stays = true,
                TimeoutAt = dossier.TimeoutAt > context.Time ? dossier.TimeoutAt : null,
                Personal = note,
            };
        }

        return new DossierMoved(trigger.Name, trigger.Act, dossier.StateName, to.Name, to.Status, to.Role)
        {
            StepDue = Moments.StepDue(dossier, to, context),
            TimeoutAt = Moments.TimeoutAt(to, context),
            Closes = to.IsFinal,
            Personal = note,
        };
    }

    private static void AddParts(Procedure procedure, FireTrigger command, Act act, List<DossierEvent> events)
    {
        if (command.Documents.Count > 0)
        {
            events.Add(new DocumentsAttached([.. command.Documents]));
        }

        if (command.Fields.Count > 0)
        {
            var personal = SubmissionRules.PersonalFields(procedure, command.Fields);
            events.Add(new FieldsSet(SubmissionRules.Public(procedure, command.Fields))
            {
                Personal = personal.Count > 0 ? new PersonalData { Fields = personal } : null,
            });
        }

        if (act == Act.Supplement)
        {
            events.Add(new SupplementReceived());
        }

        if (command.Payment is { } payment)
        {
            events.Add(new PaymentReceived(payment));
        }
    }

    // Returns the clock that an acceptance starts.
    private static DeadlineClock? AddAct(Dossier dossier, FireTrigger command, Act act, DecisionFacts facts, DecisionContext context, List<DossierEvent> events)
    {
        var procedure = dossier.Procedure;
        switch (act)
        {
            case Act.Accept when procedure.Cases.Limit(facts) is { } limit:
                var clock = Moments.Start(procedure, limit.Limit, context);
                events.Add(new DossierAccepted(limit.Text, Moments.Promise(clock, context), procedure.FeesTotal(facts)));
                return clock;
            case Act.Accept:
                events.Add(new DossierAccepted(null, null, procedure.FeesTotal(facts)));
                break;
            case Act.Refuse:
                events.Add(new DossierRefused(command.Ground!) { Personal = new PersonalData { Note = command.Reason } });
                break;
            case Act.RequestSupplement:
                events.Add(new SupplementRequested([.. command.Items]) { Personal = new PersonalData { Note = command.Reason } });
                break;
            case Act.RequestPayment:
                events.Add(new PaymentRequested(command.Amount ?? 0, facts.FeesOutstanding));
                break;
            case Act.Transfer:
                var dueBy = Moments.TransferDue(dossier.AcceptedAt ?? dossier.SubmittedAt, context);
                events.Add(new DossierTransferred(dossier.Unit, dossier.CompetentUnit, dueBy, context.Time >= TimelinessRule.FirstLateMoment(dueBy)));
                break;
            case Act.Sign:
                events.Add(new DecisionSigned(command.Result));
                break;
        }

        return null;
    }

    // The clock follows the portal status: 5 suspends it unless the procedure says that a supplement does not, 6 always does, and so
    // does 8 where work may go on; the ends stop it for good. A state whose time is not counted suspends it whatever its status.
    private static void AddClock(Dossier dossier, DeadlineClock? clock, StateDefinition to, DecisionContext context, List<DossierEvent> events)
    {
        if (clock is not { StoppedAt: null })
        {
            return;
        }

        var policy = dossier.Procedure.Content.Clock;
        if (to.IsFinal || (to.Status is { } end && end != PortalStatus.Stopped && PortalStatuses.StopsClock(end)))
        {
            var due = LegalTime.Of(clock.PromisedDue);
            events.Add(new ClockStopped(due, TimelinessRule.Of(clock.SuspendedAt ?? context.Time, due)));
            return;
        }

        var suspends = ClockRules.StatusSuspends(dossier.Procedure, to.Status);
        if ((suspends || to.SuspendsClock) && clock.SuspendedAt is null)
        {
            events.Add(new ClockSuspended(suspends ? to.Status : null));
        }
        else if (!suspends && !to.SuspendsClock && clock.SuspendedAt is not null)
        {
            // Only a supplement may start the limit again; a payment, a stop or time that is not counted merely held it up.
            var restarts = policy == ClockPolicy.Restart && dossier.Status == PortalStatus.SupplementRequested
                && !dossier.Procedure.State(dossier.State).SuspendsClock;
            var held = DeadlineClock.Restore(
                clock.Limit, restarts ? ClockPolicy.Restart : ClockPolicy.Resume, clock.StartedAt, clock.UnrolledEnd, clock.PromisedDue, clock.SuspendedAt, null);
            events.Add(new ClockResumed(restarts, Moments.Promise(Moments.Resume(dossier.Procedure, held, context), context)));
        }
    }
}
