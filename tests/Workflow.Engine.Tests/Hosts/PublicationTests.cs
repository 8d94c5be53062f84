using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Guards;
using Workflow.Core.Migrations;
using Workflow.Core.Procedures;
using Workflow.Core.Reorganisations;
using Workflow.Core.Units;
using Workflow.Engine.Journal;
using Workflow.Engine.Reorganising;
using Workflow.Engine.Setup;
using Workflow.Engine.Tests.Postgres;

namespace Workflow.Engine.Tests.Hosts;

/// <summary>What one host publishes, the others go by at once.</summary>
[Collection(PostgresTests.Name)]
public sealed class PublicationTests : IAsyncLifetime
{
    private const string New = "000.41.00.H28";

    private static readonly Reorganisation s_plan = new(
        new DateOnly(2020, 11, 6), "Nghị quyết 1", [new Unit(New, new LocalizedName("Xã mới"), UnitLevel.Commune, null)], [new UnitsMerged([Office.Unit, Office.OtherUnit], New)]);

    private SharedOffice _office = null!;

    private DossierEngine A => _office.Hosts[0];

    private DossierEngine B => _office.Hosts[1];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _office = await SharedOffice.OpenAsync(2);

    public async ValueTask DisposeAsync()
    {
        if (_office is not null)
        {
            await _office.DisposeAsync();
        }
    }

    [Fact]
    public async Task Hosts_ThatStartAtTheSameTimeWithTheSameDefinitions_AllStart()
    {
        var before = await _office.Store.ConfirmAsync([], [], Ct);
        var set = new ProcedureSet(Office.Procedure, Office.Define(2), Office.Define(3));

        var hosts = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => _office.AddAsync(procedures: set))));
        await Task.WhenAll(hosts.Select(h => h.PublishAsync([Office.Define(4)], Ct).AsTask()));

        Assert.Equal(before + 3, await _office.Store.ConfirmAsync([], [], Ct));
        Assert.All(await Task.WhenAll(hosts.Select((h, i) => h.AcceptedAsync($"h{i}"))), c => Assert.NotNull(c.Value));
        Assert.Equal(4, (await _office.Store.ReadDefinitionsAsync(DefinitionKinds.Procedure, Ct)).Count);
        Assert.Single(await _office.Store.ReadDefinitionsAsync(DefinitionKinds.Calendar, Ct));
    }

    [Fact]
    public async Task Host_ThatOpensWithOlderFiles_DecidesWithWhatTheStoreHolds()
    {
        await B.PublishAsync([Office.Define(2)], Ct);

        var late = await _office.AddAsync();

        Assert.Equal("2", await VersionOfAsync(Office.Accepted(await late.SubmitAsync(Office.Submission(), Office.Request("s"))).Code));
    }

    [Fact]
    public async Task PublishedProcedure_IsUsedByTheNextSubmissionAtAnotherHost()
    {
        Assert.Equal("procedure-exists", Office.Refused(await A.SubmitAsync(Office.Submission() with { ProcedureVersion = 2 }, Office.Request("early"))));

        await B.PublishAsync([Office.Define(2)], Ct);

        Assert.Equal("2", await VersionOfAsync(Office.Accepted(await A.SubmitAsync(Office.Submission(), Office.Request("newest"))).Code));
        Assert.Equal("2", await VersionOfAsync(Office.Accepted(await A.SubmitAsync(Office.Submission() with { ProcedureVersion = 2 }, Office.Request("early"))).Code));
        Assert.Equal(2, A.Procedures.All.Count);
    }

    [Fact]
    public async Task Publications_WhileOtherHostsSubmit_HoldForWhateverIsCommittedAfterThem()
    {
        using var enough = new CancellationTokenSource();
        var submitting = Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            for (var i = 0; !enough.IsCancellationRequested; i++)
            {
                Office.Accepted(await A.SubmitAsync(Office.Submission(), Office.Request($"{n}/{i}")));
            }
        })).ToArray();

        for (var version = 2; version < 8; version++)
        {
            await B.PublishAsync([Office.Define(version)], Ct);
            var known = (await _office.Store.ReadChainHeadsAsync(Ct).ToListAsync(Ct)).Select(h => h.Code).ToHashSet(StringComparer.Ordinal);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(i => A.SubmitAsync(Office.Submission(), Office.Request($"after{version}/{i}")).AsTask()));
            await foreach (var head in _office.Store.ReadChainHeadsAsync(Ct))
            {
                if (!known.Contains(head.Code))
                {
                    Assert.Equal($"{version}", await VersionOfAsync(new DossierCode(head.Code)));
                }
            }
        }

        await enough.CancelAsync();
        await Task.WhenAll(submitting);
    }

    [Fact]
    public async Task DossierMovedToAVersionThatAnotherHostNeverSaw_IsReadAndDecidedThere()
    {
        var code = await A.AcceptedAsync("a");
        var second = Office.Define(2);
        await B.PublishAsync([second], Ct);
        var plan = new MigrationPlan(Office.Procedure, second, new StateMapping("T.1", 1, 2, "Luật"));
        var moved = await B.MigrateAsync(plan, await B.NextBatchAsync(plan, Ct), Actor.System, Ct).ToListAsync(Ct);

        Assert.True(Assert.Single(moved).IsMovable);
        Assert.Equal(3, (await A.FindAsync(code, Ct))!.Version);
        Assert.NotNull(await A.PermittedAsync(code, Office.Clerk, Ct));
        Office.Accepted(await A.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f")));
        Assert.Equal("2", await VersionOfAsync(code));
    }

    [Fact]
    public async Task PublishedCalendar_IsCountedByTheNextSubmissionAtAnotherHost()
    {
        var before = await A.AcceptedAsync("before");

        // Office.Start is Friday 6 November: two working days end with the 10th, or with the 11th when the 10th is off.
        var published = await B.PublishCalendarAsync(WithDayOff(new DateOnly(2020, 11, 10)), cancellationToken: Ct);
        var after = await A.AcceptedAsync("after");

        Assert.Equal((1, 1), (published.Dossiers, published.Moved));
        Assert.Equal(new DateOnly(2020, 11, 11), await DueAsync(A, before));
        Assert.Equal(new DateOnly(2020, 11, 11), await DueAsync(A, after));
        Assert.Equal(A.Calendar.ContentHash, B.Calendar.ContentHash);
    }

    [Fact]
    public async Task CalendarPublished_WhileAnotherHostSubmits_LeavesNoPromiseOfTheOldOne()
    {
        var codes = new System.Collections.Concurrent.ConcurrentBag<DossierCode>();
        using var enough = new CancellationTokenSource();
        var submitting = Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            for (var i = 0; !enough.IsCancellationRequested; i++)
            {
                codes.Add(await A.AcceptedAsync($"{n}/{i}"));
            }
        })).ToArray();

        while (codes.Count < 40)
        {
            await Task.Yield();
        }

        await B.PublishCalendarAsync(WithDayOff(new DateOnly(2020, 11, 10)), cancellationToken: Ct);
        await enough.CancelAsync();
        await Task.WhenAll(submitting);

        foreach (var code in codes)
        {
            Assert.Equal(new DateOnly(2020, 11, 11), await DueAsync(A, code));
        }
    }

    [Fact]
    public async Task CalendarsOfTwoHosts_PublishedAtTheSameTime_AreOneCalendarAndARefusal()
    {
        var days = new[] { new DateOnly(2020, 11, 10), new DateOnly(2020, 11, 12) };

        var outcomes = await Task.WhenAll(days.Select((day, i) => Task.Run(async () =>
        {
            try
            {
                await _office.Hosts[i].PublishCalendarAsync(WithDayOff(day), cancellationToken: Ct);
                return true;
            }
            catch (Exception refused) when (refused is CalendarConflictException or DefinitionConflictException)
            {
                return false;
            }
        })));

        // Neither knows the other's day off, so only one of them can be the calendar.
        Assert.Single(outcomes, took => took);
        var code = await A.AcceptedAsync("a");
        Assert.Equal(await DueAsync(A, code), await DueAsync(B, code));
        Assert.Equal(A.Calendar.ContentHash, B.Calendar.ContentHash);
    }

    [Fact]
    public async Task Reorganisation_IsGoneByAtAnotherHostAtOnce()
    {
        var code = await A.AcceptedAsync("a");

        await B.ReorganiseAsync(s_plan, apply: true, cancellationToken: Ct);

        Assert.Equal(New, (await A.FindAsync(code, Ct))!.Unit);
        var refused = Assert.IsType<CommandResult.Rejected>(await A.SubmitAsync(Office.Submission(), Office.Request("b")));
        Assert.Contains($"use its successor '{New}'", Assert.Single(refused.Unmet).Message, StringComparison.Ordinal);
        Assert.Equal($"{New}-201106-0001", Office.Accepted(await A.SubmitAsync(Office.Submission(New), Office.Request("b"))).Code.Value);
        Assert.Equal(New, A.Units.At(s_plan.On).Units.Single().Code);
    }

    [Fact]
    public async Task RefusalUnderOlderUnits_IsDecidedAgain()
    {
        // The unit does not exist for the host that has not heard of the reorganisation.
        Assert.NotEmpty(Office.Refused(await A.SubmitAsync(Office.Submission(New), Office.Request("early"))));
        await B.ReorganiseAsync(s_plan, apply: true, cancellationToken: Ct);

        Office.Accepted(await A.SubmitAsync(Office.Submission(New), Office.Request("early")));
    }

    [Fact]
    public async Task ReorganisationAtTwoHosts_HandsEachDossierOverOnceAndBlocksNone()
    {
        var codes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => _office.Hosts[i % 2].AcceptedAsync($"d{i}")));

        var reports = await Task.WhenAll(_office.Hosts.Select(h => Task.Run(() => h.ReorganiseAsync(s_plan, apply: true, cancellationToken: Ct).AsTask())));

        Assert.All(reports, r => Assert.Empty(r.Blocked));
        foreach (var code in codes)
        {
            Assert.Equal((3, New), ((await A.FindAsync(code, Ct))!.Version, (await B.FindAsync(code, Ct))!.Unit));
        }
    }

    [Fact]
    public async Task ProcedureWithAGuardThatOneHostLacks_IsRefusedThereByNameAndWorksElsewhere()
    {
        var registry = GuardRegistry.Standard.With(new GuardDefinition("of-another-host", 1, "it does not hold", _ => true));
        var builder = new ProcedureBuilder("T.9").Limit("2 working days").Field("note", FieldType.Text).Field("name", FieldType.Text, personal: true);
        builder.Configure("Filed").PermitIf("accept", "Done", "of-another-host@1");
        builder.Configure("Done").AsFinal();
        await B.PublishAsync([builder.Build(registry)], Ct);

        var submission = Office.Submission() with { Procedure = "T.9" };
        var refused = Assert.IsType<CommandResult.Rejected>(await A.SubmitAsync(submission, Office.Request("s")));
        Assert.Contains("of-another-host", Assert.Single(refused.Unmet).Message, StringComparison.Ordinal);
        Office.Accepted(await B.SubmitAsync(submission, Office.Request("s")));
        await A.AcceptedAsync("a");
    }

    private async Task<string> VersionOfAsync(DossierCode code) => (await _office.Store.LoadAsync(code.Value, Ct))!.Snapshot.ProcedureVersion;

    private static async Task<DateOnly> DueAsync(DossierEngine host, DossierCode code) => WorkingCalendar.DayOf((await host.FindAsync(code, Ct))!.Clock!.Due);

    private static CalendarBook WithDayOff(DateOnly day)
    {
        return CalendarBook.Read(
            new StringReader($$"""
                calendar: test
                first-day: 2020-01-01
                last-day: 2021-12-31
                weekend: [saturday, sunday]
                office-hours:
                  periods: [07:00-11:30, 13:30-17:00]
                non-working-days:
                  - { date: {{day:yyyy-MM-dd}}, name: lũ, source: QĐ 1 }
                """),
            "test.yaml");
    }
}
