using System.Globalization;
using Workflow.Core.Calendars;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Procedures;
using Workflow.Core.Units;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;
using Workflow.Engine.Tests.Sqlite;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Legs;

/// <summary>Every interconnected group of the catalogue, from its submission to the returned result, through the durable engine.</summary>
public sealed class GroupTests : IDisposable
{
    private const int MostSteps = 200;

    private static readonly ProcedureCatalogue s_catalogue = ProcedureCatalogue.Read(
        Directory.GetFiles(RepositoryRoot.PathOf("procedures"), "*.yaml").Concat(Directory.GetFiles(RepositoryRoot.PathOf("procedures", "groups"), "*.yaml")).Select(f => (f, File.ReadAllText(f))));

    private readonly DataFolder _folder = new();
    private readonly VirtualClock _clock = new(new DateTimeOffset(2025, 3, 3, 8, 0, 0, TimeSpan.FromHours(7)));

    [Fact]
    public void Files_OfTheGroups_HaveNoDefect()
    {
        foreach (var file in Directory.GetFiles(RepositoryRoot.PathOf("procedures", "groups"), "*.yaml"))
        {
            var reading = ProcedureYaml.Inspect(new StringReader(File.ReadAllText(file)), file);
            Assert.Empty(reading.Defects);
            Assert.Equal(Path.GetFileNameWithoutExtension(file), reading.Procedure!.Code);
            Assert.NotEmpty(reading.Procedure.Content.Sources);
            Assert.NotEmpty(reading.Procedure.Content.Unverified);
        }
    }

    [Fact]
    public void Legs_OfTheGroups_GiveTheirProceduresWhatTheyAskFor()
    {
        foreach (var group in s_catalogue.Newest)
        {
            foreach (var leg in group.Content.Legs)
            {
                var procedure = s_catalogue.Find(leg.Procedure);
                Assert.True(procedure is not null, $"{group}: {leg.Name} follows {leg.Procedure}, which the catalogue lacks");
                Assert.All(leg.Fields, f => Assert.NotNull(procedure.Field(f.To)));
                Assert.All(leg.Documents, d => Assert.NotNull(procedure.Document(d)));
                Assert.All(procedure.Content.Fields.Where(f => f.Required), f => Assert.Contains(leg.Fields, l => l.To == f.Name));
                Assert.All(procedure.Content.Documents.Where(d => d is { Required: true, When: null }), d => Assert.Contains(d.Code, leg.Documents));
            }
        }
    }

    [Theory]
    [InlineData("2.000986", "000.01.30.H28", "birth residence insurance-card")]
    [InlineData("2.001023", "000.01.30.H28", "birth insurance-card")]
    [InlineData("2.002621", "000.01.30.H28", "birth residence insurance-card")]
    [InlineData("X.000010", "000.01.30.H28", "business security licence")]
    [InlineData("X.000020", "000.01.30.H28", "department")]
    [InlineData("1.009645", "000.00.01.H28", "planning construction environment security committee")]
    public async Task Group_OfTheCatalogue_RunsToItsReturnedResult(string group, string unit, string legs)
    {
        await using var store = await _folder.OpenAsync();
        await using var engine = await OpenAsync(store);
        var code = await SubmitAsync(engine, group, unit);

        await ReachAsync(engine, code, "returned", () => StepAsync(engine, code));

        var ended = (await engine.FindAsync(code))!;
        Assert.Equal(legs, string.Join(' ', ended.Legs!.Select(l => l.Name)));
        Assert.All(ended.Legs!, l => Assert.Equal((LegState.Ended, LegOutcome.Well), (l.State, l.Outcome)));
        Assert.All(ended.Legs!, l => Assert.False(l.IsUnacknowledged || l.IsLate));
        Assert.Equal(Timeliness.Early, ended.Timeliness);
    }

    [Fact]
    public async Task PolicyAllowance_GoesThroughThreeLevelsAndComesBack()
    {
        await using var store = await _folder.OpenAsync();
        await using var engine = await OpenAsync(store);
        var commune = await SubmitAsync(engine, "X.000020", "000.01.30.H28");
        await ReachAsync(engine, commune, "returned", () => StepAsync(engine, commune));

        var department = (await engine.FindAsync(new DossierCode((await engine.FindAsync(commune))!.Legs![0].Code!)))!;
        var committee = (await engine.FindAsync(new DossierCode(department.Legs![0].Code!)))!;
        Assert.Equal(("000.00.04.H28", "000.00.00.H28"), (department.Unit, committee.Unit));
        Assert.Equal((commune.Value, department.Code), (department.Parent, committee.Parent));
        var back = (await engine.HistoryAsync(commune)).SelectMany(h => h.Events).OfType<DossierMoved>().Single(m => m.From == "awaiting-province");
        Assert.Equal(("paying-out", "reception"), (back.To, back.Role));
        Assert.Equal("result-1", department.Legs[0].Result);
    }

    [Fact]
    public async Task InvestmentApproval_SilentDepartments_AreDeemedToAgreeAfterTwelveDays()
    {
        await using var store = await _folder.OpenAsync();
        await using var engine = await OpenAsync(store);
        var code = await SubmitAsync(engine, "1.009645", "000.00.01.H28");
        await ReachAsync(engine, code, "consulting", () => ActAsync(engine, code));

        await engine.CatchUpAsync();
        _clock.AdvanceTo(_clock.GetUtcNow().AddDays(15));
        await engine.FireDueTimersAsync();

        var dossier = (await engine.FindAsync(code))!;
        Assert.Equal("appraising", dossier.State);
        Assert.All(dossier.Legs!, l => Assert.Equal((LegState.DeemedAgreed, true), (l.State, l.IsLate)));
    }

    [Theory]
    [InlineData("2025-03-03T14:59:00+07:00", "2025-03-03T16:59:00+07:00")]
    [InlineData("2025-03-03T15:30:00+07:00", "2025-03-04T09:00:00+07:00")]
    public async Task BirthGroupOfDecree63_AgencyThatDoesNotAcknowledgeWithinTwoWorkingHours_IsAlerted(string sent, string alert)
    {
        await using var store = await _folder.OpenAsync();
        await using var engine = await OpenAsync(store);
        var code = await SubmitAsync(engine, "2.002621", "000.01.30.H28");
        _clock.AdvanceTo(DateTimeOffset.Parse(sent, CultureInfo.InvariantCulture));
        await ReachAsync(engine, code, "coordinating", () => ActAsync(engine, code));

        await engine.CatchUpAsync();
        Assert.Equal(DateTimeOffset.Parse(alert, CultureInfo.InvariantCulture), (await engine.FindAsync(code))!.Legs![0].AcknowledgeBy);
        _clock.AdvanceTo(DateTimeOffset.Parse(alert, CultureInfo.InvariantCulture).AddSeconds(1));
        await engine.FireDueTimersAsync();

        Assert.True((await engine.FindAsync(code))!.Legs![0].IsUnacknowledged);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<DossierEngine> OpenAsync(IJournalStore store)
    {
        var options = new WorkflowEngineOptions { BackgroundTimers = false, BackgroundFollowers = false };
        using var units = File.OpenText(RepositoryRoot.PathOf("procedures", "groups", "units", "hoa-binh.yaml"));
        using var calendar = File.OpenText(RepositoryRoot.PathOf("procedures", "calendars", "vn.yaml"));
        return await DossierEngine.OpenAsync(
            store, new ProcedureSet(s_catalogue.All), UnitTreeYaml.Read(units, "hoa-binh.yaml"), CalendarBook.Read(calendar, "vn.yaml"), _clock, options);
    }

    private static async Task<DossierCode> SubmitAsync(DossierEngine engine, string group, string unit)
    {
        var content = s_catalogue.Find(group)!.Content;
        var submission = new SubmitDossier(group, unit)
        {
            Channel = Channel.Online,
            Applicant = new Applicant("Bùi Thị Mai"),
            Fields = [.. content.Fields.Select(f => new FieldValue(f.Name, f.Type == FieldType.Date ? "2025-03-01" : "Bùi Văn An"))],
            Documents = [.. content.Documents.Select(d => new SubmittedDocument(d.Code, 1))],
        };
        return Office.Accepted(await engine.SubmitAsync(submission, new CommandRequest(new CommandId("s"), Actor.Applicant("citizen")) { Caller = "portal" })).Code;
    }

    private static async Task ReachAsync(DossierEngine engine, DossierCode code, string state, Func<Task> step)
    {
        for (var steps = 0; (await engine.FindAsync(code))!.State != state; steps++)
        {
            Assert.True(steps < MostSteps, $"{code} does not come to '{state}': {await StandingAsync(engine, code)}");
            await step();
        }
    }

    // A quarter of an hour: everybody who can takes a step, the parent and all below it, then legs and timers have their turn.
    private async Task StepAsync(DossierEngine engine, DossierCode code)
    {
        await engine.CatchUpAsync();
        var open = new Stack<DossierCode>([code]);
        while (open.TryPop(out var at))
        {
            foreach (var leg in (await engine.FindAsync(at))!.Legs?.Where(l => l is { IsOpen: true, Code: not null }) ?? [])
            {
                open.Push(new DossierCode(leg.Code!));
            }

            await ActAsync(engine, at);
        }

        _clock.Advance(TimeSpan.FromMinutes(15));
        await engine.FireDueTimersAsync();
    }

    // The ordinary way on is the first trigger of a state, by somebody who may fire it; what the system fires comes by itself.
    private static async Task ActAsync(DossierEngine engine, DossierCode code)
    {
        var dossier = (await engine.FindAsync(code))!;
        var procedure = s_catalogue.Find(dossier.Procedure)!;
        if (procedure.Content.Transitions.FirstOrDefault(t => t.From == dossier.State) is not { } way)
        {
            return;
        }

        var state = procedure.Table.State(dossier.State);
        var roles = Enumerable.Range(0, procedure.Table.Transitions.Count)
            .First(i => procedure.Table.Transitions[i].Source == state && procedure.Table.NameOf(procedure.Table.Transitions[i].Trigger) == way.Trigger);
        var role = procedure.RolesOf(roles) is [var first, ..] ? first : null;
        if (role == ProcedureContent.SystemRole)
        {
            return;
        }

        var actor = role == ProcedureContent.ApplicantRole
            ? Actor.Applicant("citizen")
            : Actor.Officer("officer", role == ProcedureContent.OneStopRole ? dossier.ReceivingUnit : dossier.Unit, role ?? "head");
        var act = procedure.Trigger(procedure.Table.Trigger(way.Trigger)).Act;
        var fire = new FireTrigger(way.Trigger)
        {
            Result = act == Act.Sign ? $"result-{dossier.LegNumber}" : null,
            Payment = act == Act.Pay ? new Payment(dossier.FeesAssessed, "online") : null,
        };
        Office.Accepted(await engine.ExecuteAsync(code, fire, new CommandRequest(new CommandId($"{dossier.Version}"), actor) { Caller = "portal" }));
    }

    private static async Task<string> StandingAsync(DossierEngine engine, DossierCode code)
    {
        var dossier = (await engine.FindAsync(code))!;
        return $"{dossier.State}, legs {string.Join(", ", dossier.Legs?.Select(l => $"{l.Name} {l.State} {l.Outcome}") ?? [])}";
    }
}
