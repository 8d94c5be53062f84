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
        var events = new List<DossierEvent>();
        AddParts(procedure, command, trigger.Act, events);
        events.Add(new DossierMoved(trigger.Name, trigger.Act, dossier.StateName, to.Name, to.Status, to.Role)
        {
            StepDue = Moments.StepDue(to, context),
            TimeoutAt = Moments.TimeoutAt(to, context),
            Closes = to.IsFinal,
            Personal = command.Reason is null || trigger.Act is Act.Refuse or Act.RequestSupplement ? null : new PersonalData { Note = command.Reason },
        });
        AddAct(dossier, command, trigger.Act, facts, context, events);
        AddClock(dossier, trigger.Act, to, context, events);
        return events;
    }

    private static void AddParts(Procedure procedure, FireTrigger command, Act act, List<DossierEvent> events)
    {
        if (command.Documents.Count > 0)
        {
            events.Add(new DocumentsAttached(command.Documents));
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

    private static void AddAct(Dossier dossier, FireTrigger command, Act act, DecisionFacts facts, DecisionContext context, List<DossierEvent> events)
    {
        var procedure = dossier.Procedure;
        switch (act)
        {
            case Act.Accept when procedure.Content.Limit is { } limit:
                var clock = DeadlineClock.Start(limit, procedure.Content.Clock, context.Time, context.Calendar);
                events.Add(new DossierAccepted(limit.ToString(), Moments.Promise(clock, context), procedure.FeesTotal));
                break;
            case Act.Accept:
                events.Add(new DossierAccepted(null, null, procedure.FeesTotal));
                break;
            case Act.Refuse:
                events.Add(new DossierRefused(command.Ground!) { Personal = new PersonalData { Note = command.Reason } });
                break;
            case Act.RequestSupplement:
                events.Add(new SupplementRequested(command.Items) { Personal = new PersonalData { Note = command.Reason } });
                break;
            case Act.RequestPayment:
                events.Add(new PaymentRequested(command.Amount ?? 0, facts.FeesOutstanding));
                break;
            case Act.Transfer:
                var dueBy = LegalRules.TransferDue(dossier.AcceptedAt ?? dossier.SubmittedAt, context.Calendar);
                events.Add(new DossierTransferred(dossier.Unit, dossier.CompetentUnit, dueBy, context.Time > dueBy));
                break;
            case Act.Sign:
                events.Add(new DecisionSigned(command.Result));
                break;
        }
    }

    // The clock follows the portal status: 5 and 6 suspend it, and so does 8 where work may go on; the ends stop it for good.
    private static void AddClock(Dossier dossier, Act act, StateDefinition to, DecisionContext context, List<DossierEvent> events)
    {
        if (dossier.Clock is not { StoppedAt: null } clock || act == Act.Accept)
        {
            return;
        }

        var from = dossier.Procedure.State(dossier.State).Status;
        var stops = to.IsFinal || (to.Status is { } status && PortalStatuses.StopsClock(status) && status != PortalStatus.Stopped);
        var suspends = !stops && to.Status is { } next && (PortalStatuses.SuspendsClock(next) || next == PortalStatus.Stopped);
        if (stops)
        {
            events.Add(new ClockStopped(clock.PromisedDue, TimelinessRule.Of(clock.SuspendedAt ?? context.Time, clock.PromisedDue)));
        }
        else if (suspends && clock.SuspendedAt is null)
        {
            events.Add(new ClockSuspended(to.Status!.Value));
        }
        else if (!suspends && clock.SuspendedAt is not null)
        {
            // Only a supplement may start the limit again; a payment or a stop merely held it up.
            var restarts = from == PortalStatus.SupplementRequested && dossier.Procedure.Content.Clock == ClockPolicy.Restart;
            var policy = from == PortalStatus.SupplementRequested ? dossier.Procedure.Content.Clock : ClockPolicy.Resume;
            var resumed = DeadlineClock
                .Restore(clock.Limit, policy, clock.StartedAt, clock.UnrolledEnd, clock.PromisedDue, clock.SuspendedAt, null)
                .Resume(context.Time, context.Calendar);
            events.Add(new ClockResumed(restarts, Moments.Promise(resumed, context)));
        }
    }
}
