using Workflow.Core.Definitions;
using Workflow.Core.Machines;
using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

/// <summary>Decides commands: the same dossier, command and context give the same decision, on any machine, for ever.</summary>
/// <remarks>
/// Pure and safe to call from many threads: no clock, no randomness, no I/O. A refusal names every guard that is unmet; where what
/// the command brings is malformed in itself (guards <c>text</c>, <c>list</c>, <c>field</c>, <c>document</c>, <c>payment-amount</c>, ...),
/// that alone, since no other guard can then be judged. No content of a command makes it throw.
/// </remarks>
public static partial class DossierDecider
{
    /// <summary>Decides a submission, which makes a dossier of this code.</summary>
    /// <param name="procedure">The procedure in the version that the dossier will keep.</param>
    /// <param name="code">The code that the dossier will bear.</param>
    /// <param name="command">The submission.</param>
    /// <param name="context">The time, the person, the calendar and the units.</param>
    public static Decision Submit(Procedure procedure, DossierCode code, SubmitDossier command, DecisionContext context)
    {
        var unmet = new List<UnmetGuard>();
        ContentRules.Check(command, unmet);
        TextRules.DemandName(context.Actor.Id, "actor", unmet);
        if (unmet.Count > 0)
        {
            return Decision.Refuse(unmet);
        }

        SubmissionRules.Check(procedure, command, context, unmet);
        if (unmet.Count > 0)
        {
            return Decision.Refuse(unmet);
        }

        try
        {
            var submitted = Submitted(procedure, code, command, context);
            var begun = Begun(procedure, submitted, context);
            if (command.Trigger is null || !begun.IsAccepted)
            {
                return begun;
            }

            var fired = Fire(Dossier.Create(procedure, begun.Events, context.Time), new FireTrigger(command.Trigger), context);
            return fired.IsAccepted ? Decision.Accept([.. begun.Events, .. fired.Events]) : fired;
        }
        catch (CalendarTooShortException e)
        {
            return Decision.Refuse("calendar-covers", e.Message);
        }
    }

    /// <summary>Decides a command on a dossier.</summary>
    /// <param name="dossier">The dossier as it is.</param>
    /// <param name="command">The command; a submission is refused.</param>
    /// <param name="context">The time, the person, the calendar and the units.</param>
    public static Decision Decide(Dossier dossier, DossierCommand command, DecisionContext context)
    {
        if (context.Time < dossier.LastOccurredAt)
        {
            return Decision.Refuse([TimeOrder(dossier)]);
        }

        if (dossier.IsClosed)
        {
            return Decision.Refuse("open", $"the dossier ended at {dossier.ClosedAt:yyyy-MM-dd HH:mm} in state '{dossier.StateName}'");
        }

        try
        {
            return command switch
            {
                FireTrigger fire => Fire(dossier, fire, context),
                AssignDossier assign => Assign(dossier, assign, context),
                AttachDocuments attach => Attach(dossier, attach, context),
                RecordPayment record => Record(dossier, record, context),
                ReappointDossier reappoint => Reappoint(dossier, reappoint, context),
                WakeDossier => Wake(dossier, context),
                HandOverDossier handOver => HandOver(dossier, handOver, context),
                MigrateDossier migrate => Migrate(dossier, migrate, context),
                TakeBackMigration takeBack => TakeBack(dossier, takeBack, context),
                OpenLeg open => Open(dossier, open, context),
                AcknowledgeLeg acknowledge => Acknowledge(dossier, acknowledge, context),
                EndLeg end => End(dossier, end, context),
                ProjectDeadline project => Project(dossier, project, context),
                _ => Decision.Refuse("submission", "the dossier exists, so it cannot be submitted again"),
            };
        }
        catch (CalendarTooShortException e)
        {
            return Decision.Refuse("calendar-covers", e.Message);
        }
    }

    /// <summary>Says for every trigger of the dossier's state whether the person may fire it now and, where not, why not.</summary>
    /// <remarks>
    /// What a command must bring along (a reason, a payment, an amount) is not counted as unmet here; what the law demands of the
    /// dossier, the time and the person is. Triggers of the state itself come first, then those of its superstates.
    /// </remarks>
    public static IReadOnlyList<PermittedTrigger> Permitted(Dossier dossier, DecisionContext context)
    {
        var procedure = dossier.Procedure;
        var facts = new DecisionFacts(dossier, context, null);
        var answers = new List<PermittedTrigger>();
        var seen = new HashSet<TriggerId>();
        for (StateId? at = dossier.State; at is { } state && !dossier.IsClosed; at = procedure.Table.Parent(state))
        {
            foreach (var transition in procedure.Table.Transitions)
            {
                if (transition.Source != state || !seen.Add(transition.Trigger))
                {
                    continue;
                }

                var unmet = new List<UnmetGuard>();
                var firing = procedure.Table.Evaluate(dossier.State, transition.Trigger, facts);
                TriggerRules.CheckFiring(dossier, firing, facts, unmet);
                var roles = TriggerRules.Roles(dossier, firing);
                TriggerRules.CheckActor(dossier, roles, context, unmet);
                var trigger = procedure.Trigger(transition.Trigger);
                CheckDossier(dossier, trigger.Act, facts, context, unmet);
                answers.Add(new PermittedTrigger(trigger.Name, trigger.Act, roles, unmet));
            }
        }

        return answers;
    }

    private static void CheckDossier(Dossier dossier, Act act, DecisionFacts facts, DecisionContext context, List<UnmetGuard> unmet)
    {
        if (context.Time < dossier.LastOccurredAt)
        {
            unmet.Add(TimeOrder(dossier));
        }

        try
        {
            LegalRules.CheckDossier(dossier, act, facts, context, unmet);
        }
        catch (CalendarTooShortException e)
        {
            unmet.Add(new UnmetGuard("calendar-covers", e.Message));
        }
    }

    private static UnmetGuard TimeOrder(Dossier dossier) =>
        new("time-order", $"the dossier's last command occurred at {dossier.LastOccurredAt:yyyy-MM-dd'T'HH:mm:ss.fffzzz}, after this one");

    private static DossierSubmitted Submitted(Procedure procedure, DossierCode code, SubmitDossier command, DecisionContext context)
    {
        var initial = procedure.State(procedure.Table.Initial);
        return new DossierSubmitted(
            code.Value,
            procedure.Code,
            procedure.Version.Number,
            procedure.ContentHash,
            initial.Name,
            initial.Status,
            initial.Role,
            command.ReceivingUnit,
            command.CompetentUnit ?? command.ReceivingUnit,
            command.Channel,
            procedure.Content.OnlineLevel,
            command.LegOf?.Owner ?? context.Actor.Id)
        {
            Parent = command.LegOf?.Parent,
            LegNumber = command.LegOf?.Number,
            StepDue = Moments.StepDue(procedure, initial, context),
            TimeoutAt = Moments.TimeoutAt(initial, context),
            Documents = [.. command.Documents],
            Fields = SubmissionRules.Public(procedure, command.Fields),
            Personal = SubmissionRules.Personal(procedure, command),
        };
    }

    private static Decision Fire(Dossier dossier, FireTrigger command, DecisionContext context, int joins = 0)
    {
        var unmet = new List<UnmetGuard>();
        ContentRules.Check(command, unmet);
        if (unmet.Count > 0)
        {
            return Decision.Refuse(unmet);
        }

        var procedure = dossier.Procedure;
        if (!procedure.Table.TryGetTrigger(command.Trigger, out var trigger))
        {
            var mend = Spelling.Nearest(command.Trigger, procedure.Content.Transitions.Select(t => t.Trigger)) is { } nearest ? $"; did you mean '{nearest}'?" : string.Empty;
            return Decision.Refuse("permitted", $"the procedure {procedure} has no trigger '{command.Trigger}'{mend}");
        }

        // Before the guards, which may rely on the types of fields.
        SubmissionRules.CheckParts(procedure, command.Fields, command.Documents, unmet);
        if (unmet.Count > 0)
        {
            return Decision.Refuse(unmet);
        }

        var facts = new DecisionFacts(dossier, context, command);
        var firing = procedure.Table.Evaluate(dossier.State, trigger, facts);
        var definition = procedure.Trigger(trigger);
        TriggerRules.CheckFiring(dossier, firing, facts, unmet);
        TriggerRules.CheckActor(dossier, TriggerRules.Roles(dossier, firing), context, unmet);
        LegalRules.CheckDossier(dossier, definition.Act, facts, context, unmet);
        LegalRules.CheckCommand(command, definition.Act, facts, unmet);
        return unmet.Count > 0 ? Decision.Refuse(unmet) : WithLegs(dossier, TriggerEvents.Of(dossier, command, definition, firing, facts, context), context, joins);
    }
}
