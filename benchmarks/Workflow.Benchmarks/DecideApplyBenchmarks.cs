using BenchmarkDotNet.Attributes;
using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using Workflow.Core.Units;

namespace Workflow.Benchmarks;

/// <summary>Decide and apply one command, without serialization and hash. The bar for the ordinary one: 2 us and 1 KB.</summary>
[MemoryDiagnoser]
public class DecideApplyBenchmarks
{
    private const string Unit = "000.01.30.H28";

    private readonly FireTrigger _propose = new("propose");
    private readonly FireTrigger _sign = new("sign");
    private readonly FireTrigger _accept = new("accept");
    private Dossier _submitted = null!;
    private Dossier _accepted = null!;
    private DecisionContext _clerk = null!;
    private DecisionContext _officer = null!;

    [GlobalSetup]
    public void Declare()
    {
        var builder = new ProcedureBuilder("1.001193").Limit("5 working days").Roles("reception", "officer", "leader")
            .Document("to-khai", "Tờ khai").Fee("le-phi", "Lệ phí", null, 8000);
        builder.Configure("registered").Shows(PortalStatus.Registered).HandledBy("reception").Permit("accept", "appraisal");
        builder.Configure("appraisal").Shows(PortalStatus.Accepted).HandledBy("officer").PermitIf("propose", "signing", "documents-complete");
        builder.Configure("signing").Shows(PortalStatus.Processing).HandledBy("leader").Permit("sign", "done");
        builder.Configure("done").Shows(PortalStatus.Processed).AsFinal();
        var procedure = builder.Build();
        var calendar = new WorkingCalendarBuilder("vn", new DateOnly(2020, 1, 1), new DateOnly(2020, 12, 31)).Build();
        var units = new UnitTree([new Unit(Unit, new LocalizedName("Xã Phong Phú"), UnitLevel.Commune, null)]);
        var start = new DateTimeOffset(2020, 11, 6, 9, 0, 0, WorkingCalendar.Offset);
        DecisionContext Context(int hours, Actor actor) => new(start.AddHours(hours), actor, calendar, units);
        _clerk = Context(1, Actor.Officer("lan", Unit, "reception"));
        _officer = Context(2, Actor.Officer("hung", Unit, "officer"));
        var submission = new SubmitDossier("1.001193", Unit) { Applicant = new Applicant("Mai"), Documents = [new SubmittedDocument("to-khai", 1)] };
        var events = DossierDecider.Submit(procedure, new DossierCode("1"), submission, Context(0, Actor.Applicant("mai"))).Events;
        _submitted = Dossier.Create(procedure, events, start);
        _accepted = Accept();
        if (_accepted.StateName != "appraisal" || Propose().StateName != "signing" || Refused() != 1)
        {
            throw new InvalidOperationException("The benchmark does not measure what it says.");
        }
    }

    /// <summary>The ordinary command: a guarded move.</summary>
    [Benchmark(Baseline = true)]
    public Dossier Propose() => _accepted.Apply(DossierDecider.Decide(_accepted, _propose, _officer).Events, _officer.Time);

    /// <summary>Acceptance: a legal deadline is computed and promised.</summary>
    [Benchmark]
    public Dossier Accept() => _submitted.Apply(DossierDecider.Decide(_submitted, _accept, _clerk).Events, _clerk.Time);

    /// <summary>A refusal: the trigger is not permitted here.</summary>
    [Benchmark]
    public int Refused() => DossierDecider.Decide(_submitted, _sign, _officer).Unmet.Count;
}
