using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Workflow.Silo.Schema;

namespace Workflow.Silo.Tests.Schema;

/// <summary>Members of a cluster through Orleans' own provider over our statements.</summary>
public sealed class MembershipTests : IAsyncLifetime
{
    private static readonly DateTime s_start = new(2026, 3, 2, 1, 0, 0, DateTimeKind.Utc);

    private string _schema = string.Empty;

    public async ValueTask InitializeAsync()
    {
        _schema = PostgresServer.Require().CreateSchema();
        await OrleansSchema.CreateAsync(_schema);
    }

    public ValueTask DisposeAsync()
    {
        PostgresServer.Require().DropSchema(_schema);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Silos_ThatJoinAndLeave_AreSeenByTheOther()
    {
        var first = await SiloHost.StartAsync(_schema, "both");
        await using var _ = first;
        await using (await SiloHost.StartAsync(_schema, "both"))
        {
            Assert.Equal(2L, PostgresServer.Read(_schema, "SELECT count(*) FROM orleansmembershiptable WHERE deploymentid = 'both' AND status = 3"));
            Assert.Equal(2, (await first.Grains.GetGrain<IManagementGrain>(0).GetHosts(onlyActive: true)).Count);
        }

        Assert.Equal(1L, PostgresServer.Read(_schema, "SELECT count(*) FROM orleansmembershiptable WHERE deploymentid = 'both' AND status = 3"));
        Assert.Equal(1L, PostgresServer.Read(_schema, "SELECT count(*) FROM orleansmembershiptable WHERE deploymentid = 'both' AND status = 6"));
    }

    [Fact]
    public async Task Insert_OnAVersionThatIsPast_ChangesNothing()
    {
        await using var silo = SiloHost.Build(_schema, "a");
        var table = await TableAsync(silo);
        var empty = (await table.ReadAll()).Version;

        Assert.True(await table.InsertRow(Member(1), empty.Next()));
        Assert.False(await table.InsertRow(Member(2), empty.Next()));

        var now = await table.ReadAll();
        Assert.Equal(empty.Version + 1, now.Version.Version);
        Assert.Equal(Member(1).SiloAddress, Assert.Single(now.Members).Item1.SiloAddress);
    }

    [Fact]
    public async Task Insert_ManyAtOnceOnOneVersion_LetsOneIn()
    {
        await using var silo = SiloHost.Build(_schema, "race");
        var table = await TableAsync(silo);
        var empty = (await table.ReadAll()).Version;

        var answers = await Task.WhenAll(Enumerable.Range(1, 8).Select(i => Task.Run(() => table.InsertRow(Member(i), empty.Next()))));

        Assert.Single(answers, true);
        var now = await table.ReadAll();
        Assert.Equal(empty.Version + 1, now.Version.Version);
        Assert.Single(now.Members);
    }

    [Fact]
    public async Task Insert_ASiloThatIsThere_ChangesNothing()
    {
        await using var silo = SiloHost.Build(_schema, "b");
        var table = await TableAsync(silo);
        Assert.True(await table.InsertRow(Member(1), (await table.ReadAll()).Version.Next()));
        var before = (await table.ReadAll()).Version;

        Assert.False(await table.InsertRow(Member(1), before.Next()));

        Assert.Equal(before.Version, (await table.ReadAll()).Version.Version);
    }

    [Fact]
    public async Task Update_IsByVersionAndKeepsWhatItWrote()
    {
        await using var silo = SiloHost.Build(_schema, "c");
        var table = await TableAsync(silo);
        await table.InsertRow(Member(1), (await table.ReadAll()).Version.Next());
        var before = (await table.ReadAll()).Version;
        var changed = Member(1);
        changed.Status = SiloStatus.Active;
        changed.SuspectTimes = [Tuple.Create(Member(2).SiloAddress, s_start)];
        changed.IAmAliveTime = s_start.AddMinutes(5);

        Assert.True(await table.UpdateRow(changed, string.Empty, before.Next()));
        Assert.False(await table.UpdateRow(changed, string.Empty, before.Next()));
        Assert.False(await table.UpdateRow(Member(9), string.Empty, (await table.ReadAll()).Version.Next()));

        var read = await table.ReadRow(changed.SiloAddress);
        Assert.Equal(before.Version + 1, read.Version.Version);
        var member = Assert.Single(read.Members).Item1;
        Assert.Equal((SiloStatus.Active, s_start.AddMinutes(5), s_start, "silo-1", "host", 30_001), (member.Status, member.IAmAliveTime, member.StartTime, member.SiloName, member.HostName, member.ProxyPort));
        Assert.Equal(changed.SuspectTimes, member.SuspectTimes);
    }

    [Fact]
    public async Task IAmAlive_RaisesNoVersion()
    {
        await using var silo = SiloHost.Build(_schema, "d");
        var table = await TableAsync(silo);
        await table.InsertRow(Member(1), (await table.ReadAll()).Version.Next());
        var alive = Member(1);
        alive.IAmAliveTime = s_start.AddHours(1);

        await table.UpdateIAmAlive(alive);

        var now = await table.ReadAll();
        Assert.Equal(1, now.Version.Version);
        Assert.Equal(s_start.AddHours(1), Assert.Single(now.Members).Item1.IAmAliveTime);
    }

    [Fact]
    public async Task ReadRow_OfASiloThatIsNoMember_HasTheVersionAlone()
    {
        await using var silo = SiloHost.Build(_schema, "e");
        var table = await TableAsync(silo);

        var read = await table.ReadRow(Member(1).SiloAddress);

        Assert.Empty(read.Members);
        Assert.Equal(0, read.Version.Version);
    }

    [Fact]
    public async Task Cleanup_TakesAwayDefunctSilosOfTheClusterAlone()
    {
        await using var silo = SiloHost.Build(_schema, "f");
        await using var other = SiloHost.Build(_schema, "g");
        var (table, beside) = (await TableAsync(silo), await TableAsync(other));
        await JoinAsync(table, 1, SiloStatus.Dead, s_start);
        await JoinAsync(table, 2, SiloStatus.Joining, s_start);
        await JoinAsync(table, 3, SiloStatus.Active, s_start);
        await JoinAsync(table, 4, SiloStatus.Dead, s_start.AddDays(3));
        await JoinAsync(beside, 5, SiloStatus.Dead, s_start);

        await table.CleanupDefunctSiloEntries(new DateTimeOffset(s_start.AddDays(2)));

        Assert.Equal([3, 4], (await table.ReadAll()).Members.Select(m => m.Item1.SiloAddress.Generation).Order());
        Assert.Single((await beside.ReadAll()).Members);
    }

    [Fact]
    public async Task Delete_TakesAwayTheClusterAlone()
    {
        await using var silo = SiloHost.Build(_schema, "h");
        await using var other = SiloHost.Build(_schema, "i");
        var (table, beside) = (await TableAsync(silo), await TableAsync(other));
        await JoinAsync(table, 1, SiloStatus.Active, s_start);
        await JoinAsync(beside, 2, SiloStatus.Active, s_start);

        await table.DeleteMembershipTableEntries("h");

        Assert.Equal("i", PostgresServer.Read(_schema, "SELECT string_agg(deploymentid, ',') FROM orleansmembershipversiontable"));
        Assert.Equal("i", PostgresServer.Read(_schema, "SELECT string_agg(deploymentid, ',') FROM orleansmembershiptable"));
    }

    private static async Task<IMembershipTable> TableAsync(SiloHost silo)
    {
        var table = silo.Services.GetRequiredService<IMembershipTable>();
        await table.InitializeMembershipTable(tryInitTableVersion: true);
        await table.InitializeMembershipTable(tryInitTableVersion: true);
        return table;
    }

    private static async Task JoinAsync(IMembershipTable table, int number, SiloStatus status, DateTime alive)
    {
        var member = Member(number);
        (member.Status, member.IAmAliveTime) = (status, alive);
        Assert.True(await table.InsertRow(member, (await table.ReadAll()).Version.Next()));
    }

    private static MembershipEntry Member(int number) => new()
    {
        SiloAddress = SiloAddress.New(IPAddress.Loopback, 20_000 + number, number),
        SiloName = $"silo-{number}",
        HostName = "host",
        Status = SiloStatus.Joining,
        ProxyPort = 30_000 + number,
        StartTime = s_start,
        IAmAliveTime = s_start,
    };
}
