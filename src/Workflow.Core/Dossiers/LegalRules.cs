using Workflow.Core.Deadlines;
using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

/// <summary>The rules of law that hold for an act whatever the procedure says (the invariants I1 to I8 of the one-stop regime).</summary>
internal static class LegalRules
{
    private const string Decree61 = "Decree 61/2018/ND-CP Art ";

    /// <summary>Adds what is unmet for this trigger's act.</summary>
    public static void Check(Dossier dossier, FireTrigger command, Act act, DecisionFacts facts, DecisionContext context, List<UnmetGuard> unmet)
    {
        switch (act)
        {
            case Act.Accept:
                CheckAcceptance(dossier, facts, unmet);
                break;
            case Act.Refuse:
                CheckRefusal(dossier, command, context, unmet);
                break;
            case Act.RequestSupplement:
                CheckSupplementRequest(dossier, command, context, unmet);
                break;
            case Act.RequestPayment:
                Require(command.Amount is null or > 0, "amount", "the amount to be paid must be above 0", null, unmet);
                Require(facts.FeesOutstanding > 0, "fees-due", "there is nothing to pay", null, unmet);
                break;
            case Act.Pay:
                Require(command.Payment is not null, "payment", "a payment needs its amount and method", null, unmet);
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

        if (command.Payment is { } payment)
        {
            CheckPayment(payment, unmet);
        }
    }

    public static void CheckPayment(Payment payment, List<UnmetGuard> unmet)
    {
        Require(payment.Amount > 0, "payment-amount", "a payment is above 0", null, unmet);
        Require(!string.IsNullOrWhiteSpace(payment.Method), "payment-method", "a payment names its method", null, unmet);
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
        Require(context.Time <= due.AddDays(-1), "one-day-before-due", "a new date is promised at the latest one day before the old one", Article, unmet);
        Require(LegalTime.Of(command.NewDue) > due, "later-date", "the new date must be later than the old one", Article, unmet);
        Require(!string.IsNullOrWhiteSpace(command.Reason), "reason", "a new date needs a reason", Article, unmet);
        Require(!string.IsNullOrWhiteSpace(command.ApologyDocument), "apology", "a new date needs the written apology", Article, unmet);
    }

    /// <summary>I5: the same day; what was accepted after 15:00 at the start of the next working day, taken as its first hour (Art 18).</summary>
    public static DateTimeOffset TransferDue(DateTimeOffset acceptedAt, Calendars.WorkingCalendar calendar)
    {
        var day = Calendars.WorkingCalendar.DayOf(acceptedAt);
        var inTime = calendar.IsWorkingDay(day) && TimeOnly.FromDateTime(acceptedAt.DateTime) <= new TimeOnly(15, 0);
        return inTime
            ? Calendars.WorkingCalendar.EndOf(day)
            : calendar.AddWorkingTime(Calendars.WorkingCalendar.At(calendar.NextWorkingDay(day), TimeOnly.MinValue), TimeSpan.FromHours(1));
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

    // I6.
    private static void CheckRefusal(Dossier dossier, FireTrigger command, DecisionContext context, List<UnmetGuard> unmet)
    {
        Require(!string.IsNullOrWhiteSpace(command.Reason), "reason", "a refusal needs a reason", Decree61 + "17", unmet);
        Require(!string.IsNullOrWhiteSpace(command.Ground), "ground", "a refusal needs its legal ground", Decree61 + "17", unmet);
        Require(
            dossier.Clock?.IsOverdueAt(context.Time) != true,
            "refusal-in-time",
            $"a refusal is notified within the time limit, which ended at {dossier.Clock?.Due:yyyy-MM-dd HH:mm}",
            Decree61 + "19.8",
            unmet);
    }

    // I1, I2 and I8.
    private static void CheckSupplementRequest(Dossier dossier, FireTrigger command, DecisionContext context, List<UnmetGuard> unmet)
    {
        var content = dossier.Procedure.Content;
        Require(command.Items.Count > 0, "items", "a request for supplement lists what has to be supplemented", Decree61 + "17", unmet);
        Require(!string.IsNullOrWhiteSpace(command.Reason), "reason", "a request for supplement needs a reason", Decree61 + "17", unmet);
        Require(
            dossier.SupplementCount < content.SupplementsAllowed,
            "one-supplement",
            content.SupplementsAllowed == 1 ? "a supplement was asked for once already" : $"a supplement was asked for {dossier.SupplementCount} times already",
            Decree61 + "11.2c, 15.3",
            unmet);
        var lastMoment = Deadline.Due(content.SupplementNotice, dossier.AcceptedAt ?? dossier.SubmittedAt, context.Calendar);
        Require(
            context.Time <= lastMoment,
            "supplement-notice-in-time",
            $"a supplement is asked for within {content.SupplementNotice} of reception, which ended at {lastMoment:yyyy-MM-dd HH:mm}",
            Decree61 + "19.4",
            unmet);
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
