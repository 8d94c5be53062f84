using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Workflow.Core.Indicators;
using Workflow.Grains.Monitors;
using Workflow.Silo.Monitors;

namespace Workflow.Silo.Tests.Monitors;

/// <summary>Monitors of units over the real store and the real grain storage: whatever falls in between, their figures are those of the journal.</summary>
[Collection(AloneTests.Name)]
public sealed class UnitMonitorTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Monitors_FollowTheJournal_ThroughTransfersAndAReorganisation(int seed)
    {
        await using var office = await MonitoredOffice.OpenAsync();
        await office.WorkAsync(seed, 120);
        await office.CatchUpAsync();
        await office.AssertMonitorsAsync();

        await office.ReorganiseAsync();
        await office.CatchUpAsync();

        await office.AssertMonitorsAsync();
        var (old, next) = ((await office.Monitor(MonitoredOffice.District).ReadAsync()).Figures, (await office.Monitor(MonitoredOffice.NewDistrict).ReadAsync()).Figures);
        Assert.Equal((0, old.HandedOver), (old.InProcess, next.TakenOver));
        Assert.True(next.InProcess > 0 && old.Settled > 0 && next.Settled == 0);
    }

    [Fact]
    public async Task Monitor_OfAUnitThatNothingHappenedTo_IsEmpty()
    {
        await using var office = await MonitoredOffice.OpenAsync();

        Assert.Equal(new UnitMonitor("x", UnitFigures.None, null), await office.Monitor("x").ReadAsync());
        Assert.Equal(new UnitMonitor("x", UnitFigures.None, null), await office.Monitor("x").RebuildAsync());
        Assert.Equal(0L, PostgresServer.Read(office.ConnectionString, "SELECT count(*) FROM orleansstorage WHERE grainidextensionstring <> 'unit/x'"));
    }

    // A host falls after its monitors stored a page and before its cursor was saved: the next one is given the same entries, in other pages.
    [Fact]
    public async Task Entries_GivenAgainInOtherPages_CountOnce()
    {
        await using var office = await MonitoredOffice.OpenAsync();
        await office.WorkAsync(3, 180);
        var entries = (await office.RecordAsync()).ToList();
        var random = new Random(7);
        var follower = office.NewFollower();
        for (var at = 0; at < entries.Count;)
        {
            var length = Math.Min(1 + random.Next(12), entries.Count - at);
            await follower.HandleAsync(entries.GetRange(at, length), Ct);
            at += length;
            switch (random.Next(4))
            {
                case 0:
                    await office.DeactivateAsync();
                    break;
                case 1:
                    (follower, at) = (office.NewFollower(), Math.Max(0, at - random.Next(20)));
                    break;
            }
        }

        await office.AssertMonitorsAsync();
    }

    [Fact]
    public async Task Hosts_ThatBothLeadForAMoment_CountOnce()
    {
        await using var office = await MonitoredOffice.OpenAsync();
        await office.WorkAsync(4, 180);
        var entries = (await office.RecordAsync()).ToList();
        var (behind, ahead) = (office.NewFollower(), office.NewFollower());
        await behind.HandleAsync(entries.GetRange(0, 20), Ct);
        await ahead.HandleAsync(entries.GetRange(0, 45), Ct);

        await behind.HandleAsync(entries.GetRange(20, 10), Ct);
        await ahead.HandleAsync(entries[45..], Ct);
        await behind.HandleAsync(entries[30..], Ct);

        await office.AssertMonitorsAsync();
    }

    [Fact]
    public async Task Process_ThatIsReplaced_GoesOnWhereItsCursorWas()
    {
        await using var office = await MonitoredOffice.OpenAsync();
        await office.WorkAsync(5, 60);
        await office.CatchUpAsync();
        await office.StopAsync();

        // Its last cursors were lost, as in a crash.
        PostgresServer.Execute(office.ConnectionString, "DELETE FROM follower");
        await office.StartAsync();
        await office.WorkAsync(6, 60);
        await office.CatchUpAsync();

        await office.AssertMonitorsAsync();
    }

    [Fact]
    public async Task Write_ThatFails_IsMadeUpForWhenTheEntriesComeAgain()
    {
        await using var office = await MonitoredOffice.OpenAsync();
        await office.WorkAsync(8, 180);
        var entries = (await office.RecordAsync()).ToList();
        var follower = office.NewFollower();
        await follower.HandleAsync(entries.GetRange(0, 30), Ct);
        PostgresServer.Execute(
            office.ConnectionString,
            $"""
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE disk_full; END';
            CREATE TRIGGER fail BEFORE INSERT OR UPDATE ON orleansstorage FOR EACH ROW WHEN (new.grainidextensionstring = 'unit/{MonitoredOffice.District}') EXECUTE FUNCTION fail();
            """);

        var before = await office.Monitor(MonitoredOffice.District).ReadAsync();
        await Assert.ThrowsAnyAsync<Exception>(async () => await follower.HandleAsync(entries[30..], Ct));
        Assert.Equal(before, await office.Monitor(MonitoredOffice.District).ReadAsync());
        PostgresServer.Execute(office.ConnectionString, "DROP TRIGGER fail ON orleansstorage");
        await follower.HandleAsync(entries[30..], Ct);

        await office.AssertMonitorsAsync();
    }

    [Theory]
    [InlineData("DELETE FROM orleansstorage")]
    [InlineData("UPDATE orleansstorage SET (payloadbinary, version) = (SELECT payloadbinary, version FROM earlier e WHERE e.grainidextensionstring = orleansstorage.grainidextensionstring)")]
    [InlineData("UPDATE orleansstorage SET payloadbinary = convert_to((convert_from(payloadbinary, 'UTF8')::jsonb || '{\"rules\": 0, \"early\": 77}')::text, 'UTF8')")]
    public async Task States_LostOrOfOtherRules_AreCountedAnewWithTheNextChange(string sql)
    {
        await using var office = await MonitoredOffice.OpenAsync();
        await office.WorkAsync(9, 180);
        var entries = (await office.RecordAsync()).ToList();
        var follower = office.NewFollower();
        await follower.HandleAsync(entries.GetRange(0, 25), Ct);
        PostgresServer.Execute(office.ConnectionString, "CREATE TABLE earlier AS SELECT * FROM orleansstorage");
        await follower.HandleAsync(entries.GetRange(25, 15), Ct);
        await office.DeactivateAsync();
        PostgresServer.Execute(office.ConnectionString, sql);

        await follower.HandleAsync(entries[40..], Ct);

        await office.AssertMonitorsAsync();
    }

    [Fact]
    public async Task State_LostWhileNobodyLed_IsCountedAnewByWhoeverLeadsNext()
    {
        await using var office = await MonitoredOffice.OpenAsync();
        await office.WorkAsync(10, 180);
        var entries = (await office.RecordAsync()).ToList();
        await office.NewFollower().HandleAsync(entries.GetRange(0, 40), Ct);
        await office.DeactivateAsync();
        PostgresServer.Execute(office.ConnectionString, "DELETE FROM orleansstorage");

        await office.NewFollower().HandleAsync(entries[40..], Ct);

        await office.AssertMonitorsAsync();
    }

    [Fact]
    public async Task Rebuild_OfFiguresThatAreWrong_GivesThoseOfTheJournal()
    {
        await using var office = await MonitoredOffice.OpenAsync();
        await office.WorkAsync(11, 80);
        await office.CatchUpAsync();
        await office.ReorganiseAsync();
        await office.CatchUpAsync();
        await office.DeactivateAsync();
        PostgresServer.Execute(office.ConnectionString, "UPDATE orleansstorage SET payloadbinary = '{\"rules\":1,\"cursor\":\"99.99.99\",\"early\":77}'");

        foreach (var unit in (string[])[MonitoredOffice.Commune, MonitoredOffice.District, MonitoredOffice.NewDistrict])
        {
            Assert.Equal(77, (await office.Monitor(unit).ReadAsync()).Figures.Early);
            var rebuilt = await office.Monitor(unit).RebuildAsync();
            Assert.Equal(office.Entries[^1].Cursor.ToString(), rebuilt.Cursor);
        }

        await office.AssertMonitorsAsync();
        await office.WorkAsync(12, 20);
        await office.CatchUpAsync();
        await office.AssertMonitorsAsync();
    }

    [Fact]
    public async Task Rebuild_WhileChangesAreCounted_LosesNone()
    {
        await using var office = await MonitoredOffice.OpenAsync();
        await office.WorkAsync(13, 120);
        var entries = (await office.RecordAsync()).ToList();
        var follower = office.NewFollower();

        var rebuilding = Task.Run(async () =>
        {
            for (var i = 0; i < 10; i++)
            {
                await Task.WhenAll(office.Monitor(MonitoredOffice.Commune).RebuildAsync().AsTask(), office.Monitor(MonitoredOffice.District).RebuildAsync().AsTask());
            }
        });
        foreach (var page in entries.Chunk(7))
        {
            await follower.HandleAsync(page, Ct);
        }

        await rebuilding;
        await office.AssertMonitorsAsync();
    }

    [Fact]
    public async Task Storage_HoldsJsonWithoutNamesOfTypes()
    {
        await using var office = await MonitoredOffice.OpenAsync();
        await office.WorkAsync(1, 1);
        await office.CatchUpAsync();

        var stored = (string)PostgresServer.Read(office.ConnectionString, "SELECT convert_from(payloadbinary, 'UTF8') FROM orleansstorage WHERE convert_from(payloadbinary, 'UTF8') LIKE '%\"submitted\":1%'")!;

        Assert.Equal(
            $$"""{"rules":1,"cursor":"{{office.Entries[0].Cursor}}","submitted":1,"takenOver":0,"handedOver":0,"early":0,"onTime":0,"overdue":0,"inProcess":1,"waitingForSupplement":0,"held":1,"byStatus":[0,1,0,0,0,0,0,0,0,0,0]}""",
            stored);
        Assert.Equal("unit-monitor", PostgresServer.Read(office.ConnectionString, "SELECT DISTINCT graintypestring FROM orleansstorage"));
    }

    [Fact]
    public async Task Messages_RoundTripAndAreNotCopiedInProcess()
    {
        await using var office = await MonitoredOffice.OpenAsync();
        var (serializer, copier) = (office.Silo.Services.GetRequiredService<Serializer>(), office.Silo.Services.GetRequiredService<DeepCopier>());
        var figures = new UnitFigures { Submitted = 1, TakenOver = 2, HandedOver = 3, Early = 4, OnTime = 5, Overdue = 6, InProcess = 7, WaitingForSupplement = 8, Held = 9, ByStatus = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10] };
        var monitor = new UnitMonitor("u", figures, "1.2.3");
        var batch = new UnitBatch(null, [new UnitChange("1.2.3", figures)]);

        Assert.Equal(monitor, serializer.Deserialize<UnitMonitor>(serializer.SerializeToArray(monitor)));
        var read = serializer.Deserialize<UnitBatch>(serializer.SerializeToArray(batch));
        Assert.Null(read.After);
        Assert.Equal(batch.Changes, read.Changes);
        Assert.Same(monitor, copier.Copy(monitor));
        Assert.Same(batch, copier.Copy(batch));
    }

    [Theory]
    [InlineData("dossier/x")]
    [InlineData("unit/")]
    public async Task Key_OfAnotherForm_IsRefused(string key)
    {
        await using var office = await MonitoredOffice.OpenAsync();

        var refusal = await Assert.ThrowsAnyAsync<Exception>(async () => await office.Silo.Grains.GetGrain<IUnitMonitorGrain>(key).ReadAsync());

        Assert.Contains("make it by UnitMonitorGrainKey.Of", refusal.ToString(), StringComparison.Ordinal);
    }
}

/// <summary>Beside no other tests: a transaction of one hides what another has committed from followers for a moment.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneTests
{
    public const string Name = "Alone on the server";
}
