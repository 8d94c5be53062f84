using Workflow.Host.Loading;
using Workflow.Host.Tests.Terminal;

namespace Workflow.Host.Tests.Loading;

public sealed class LoadCommandTests
{
    [Fact]
    public async Task Load_ForAMoment_GivesTheKeysOfTheContract()
    {
        using var scratch = new Scratch();
        var json = await Run.JsonAsync("load", "--callers", "4", "--seconds", "0.2", "--dossiers", "9", "--data", scratch.File("data"));
        Assert.All((string[])["callers", "commands", "accepted", "perSecond", "p50Ms", "p99Ms", "busy"], k => Assert.True(json.TryGetProperty(k, out _), k));
        Assert.True(json.GetProperty("accepted").GetInt64() > 0);
        Assert.Equal(0, json.GetProperty("rejected").GetInt64());
    }

    [Fact]
    public async Task Load_AtARate_GivesNoMoreThanThatManyCommands()
    {
        using var scratch = new Scratch();
        var json = await Run.JsonAsync("load", "--callers", "4", "--seconds", "0.5", "--dossiers", "8", "--open-loop", "40", "--data", scratch.File("data"));
        Assert.InRange(json.GetProperty("commands").GetInt64(), 1, 20);
        Assert.Equal(0, json.GetProperty("rejected").GetInt64());
        (await Run.CommandAsync("load", "--callers", "1", "--seconds", "1", "--open-loop", "0", "--data", scratch.File("none"))).IsUnusable("--open-loop 0 is out of range");
    }

    [Fact]
    public void Percentile_OfKnownTimes_IsWithinABucket()
    {
        var latencies = new Latencies();
        for (var i = 1; i <= 1_000; i++)
        {
            latencies.Add(TimeSpan.FromMilliseconds(i));
        }

        Assert.InRange(latencies.Percentile(0.5), 500, 516);
        Assert.InRange(latencies.Percentile(0.99), 990, 1_020);
        Assert.Equal(0, new Latencies().Percentile(0.5));
    }
}
