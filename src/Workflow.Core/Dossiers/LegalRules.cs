using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

/// <summary>The rules of law that hold for an act whatever the procedure says (the invariants I1 to I8 of the one-stop regime).</summary>
internal static class LegalRules
{
    private const string Decree61 = "Decree 61/2018/ND-CP Art ";

    /// <summary>Adds what is unmet for this act in the dossier as it is, whatever the command says.</summary>
    public static void CheckDossier(Dossier dossier, Act act, DecisionFacts facts, DecisionContext context, List<UnmetGuard> unmet)
    {
        switch (act)
        {
            case Act.Accept:
                CheckAcceptance(dossier, facts, unmet);
                break;
            case Act.Refuse when dossier.Clock is { } clock && clock.IsOverdueAt(context.Time):
                unmet.Add(new UnmetGuard("refusal-in-time", $"a refusal is notified within the time limit, which ended at {clock.PromisedDue:yyyy-MM-dd HH:mm}", Decree61 + "19.8"));
                break;
            case Act.RequestSupplement:
                CheckSupplementRequest(dossier, context, unmet);
                break;
            case Act.Withdraw:
                Require(!dossier.HasDecision, "no-decision", "a decision has been signed, so the dossier can no longer be withdrawn", null, unmet);
                break;
            case Act.Stop:
                Require(!dossier.HasDecision, "no-decision", "a decision has been signed, so the dossier can no longer be stopped", "Circular 03/2025/TT-VPCP Art 7", unmet);
                break;
            case Act.Sign:
                Require(!dossier.HasDecision, "no-decision", "a decision has been signed already", null, unmet);
                break;
            case Act.ReturnResult:
                Require(dossier.HasDecision || !dossier.Procedure.HasAct(Act.Sign), "decision", "there is no signed decision whose result could be returned", null, unmet);
                break;
        }
    }

    /// <summary>Adds what the act needs and the command lacks, and what the command brings that the act has no use for.</summary>
    public static void CheckCommand(FireTrigger command, Act act, DecisionFacts facts, List<UnmetGuard> unmet)
    {
        switch (act)
        {
            case Act.Refuse:
                Require(!string.IsNullOrWhiteSpace(command.Reason), "reason", "a refusal needs a reason", Decree61 + "17", unmet);
                Require(!string.IsNullOrWhiteSpace(command.Ground), "ground", "a refusal needs its legal ground", Decree61 + "17", unmet);
                break;
            case Act.RequestSupplement:
                Require(command.Items.Count > 0, "items", "a request for supplement lists what has to be supplemented", Decree61 + "17", unmet);
                Require(!string.IsNullOrWhiteSpace(command.Reason), "reason", "a request for supplement needs a reason", Decree61 + "17", unmet);
                break;
            case Act.RequestPayment:
                Require(facts.FeesOutstanding > 0, "fees-due", "there is nothing to pay", null, unmet);
                break;
            case Act.Pay:
                Require(command.Payment is not null, "payment", "a payment needs its amount and method", null, unmet);
                break;
        }

        // Nothing is dropped in silence: what no event of this act would keep is refused.
        Require(command.Ground is null || act == Act.Refuse, "ground", "a legal ground belongs to a refusal", null, unmet);
        Require(command.Items.Count == 0 || act == Act.RequestSupplement, "items", "items belong to a request for supplement", null, unmet);
        Require(command.Amount is null || act == Act.RequestPayment, "amount", "an amount to be paid belongs to a request for payment", null, unmet);
        Require(command.Result is null || act == Act.Sign, "result", "a result belongs to a signed decision", null, unmet);
    }

    /// <summary>I4: one new date, later than the old, with reason and apology, at the latest one day before the old one.</summary>
    public static void CheckReappointment(Dossier dossier, ReappointDossier command, DecisionContext context, List<UnmetGuard> unmet)
    {
        const string Article = Decree61 + "19.9";
        if (dossier.Clock is not { StoppedAt: null, Due: { } due })
        {
            unmet.Add(new UnmetGuard("clock-running", "there is no running time limit to extend", Article));
            return;
        }

        Require(dossier.ReappointmentCount == 0, "one-reappointment", "a new date was promised once already", Article, unmet);
        Require(context.Time < TimelinessRule.FirstLateMoment(due.AddDays(-1)), "one-day-before-due", "a new date is promised at the latest one day before the old one", Article, unmet);
        Require(LegalTime.Of(command.NewDue) > due, "later-date", "the new date must be later than the old one", Article, unmet);
        Require(!string.IsNullOrWhiteSpace(command.Reason), "reason", "a new date needs a reason", Article, unmet);
        Require(!string.IsNullOrWhiteSpace(command.ApologyDocument), "apology", "a new date needs the written apology", Article, unmet);
    }

    // Art 17: a receipt is given for a complete and valid dossier.
    private static void CheckAcceptance(Dossier dossier, DecisionFacts facts, List<UnmetGuard> unmet)
    {
        Require(dossier.AcceptedAt is null, "not-accepted-yet", "the dossier was accepted already", null, unmet);
        if (facts.FirstMissingDocument() is { } missing)
        {
            unmet.Add(new UnmetGuard("documents-complete", $"the required document '{missing}' is missing", Decree61 + "17"));
        }
    }

    // I1, I2 and I8.
    private static void CheckSupplementRequest(Dossier dossier, DecisionContext context, List<UnmetGuard> unmet)
    {
        var content = dossier.Procedure.Content;
        if (dossier.SupplementCount >= content.SupplementsAllowed)
        {
            var message = dossier.SupplementCount switch
            {
                0 => "this procedure asks for no supplement",
                1 => "a supplement was asked for once already",
                _ => $"a supplement was asked for {dossier.SupplementCount} times already",
            };
            unmet.Add(new UnmetGuard("one-supplement", message, Decree61 + "11.2c, 15.3"));
        }

        // A further request, where a procedure allows one, judges the dossier as supplemented: its notice counts from there.
        var received = dossier.AcceptedAt ?? dossier.SubmittedAt;
        var supplemented = dossier.SupplementedAt is { } again && again > received;
        var lastMoment = Moments.Due(content.SupplementNotice, supplemented ? dossier.SupplementedAt!.Value : received, context);
        if (context.Time >= TimelinessRule.FirstLateMoment(lastMoment))
        {
            unmet.Add(new UnmetGuard(
                "supplement-notice-in-time",
                $"a supplement is asked for within {content.SupplementNotice} of {(supplemented ? "the supplement" : "reception")}, which ended at {lastMoment:yyyy-MM-dd HH:mm}",
                Decree61 + "19.4"));
        }

        if (content.Roles.Count > 0)
        {
            Require(
                context.Actor.Has(ProcedureContent.OneStopRole) && context.Actor.Unit == dossier.ReceivingUnit,
                "one-stop-asks",
                "only the one-stop shop that received the dossier asks the citizen for a supplement",
                Decree61 + "5.1",
                unmet);
        }
    }

    private static void Require(bool holds, string name, string message, string? article, List<UnmetGuard> unmet)
    {
        if (!holds)
        {
            unmet.Add(new UnmetGuard(name, message, article));
        }
    }
}
