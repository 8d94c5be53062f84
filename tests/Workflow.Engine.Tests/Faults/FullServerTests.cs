using Npgsql;
using Workflow.Engine.Journal;
using Workflow.Engine.Tests.Postgres;

namespace Workflow.Engine.Tests.Faults;

/// <summary>The server's disk is full under load: callers are told so or wait, and when there is room again all goes on.</summary>
[Collection(FaultTests.Name)]
public sealed class FullServerTests
{
    private const int Megabyte = 1 << 20;

    [Fact]
    public async Task FullTablespace_IsToldAndTheEngineGoesOnOnceThereIsRoom()
    {
        using var disk = SmallDisk.Mount(48);
        using var server = OwnServer.Start();
        var folder = disk.CreateFolder("tables");
        OwnServer.Give(folder);
        PostgresServer.Execute(server.ConnectionString, $"CREATE TABLESPACE small LOCATION '{folder}'");
        PostgresServer.Execute(server.ConnectionString, "CREATE DATABASE office TABLESPACE small");
        var database = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Database = "office" }.ConnectionString;
        await using var hosts = await LoadedHosts.OpenAsync(database);
        hosts.Forgives = told => told is StorageFullException;
        await hosts.StartAsync();

        for (var n = 0; n < 2; n++)
        {
            await hosts.MoreAsync();
            var told = hosts.Forgiven;
            disk.FillUpTo(Megabyte / 4);
            await hosts.UntilAsync(() => hosts.Forgiven >= told + 50, "callers are told that the disk is full");
            disk.Free();
        }

        await hosts.MoreAsync();
        await hosts.CheckAsync(database, $"a disk full twice, told {hosts.Forgiven} times");
        NpgsqlConnection.ClearAllPools();
    }

    /// <summary>Its write-ahead log alone, on a disk of its own: the server ends at once, and cannot start before there is room.</summary>
    [Fact]
    public async Task FullDiskOfTheLog_EndsTheServerAndLosesNothingThatWasAnswered()
    {
        using var disk = SmallDisk.Mount(160);
        using var server = OwnServer.StartWithLogIn(disk.CreateFolder("log"));
        await using var hosts = await LoadedHosts.OpenAsync(server.ConnectionString);
        hosts.Forgives = told => told is StorageFullException;
        await hosts.StartAsync();

        await hosts.MoreAsync();

        disk.FillUpTo(0);
        await hosts.UntilAsync(() => server.Log.Contains("PANIC", StringComparison.Ordinal) && !server.IsRunning, "the server has ended for want of room for its log");
        Assert.ThrowsAny<InvalidOperationException>(server.Revive);
        disk.Free();
        await Task.Run(server.Revive);

        await hosts.MoreAsync();
        await hosts.CheckAsync(server.ConnectionString, $"a log without room, told {hosts.Forgiven} times");
    }

    /// <summary>Its log included: without room for that the server ends by itself, and is started again.</summary>
    [Fact]
    public async Task FullDiskOfTheServer_LosesNothingAndIsWaitedForUntilThereIsRoom()
    {
        using var disk = SmallDisk.Mount(160);
        var folder = disk.CreateFolder("server");
        using var server = OwnServer.StartIn(folder);
        await using var hosts = await LoadedHosts.OpenAsync(server.ConnectionString);
        hosts.Forgives = told => told is StorageFullException;
        await hosts.StartAsync();
        await hosts.MoreAsync();

        disk.FillUpTo(Megabyte / 4);
        await hosts.UntilAsync(() => hosts.Forgiven >= 50 || server.Log.Contains("PANIC", StringComparison.Ordinal), "the disk is full");
        disk.Free();
        await Task.Run(server.Revive);

        await hosts.MoreAsync();
        await hosts.CheckAsync(server.ConnectionString, $"a server without room, told {hosts.Forgiven} times");
    }
}
