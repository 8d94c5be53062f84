using Npgsql;

namespace Workflow.Engine.Tests.Faults;

/// <summary>Connections end in the middle of commits: what became of them is found out, and nobody is told a failure.</summary>
[Collection(FaultTests.Name)]
public sealed class CutConnectionTests
{
    private const int Seed = 20201108;

    [Fact]
    public async Task ConnectionsCutAnywhere_EachCommandIsDoneOnceAndNobodyIsToldAFailure()
    {
        using var server = OwnServer.Start();
        using var proxy = new CuttingProxy(server.ConnectionString, Seed, mostBytes: 60_000);
        await using var hosts = await LoadedHosts.OpenAsync(proxy.ConnectionString);
        await hosts.StartAsync();
        proxy.IsCutting = true;

        await hosts.MoreAsync(LongRun.Times(3_000));
        proxy.IsCutting = false;
        await hosts.StopAsync();

        Assert.True(proxy.Cuts > LongRun.Times(20), $"Only {proxy.Cuts} connections were cut.");
        await hosts.CheckAsync(server.ConnectionString, $"{proxy.Cuts} cut connections, seed {Seed}");
    }

    [Fact]
    public async Task ConnectionsEndedByTheServer_EachCommandIsDoneOnceAndNobodyIsToldAFailure()
    {
        var random = new Random(Seed);
        using var server = OwnServer.Start();
        await using var hosts = await LoadedHosts.OpenAsync(server.ConnectionString);
        await hosts.StartAsync();

        // Any of them, in the middle of whatever it does.
        await using var source = NpgsqlDataSource.Create(server.ConnectionString);
        await using var end = source.CreateCommand(
            "SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity WHERE application_name = 'workflow' ORDER BY md5($1::text || pid) LIMIT $2) AS picked");
        end.Parameters.Add(new NpgsqlParameter<int>());
        end.Parameters.Add(new NpgsqlParameter<int>());
        var ended = 0L;
        for (var n = 0; n < LongRun.Times(20); n++)
        {
            await hosts.MoreAsync(random.Next(1, 200));
            ((NpgsqlParameter<int>)end.Parameters[0]).TypedValue = random.Next();
            ((NpgsqlParameter<int>)end.Parameters[1]).TypedValue = random.Next(1, 6);
            ended += (long)(await end.ExecuteScalarAsync())!;
        }

        await hosts.MoreAsync();
        await hosts.CheckAsync(server.ConnectionString, $"{ended} ended connections, seed {Seed}");
    }
}
