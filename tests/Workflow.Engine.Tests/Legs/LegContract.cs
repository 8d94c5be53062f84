using Workflow.Core.Deadlines;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using Workflow.Engine.Journal;
using Workflow.Engine.Tests.Sqlite;
using Workflow.Engine.Timers;
using static Workflow.Engine.Tests.Legs.LegOffice;

namespace Workflow.Engine.Tests.Legs;

/// <summary>What becomes of legs, on every store.</summary>
public abstract class LegContract : IDisposable
{
    private readonly VirtualClock _clock = new(Office.Start);

    [Fact]
    public async Task ParallelLegs_AreSubmittedToTheirAgenciesAndTheParentGoesOnWhenBothEnded()
    {
        await using var office = await OfficeAsync(All, Residence, Card);
        var parent = await office.SentAsync();
        await office.CatchUpAsync();
        Assert.Equal(3, await office.CountAsync());
        var (residence, card) = (await office.ChildAsync(parent, 1), await office.ChildAsync(parent, 2));
        var child = await office.ReadAsync(residence);
        Assert.Equal((Police, parent.Value, 1, "citizen"), (child.ReceivingUnit, child.Parent, child.LegNumber, child.Owner));
        Assert.Equal(("Bùi Thị Mai", "An", "n"), (child.Personal!.Applicant!.Name, child.Personal.Fields[0].Value, child.Fields![0].Value));

        await office.SettleAsync(residence, "CT07");
        await office.CatchUpAsync();
        Assert.Equal("residence:Ended card:Dispatched", await office.StatesAsync(parent));
        Assert.Equal("waiting", (await office.ReadAsync(parent)).State);
        await office.SettleAsync(card, "BHYT");
        await office.CatchUpAsync();

        Assert.Equal("concluding", (await office.ReadAsync(parent)).State);
        Assert.Equal("BHYT", (await office.LegAsync(parent, 2)).Result);
    }

    [Fact]
    public async Task Sequence_SubmitsTheSecondLegWhenTheFirstHasEnded()
    {
        await using var office = await OfficeAsync(All, Residence, Card with { After = ["residence"] });
        var parent = await office.SentAsync();
        await office.CatchUpAsync();
        Assert.Equal(2, await office.CountAsync());

        await office.SettleAsync(await office.ChildAsync(parent, 1), "1");
        await office.CatchUpAsync();
        Assert.Equal(3, await office.CountAsync());
        await office.SettleAsync(await office.ChildAsync(parent, 2), "2");
        await office.CatchUpAsync();

        Assert.Equal("concluding", (await office.ReadAsync(parent)).State);
    }

    [Fact]
    public async Task AnyLeg_IsEnoughAndTheOthersAreRecalledAndWithdrawn()
    {
        await using var office = await OfficeAsync(new JoinDefinition(JoinRule.Any, "go-on"), Residence, Card);
        var parent = await office.SentAsync();
        await office.CatchUpAsync();

        await office.SettleAsync(await office.ChildAsync(parent, 2), "2");
        await office.CatchUpAsync();

        Assert.Equal("concluding", (await office.ReadAsync(parent)).State);
        Assert.Equal("residence:Recalled card:Ended", await office.StatesAsync(parent));
        Assert.Equal("withdrawn", (await office.ReadAsync(await office.ChildAsync(parent, 1))).State);
    }

    [Fact]
    public async Task RefusedLeg_TakesTheOtherWay()
    {
        await using var office = await OfficeAsync(All, Residence, Card);
        var parent = await office.SentAsync();
        await office.CatchUpAsync();

        await office.FireAsync(await office.ChildAsync(parent, 1), "refuse", ground: "Law on Residence Art 21");
        await office.CatchUpAsync();

        Assert.Equal("stuck", (await office.ReadAsync(parent)).State);
        Assert.Equal(("refused", LegOutcome.Badly), ((await office.EventsAsync(parent)).OfType<LegEnded>().Single().State, (await office.LegAsync(parent, 1)).Outcome));
    }

    [Fact]
    public async Task LegThatCannotBeSubmitted_EndsBadlyWithTheReasons()
    {
        await using var office = await OfficeAsync(All, Residence with { Procedure = "L.404" });
        var parent = await office.SentAsync();
        await office.CatchUpAsync();

        Assert.Equal(["procedure-exists"], (await office.EventsAsync(parent)).OfType<LegEnded>().Single().Unmet);
        Assert.Equal("stuck", (await office.ReadAsync(parent)).State);
        Assert.Equal(1, await office.CountAsync());
    }

    [Fact]
    public async Task Acknowledgement_MissedIsAlertedAndALateOneIsRecorded()
    {
        await using var office = await OfficeAsync(All, Residence);
        var parent = await office.SentAsync();
        await office.WaitAsync("11-06 10:00:00");
        Assert.False((await office.LegAsync(parent, 1)).IsUnacknowledged);
        await office.WaitAsync("11-06 10:00:01");
        Assert.True((await office.LegAsync(parent, 1)).IsUnacknowledged);

        await office.WaitAsync("11-06 11:00");
        await office.FireAsync(await office.ChildAsync(parent, 1), "accept");
        await office.CatchUpAsync();

        Assert.Equal("residence:Acknowledged", await office.StatesAsync(parent));
        Assert.Equal(Time("11-06 11:00"), (await office.EventsAsync(parent)).OfType<LegAcknowledged>().Single().At);
    }

    [Fact]
    public async Task Silence_IsDeemedAgreementAndWhatComesLaterIsRecorded()
    {
        await using var office = await OfficeAsync(All, Residence with { DeemedAfter = TimeLimit.Days(7) });
        var parent = await office.SentAsync();
        await office.WaitAsync("11-13 23:59:59");
        Assert.Equal("waiting", (await office.ReadAsync(parent)).State);

        await office.WaitAsync("11-14 00:00");
        Assert.Equal("concluding", (await office.ReadAsync(parent)).State);
        Assert.Equal("residence:DeemedAgreed", await office.StatesAsync(parent));
        await office.SettleAsync(await office.ChildAsync(parent, 1), "late");
        await office.CatchUpAsync();

        Assert.Equal(("concluding", "late"), ((await office.ReadAsync(parent)).State, (await office.LegAsync(parent, 1)).Result));
    }

    [Fact]
    public async Task Withdrawal_OfTheParent_WithdrawsOrStopsTheLegsThatPermitIt()
    {
        await using var office = await OfficeAsync(All, Residence, Card, Card with { Name = "third" });
        var parent = await office.SentAsync();
        await office.CatchUpAsync();
        var legs = new[] { await office.ChildAsync(parent, 1), await office.ChildAsync(parent, 2), await office.ChildAsync(parent, 3) };
        await office.FireAsync(legs[1], "accept");
        await office.FireAsync(legs[2], "accept");
        await office.FireAsync(legs[2], "sign", "3");

        await office.FireAsync(parent, "withdraw");
        await office.CatchUpAsync();

        Assert.Equal("residence:Recalled card:Recalled third:Recalled", await office.StatesAsync(parent));
        Assert.Equal("withdrawn", (await office.ReadAsync(legs[0])).State);
        Assert.Equal("stopped", (await office.ReadAsync(legs[1])).State);
        Assert.Equal("signed", (await office.ReadAsync(legs[2])).State);
        await office.FireAsync(legs[2], "return-result");
        await office.CatchUpAsync();
        Assert.Equal("withdrawn", (await office.ReadAsync(parent)).State);
    }

    [Fact]
    public async Task RecallBeforeTheFollowerCame_SubmitsNothing()
    {
        await using var office = await OfficeAsync(All, Residence);
        var parent = await office.SentAsync();
        await office.FireAsync(parent, "withdraw");
        await office.CatchUpAsync();

        Assert.Equal(1, await office.CountAsync());
    }

    [Fact]
    public async Task Chain_OfThreeLevels_ReturnsTheResultLevelByLevel()
    {
        var province = new LegDefinition("province", "L.1", "province");
        var department = new LegDefinition("department", "G.2", "interior of province") { Limit = TimeLimit.WorkingDays(6) };
        var store = await StoreAsync(_clock);
        await using var office = await LegOffice.OpenAsync(store, _clock, Group("G.1", All, department), Group("G.2", All, province));
        var commune = await office.SentAsync();
        await office.CatchUpAsync();
        var interior = await office.ChildAsync(commune, 1);
        Assert.Equal(Interior, (await office.ReadAsync(interior)).Unit);
        await office.FireAsync(interior, "accept");
        await office.FireAsync(interior, "send");
        await office.CatchUpAsync();
        var top = await office.ChildAsync(interior, 1);
        Assert.Equal(LegOffice.Province, (await office.ReadAsync(top)).Unit);

        await office.SettleAsync(top, "QĐ-UBND");
        await office.CatchUpAsync();
        Assert.Equal("concluding", (await office.ReadAsync(interior)).State);
        Assert.Equal("waiting", (await office.ReadAsync(commune)).State);
        await office.FireAsync(interior, "sign", "TTr-SNV");
        await office.FireAsync(interior, "return-result");
        await office.CatchUpAsync();

        Assert.Equal("concluding", (await office.ReadAsync(commune)).State);
        Assert.Equal(("QĐ-UBND", "TTr-SNV"), ((await office.LegAsync(interior, 1)).Result, (await office.LegAsync(commune, 1)).Result));
    }

    [Fact]
    public async Task Chain_RecalledAtItsTop_IsRecalledLevelByLevel()
    {
        var store = await StoreAsync(_clock);
        await using var office = await LegOffice.OpenAsync(
            store, _clock, Group("G.1", All, new LegDefinition("department", "G.2", "interior of province")), Group("G.2", All, new LegDefinition("province", "L.1", "province")));
        var commune = await office.SentAsync();
        await office.CatchUpAsync();
        var interior = await office.ChildAsync(commune, 1);
        await office.FireAsync(interior, "send");
        await office.CatchUpAsync();

        await office.FireAsync(commune, "withdraw");
        await office.CatchUpAsync();

        Assert.Equal("withdrawn", (await office.ReadAsync(interior)).State);
        Assert.Equal("withdrawn", (await office.ReadAsync(await office.ChildAsync(interior, 1))).State);
    }

    [Fact]
    public async Task JournalGivenAgainFromItsBeginning_SubmitsNoLegTwice()
    {
        var store = await StoreAsync(_clock);
        var procedures = new[] { Group(All, Residence, Card with { After = ["residence"] }) };
        DossierCode parent;
        JournalTotals totals;
        string hash;
        await using (var office = await LegOffice.OpenAsync(new FaultyStore(store), _clock, procedures))
        {
            parent = await office.SentAsync();
            await office.CatchUpAsync();
            await office.SettleAsync(await office.ChildAsync(parent, 1), "1");
            await office.CatchUpAsync();
            await office.SettleAsync(await office.ChildAsync(parent, 2), "2");
            await office.CatchUpAsync();
            totals = await office.Engine.CountAsync();
            hash = await office.Engine.JournalHashAsync();
        }

        await ForgetCursorAsync(store);
        await using var again = await LegOffice.OpenAsync(store, _clock, procedures);
        await again.CatchUpAsync();

        Assert.Equal((totals, hash), (await again.Engine.CountAsync(), await again.Engine.JournalHashAsync()));
        Assert.Equal("concluding", (await again.ReadAsync(parent)).State);
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    private protected abstract Task<IJournalStore> StoreAsync(VirtualClock clock);

    private async Task<LegOffice> OfficeAsync(JoinDefinition join, params LegDefinition[] legs) =>
        await LegOffice.OpenAsync(await StoreAsync(_clock), _clock, Group(join, legs));
}

public sealed class MemoryLegTests : LegContract
{
    private protected override async Task<IJournalStore> StoreAsync(VirtualClock clock) => await Office.MemoryAsync(clock);
}

public sealed class SqliteLegTests : LegContract
{
    private readonly DataFolder _folder = new();

    private protected override async Task<IJournalStore> StoreAsync(VirtualClock clock) => await _folder.OpenAsync();

    protected override void Dispose(bool disposing)
    {
        _folder.Dispose();
        base.Dispose(disposing);
    }
}
