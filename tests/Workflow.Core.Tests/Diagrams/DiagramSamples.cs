using Workflow.Core.Deadlines;
using Workflow.Core.Diagrams;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using Workflow.Core.Tests.Dossiers;

namespace Workflow.Core.Tests.Diagrams;

/// <summary>Procedures whose pictures are looked at.</summary>
internal static class DiagramSamples
{
    /// <summary>Thirty states: an intake, four departments in turn with checks and consultations, payment, and five ends.</summary>
    public static Procedure Thirty { get; } = BuildThirty();

    /// <summary>Superstates, one within the other, with edges into, out of and within them; a state with legs; a loop.</summary>
    public static Procedure Nested { get; } = BuildNested();

    /// <summary>A dossier that was sent back for a supplement, appraised again and is being signed.</summary>
    public static DossierPath Path { get; } = BuildPath();

    private static Procedure BuildThirty()
    {
        var builder = new ProcedureBuilder("9.000030").Named("Thủ tục ba mươi trạng thái", "A procedure of thirty states").Limit("30 working days")
            .Roles("reception", "professional", "head", "coordinating-agency", "applicant", "accounting", "system");
        State("submitted", "Submitted", PortalStatus.Registered, "reception").Permit("accept", "received").Permit("request-supplement", "incomplete").Permit("refuse", "refused").Permit("withdraw", "withdrawn");
        State("incomplete", "Awaiting a supplement at intake", PortalStatus.SupplementRequested, "applicant").Permit("supplement", "supplemented").Permit("withdraw", "withdrawn");
        State("supplemented", "Supplemented, awaiting reception", PortalStatus.SupplementRequested, "reception").Permit("accept", "received").Permit("refuse", "refused").Permit("withdraw", "withdrawn");
        State("received", "Received", PortalStatus.Accepted, "reception").Permit("transfer", "assigning").Permit("withdraw", "withdrawn").Permit("stop", "stopped");
        State("assigning", "Awaiting assignment", PortalStatus.Processing, "head").Within("0.5 working days").Permit("assign", "checking").Permit("withdraw", "withdrawn").Permit("stop", "stopped");
        State("checking", "Documents being checked", PortalStatus.Processing, "professional").Within("3 working days").Permit("pass", "inspecting").Permit("return-for-supplement", "returning").Permit("withdraw", "withdrawn").Permit("stop", "stopped");
        State("returning", "Returned to the one-stop shop", PortalStatus.Processing, "reception").Permit("request-supplement", "waiting").Permit("send-back", "checking").Permit("withdraw", "withdrawn");
        State("waiting", "Awaiting a supplement", PortalStatus.SupplementRequested, "applicant").After("15 working days", "close").Permit("supplement", "checking").PermitBy("system", "close", "closed").Permit("withdraw", "withdrawn");
        State("inspecting", "Site being inspected", PortalStatus.Processing, "professional").Within("5 working days").Permit("report", "consulting").Permit("find-mistake", "checking").Permit("withdraw", "withdrawn").Permit("stop", "stopped");
        State("consulting", "Opinions being asked for", PortalStatus.Processing, "professional").Permit("ask-fire-service", "fire").Permit("ask-environment", "environment").Permit("ask-neighbours", "neighbours").Permit("withdraw", "withdrawn");
        State("fire", "Fire service", PortalStatus.Processing, "coordinating-agency").After("12 days", "agree").Permit("agree", "weighing").Permit("withdraw", "withdrawn");
        State("environment", "Environment agency", PortalStatus.Processing, "coordinating-agency").After("12 days", "agree").Permit("agree", "weighing").Permit("withdraw", "withdrawn");
        State("neighbours", "Neighbours being heard", PortalStatus.Processing, "coordinating-agency").After("10 days", "agree").Permit("agree", "weighing").Permit("object", "hearing").Permit("withdraw", "withdrawn");
        State("hearing", "Hearing with the neighbours", PortalStatus.Processing, "professional").Permit("settle", "weighing").Permit("fail", "drafting-refusal").Permit("withdraw", "withdrawn");
        State("weighing", "Opinions being weighed", PortalStatus.Processing, "professional").Within("2 working days").Permit("propose", "drafting").Permit("ask-again", "consulting").Permit("advise-against", "drafting-refusal").Permit("withdraw", "withdrawn");
        State("drafting-refusal", "Refusal being drafted", PortalStatus.Processing, "professional").Permit("submit-refusal", "signing-refusal");
        State("signing-refusal", "Refusal awaiting signature", PortalStatus.Processing, "head").Permit("refuse", "not-granted").Permit("send-back", "weighing");
        State("drafting", "Permit being drafted", PortalStatus.Processing, "professional").Permit("propose", "reviewing").Permit("withdraw", "withdrawn");
        State("reviewing", "Legal review", PortalStatus.Processing, "professional").Within("2 working days").Permit("pass", "counter-signing").Permit("send-back", "drafting").Permit("withdraw", "withdrawn");
        State("counter-signing", "Awaiting the second signature", PortalStatus.Processing, "head").Permit("pass", "assessing").Permit("send-back", "drafting").Permit("withdraw", "withdrawn");
        State("assessing", "Obligation being assessed", PortalStatus.Processing, "accounting").Permit("request-payment", "paying").PermitIf("waive", "signing", "fees-paid").Permit("withdraw", "withdrawn");
        State("paying", "Awaiting payment", PortalStatus.PaymentRequested, "applicant").PermitIf("pay", "signing", "fees-paid").PermitIf("pay", "paying", "fees-due").Permit("withdraw", "withdrawn");
        State("signing", "Awaiting signature", PortalStatus.Processing, "head").Within("1 working day").Permit("sign", "sealing").Permit("send-back", "drafting").Permit("withdraw", "withdrawn");
        State("sealing", "Being sealed and entered", PortalStatus.Processing, "reception").Permit("enter", "ready");
        State("ready", "Result ready", PortalStatus.Processed, "reception").Permit("return-result", "returned");
        builder.Configure("returned").Named("Đã trả kết quả", "Result returned").Shows(PortalStatus.ResultReturned).AsFinal();
        builder.Configure("refused").Named("Không được tiếp nhận", "Not accepted").Shows(PortalStatus.NotAccepted).AsFinal();
        builder.Configure("not-granted").Named("Từ chối cấp phép", "Not granted").Shows(PortalStatus.Stopped).AsFinal();
        builder.Configure("withdrawn").Named("Công dân rút hồ sơ", "Withdrawn").Shows(PortalStatus.Withdrawn).AsFinal();
        builder.Configure("stopped").Named("Dừng giải quyết", "Stopped on request").Shows(PortalStatus.Stopped).AsFinal();
        builder.Configure("closed").Named("Đóng do không bổ sung", "Closed for want of a supplement").Shows(PortalStatus.Stopped).AsFinal();
        return builder.Build();

        StateBuilder State(string name, string english, PortalStatus status, string role) => builder.Configure(name).Named(english, english).Shows(status).HandledBy(role);
    }

    private static Procedure BuildNested()
    {
        var builder = new ProcedureBuilder("9.000031").Named("Trạng thái lồng nhau", "Nested states").Roles("reception", "officer", "system").Clock(ClockPolicy.Resume);
        builder.Leg(new LegDefinition("tax", "9.000001", "agency of competent") { Limit = new TimeLimit(3, TimeLimitUnit.WorkingDays), IsLead = true });
        builder.Leg(new LegDefinition("police", "9.000001", "district") { After = ["tax"], DeemedAfter = new TimeLimit(12, TimeLimitUnit.Days) });
        builder.Configure("start").HandledBy("reception").Permit("accept", "appraisal").Permit("refuse", "refused");
        builder.Configure("work").HandledBy("officer").Permit("halt", "halted").Permit("reopen", "appraisal").Permit("note", "work").Permit("give-up", "refused");
        builder.Configure("appraisal").SubstateOf("work").Within("2 working days").Permit("propose", "signing").Permit("consult", "asking").Permit("wait", "waiting").Permit("note", "appraisal");
        builder.Configure("others").SubstateOf("work").Permit("cancel", "appraisal");
        builder.Configure("asking").SubstateOf("others").WaitsFor(new JoinDefinition(JoinRule.All, "answered"), "tax", "police").PermitBy("system", "answered", "weighing");
        builder.Configure("weighing").SubstateOf("others").Permit("propose", "signing").Permit("ask-again", "asking").Permit("leave", "others");
        builder.Configure("signing").SubstateOf("work").HandledBy("officer").Permit("sign", "done").Permit("send-back", "appraisal").Permit("return-to-start", "start");
        builder.Configure("waiting").After("15 working days", "close").Permit("supplement", "appraisal").Permit("close", "halted");
        builder.Configure("done").AsFinal();
        builder.Configure("refused").AsFinal();
        builder.Configure("halted").AsFinal();
        return builder.Build();
    }

    private static DossierPath BuildPath()
    {
        var history = new List<(DateTimeOffset, IReadOnlyList<DossierEvent>)>();
        var scene = new Scene();
        Add("11-06 09:00", s => s.Submit("11-06 09:00", Office.Submission));
        Add("11-06 10:00", s => s.Fire("11-06 10:00", "accept", Office.Reception));
        Add("11-06 11:00", s => s.Fire("11-06 11:00", "transfer", Office.Reception));
        Add("11-10 09:00", s => s.Do("11-10 09:00", Office.SupplementRequest, Office.Reception));
        Add("11-16 08:30", s => s.Fire("11-16 08:30", "supplement", Office.Citizen));
        Add("11-17 14:20", s => s.Fire("11-17 14:20", "propose", Office.Officer));
        Add("11-18 08:00", s => s.Fire("11-18 08:00", "return", Office.Leader));
        Add("11-18 16:45", s => s.Fire("11-18 16:45", "propose", Office.Officer));
        return DossierPath.Of(history);

        void Add(string at, Action<Scene> act)
        {
            act(scene);
            history.Add((Office.Time(at), scene.Last));
        }
    }
}
