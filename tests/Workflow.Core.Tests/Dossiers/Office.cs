using Workflow.Core.Calendars;
using Workflow.Core.Deadlines;
using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using Workflow.Core.Units;

namespace Workflow.Core.Tests.Dossiers;

/// <summary>An office with its people, its calendar and a procedure that uses everything.</summary>
internal static class Office
{
    public const string Commune = "000.01.30.H28";
    public const string District = "000.00.30.H28";
    public const string Police = "000.81.30.H28";
    public const string Insurance = "000.82.30.H28";
    public const string Tax = "000.83.30.H28";

    public static readonly DossierCode Code = DossierCode.Statutory(Commune, new DateOnly(2020, 11, 6), 1);

    public static readonly Actor Citizen = Actor.Applicant("citizen-1");
    public static readonly Actor Stranger = Actor.Applicant("citizen-2");
    public static readonly Actor Reception = Actor.Officer("reception-1", Commune, "reception");
    public static readonly Actor Officer = Actor.Officer("officer-1", District, "officer");
    public static readonly Actor Leader = Actor.Officer("leader-1", District, "leader");
    public static readonly Actor Outsider = Actor.Officer("officer-9", Commune, "officer");

    // Working days of November and December 2020 are the Mondays to Fridays; the calendar ends with the year 2021.
    public static readonly WorkingCalendar Calendar = new WorkingCalendarBuilder("vn", new DateOnly(2020, 1, 1), new DateOnly(2021, 12, 31)).Build();

    public static readonly UnitTree Units = new(
    [
        new Unit(District, new LocalizedName("Huyện Tân Lạc"), UnitLevel.District, null),
        new Unit(Commune, new LocalizedName("Xã Phong Phú"), UnitLevel.Commune, District),
        new Unit(Police, new LocalizedName("Công an huyện"), UnitLevel.District, District) { Agency = "police" },
        new Unit(Insurance, new LocalizedName("Bảo hiểm xã hội huyện"), UnitLevel.District, District) { Agency = "insurance" },
        new Unit(Tax, new LocalizedName("Chi cục thuế"), UnitLevel.District, District) { Agency = "tax", From = new DateOnly(2020, 12, 1) },
    ]);

    public static readonly Procedure Birth = Build(ClockPolicy.Restart);

    public static Procedure Build(ClockPolicy clock, string limit = "5 working days", int supplements = 1)
    {
        var builder = new ProcedureBuilder("1.001193").Named("Đăng ký khai sinh", "Birth registration").Limit(limit).Clock(clock).Online(4)
            .Roles("applicant", "reception", "officer", "leader")
            .Document("to-khai", "Tờ khai", "Declaration").Document("chung-sinh", "Giấy chứng sinh", required: false)
            .Fee("le-phi", "Lệ phí", "Fee", 8000)
            .Field("child-name", FieldType.Text, required: true, personal: true).Field("copies", FieldType.Number).Field("born-on", FieldType.Date)
            .Field("seen-at", FieldType.Moment).Field("urgent", FieldType.Flag)
            .Trigger("close", Act.Advance).Trigger("hold", Act.Advance, "officer");
        builder.Configure("registered").Shows(PortalStatus.Registered).HandledBy("reception")
            .Permit("accept", "received").Permit("refuse", "refused").Permit("request-supplement", "incomplete").Permit("withdraw", "withdrawn");
        builder.Configure("incomplete").Shows(PortalStatus.SupplementRequested)
            .Permit("supplement", "incomplete").PermitBy("reception", "accept", "received").Permit("withdraw", "withdrawn");
        builder.Configure("received").Shows(PortalStatus.Accepted).HandledBy("reception").Permit("transfer", "appraisal").Permit("withdraw", "withdrawn");
        builder.Configure("work").HandledBy("officer").Permit("withdraw", "withdrawn").Permit("stop", "stopped").Permit("reopen", "appraisal");
        builder.Configure("appraisal").Shows(PortalStatus.Processing).HandledBy("officer").SubstateOf("work").Within("0.5 working days")
            .PermitIf("propose", "signing", "documents-complete").Permit("request-payment", "paying").Permit("hold", "held")
            .PermitBy("reception", "request-supplement", "waiting").Permit("refuse", "done").Permit("note", "appraisal");
        builder.Configure("waiting").Shows(PortalStatus.SupplementRequested).After("15 working days", "close")
            .Permit("supplement", "appraisal").Permit("withdraw", "withdrawn").PermitBy("reception", "close", "stopped");
        builder.Configure("paying").Shows(PortalStatus.PaymentRequested).PermitIf("pay", "appraisal", "fees-paid").Permit("withdraw", "withdrawn");
        builder.Configure("held").Shows(PortalStatus.Stopped).HandledBy("officer").Permit("go-on", "appraisal");
        builder.Configure("signing").Shows(PortalStatus.Processing).HandledBy("leader").SubstateOf("work").Permit("sign", "draft").Permit("return", "appraisal");
        builder.Configure("draft").Shows(PortalStatus.Processing).SubstateOf("work").After("1 working days", "confirm")
            .PermitBy("applicant", "confirm", "done");
        builder.Configure("done").Shows(PortalStatus.Processed).HandledBy("reception").Permit("return-result", "returned");
        builder.Configure("returned").Shows(PortalStatus.ResultReturned).AsFinal();
        builder.Configure("refused").Shows(PortalStatus.NotAccepted).AsFinal();
        builder.Configure("withdrawn").Shows(PortalStatus.Withdrawn).AsFinal();
        builder.Configure("stopped").Shows(PortalStatus.Stopped).AsFinal();
        return Procedure.Compile(builder.ToContent() with { SupplementsAllowed = supplements });
    }

    public static SubmitDossier Submission { get; } = new("1.001193", Commune)
    {
        CompetentUnit = District,
        Channel = Channel.Online,
        Applicant = new Applicant("Bùi Thị Mai") { IdNumber = "113456789", Phone = "0912345678" },
        Fields = [new FieldValue("child-name", "Bùi Văn An"), new FieldValue("copies", "2")],
        Documents = [new SubmittedDocument("to-khai", 1)],
    };

    public static FireTrigger Refusal { get; } = new("refuse") { Reason = "the parents live elsewhere", Ground = "Law on Civil Status Art 13" };

    public static FireTrigger SupplementRequest { get; } = new("request-supplement") { Reason = "a paper is missing", Items = ["chung-sinh"] };

    /// <summary>A moment of November or December 2020, such as <c>11-06 09:00</c>.</summary>
    public static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse($"2020-{text}+07:00", System.Globalization.CultureInfo.InvariantCulture);
}
