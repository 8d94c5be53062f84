namespace Workflow.Engine.Tests.Faults;

/// <summary>The server ends and comes back while callers wait: they wait longer, and that is all.</summary>
[Collection(FaultTests.Name)]
public sealed class RestartedServerTests
{
    private const int Seed = 20201107;

    [Fact]
    public async Task ServerRestartedUnderLoad_IsWaitedForAndNobodyIsToldAFailure()
    {
        var random = new Random(Seed);
        using var server = OwnServer.Start();
        await using var hosts = await LoadedHosts.OpenAsync(server.ConnectionString);
        await hosts.StartAsync();

        var restarts = LongRun.Times(4);
        for (var n = 0; n < restarts; n++)
        {
            await hosts.MoreAsync(random.Next(1, 1_000));

            // Once as a stop by its owner, once as a crash.
            await Task.Run(() => server.Restart(n % 2 == 0 ? "immediate" : "fast"));
        }

        await hosts.MoreAsync();
        await hosts.CheckAsync(server.ConnectionString, $"{restarts} restarts, seed {Seed}");
    }
}
