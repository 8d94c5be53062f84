using Workflow.Core.Calendars;
using Workflow.Core.Procedures;
using Workflow.Core.Simulation;
using Workflow.Core.Units;

namespace Workflow.Core.Tests.Simulation;

/// <summary>A district of the repository's units, with one procedure that knows every act.</summary>
internal static class Districts
{
    public static UnitTree Units { get; } = new(
    [
        new Unit("000.00.30.H28", new("Huyện"), UnitLevel.District, null),
        new Unit("000.01.30.H28", new("Xã 01"), UnitLevel.Commune, "000.00.30.H28"),
        new Unit("000.02.30.H28", new("Xã 02"), UnitLevel.Commune, "000.00.30.H28"),
    ]);

    public static WorkingCalendar Calendar => Repository.Vietnam.KnownAt(WorkingCalendar.At(new DateOnly(2020, 11, 6), TimeOnly.MinValue));

    public static SimulationScenario Scenario(int seed, int dossiers = 400) => new()
    {
        Seed = seed,
        FirstDay = new DateOnly(2020, 11, 6),
        LastDay = new DateOnly(2020, 12, 22),
        Dossiers = dossiers,
        Units = Units,
        Calendar = Calendar,
        Procedures = [new ProcedureLoad(Procedure, 1)],
        Staff = new Dictionary<string, RoleStaff> { ["reception"] = new(2, 6), ["professional"] = new(2, 25), ["head"] = new(1, 5) },
        Rates = new SimulationRates { Incomplete = 0.1, SupplementAtAppraisal = 0.1, RefusedAtIntake = 0.05, RefusedAfterAppraisal = 0.05, Withdrawn = 0.05, Neglected = 0.1 },
    };

    public static Procedure Procedure { get; } = Define();

    private static Procedure Define()
    {
        var builder = new ProcedureBuilder("9.000001")
            .Named("Thủ tục mẫu", "Sample")
            .Limit("3 working days")
            .SettledAt(UnitLevel.Commune)
            .Online(3)
            .Roles("reception", "professional", "head", "applicant")
            .Document("form", "Tờ khai")
            .Document("proof", "Giấy tờ chứng minh")
            .Fee("fee", "Lệ phí", null, 8_000);
        builder.Configure("submitted").Shows(PortalStatus.Registered).HandledBy("reception")
            .Permit("accept", "received").Permit("request-supplement", "awaiting").Permit("refuse", "refused").Permit("withdraw", "withdrawn");
        builder.Configure("awaiting").Shows(PortalStatus.SupplementRequested).HandledBy("applicant").Permit("supplement", "supplemented").Permit("withdraw", "withdrawn");
        builder.Configure("supplemented").Shows(PortalStatus.SupplementRequested).HandledBy("reception").Permit("accept", "received").Permit("refuse", "refused");
        builder.Configure("received").Shows(PortalStatus.Accepted).HandledBy("reception").Permit("transfer", "appraising").Permit("withdraw", "withdrawn");
        builder.Configure("appraising").Shows(PortalStatus.Processing).HandledBy("professional")
            .Permit("propose", "confirming").Permit("return", "returned-for-supplement").Permit("withdraw", "withdrawn");
        builder.Configure("returned-for-supplement").Shows(PortalStatus.Processing).HandledBy("reception")
            .Permit("request-supplement", "awaiting-more").Permit("send-back", "appraising");
        builder.Configure("awaiting-more").Shows(PortalStatus.SupplementRequested).HandledBy("applicant").Permit("supplement", "appraising");
        builder.Configure("confirming").Shows(PortalStatus.Processing).HandledBy("applicant").After("1 working day", "confirm").Permit("confirm", "signing");
        builder.Configure("signing").Shows(PortalStatus.Processing).HandledBy("head").Permit("sign", "ready").Permit("refuse", "stopped");
        builder.Configure("ready").Shows(PortalStatus.Processed).HandledBy("reception")
            .PermitIf("return-result", "returned", "fees-paid").PermitIf("pay", "ready", "fees-paid");
        builder.Configure("returned").Shows(PortalStatus.ResultReturned).AsFinal();
        builder.Configure("refused").Shows(PortalStatus.NotAccepted).AsFinal();
        builder.Configure("stopped").Shows(PortalStatus.Stopped).AsFinal();
        builder.Configure("withdrawn").Shows(PortalStatus.Withdrawn).AsFinal();
        return builder.Build();
    }
}
