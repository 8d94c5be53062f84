using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Workflow.Engine.Commits;
using Workflow.Engine.Journal;
using Workflow.Engine.Telemetry;
using Workflow.Engine.Tests.Journal;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Commits;

/// <summary>The lanes of the shared commits, without an engine around them.</summary>
public sealed class JournalWriterTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly EngineInstruments _instruments = new(null);
    private FaultyStore _store = null!;

    public async ValueTask InitializeAsync() => _store = new FaultyStore(await Office.MemoryAsync(new VirtualClock(Office.Start))) { AppendsAtOnce = 2 };

    public ValueTask DisposeAsync()
    {
        _instruments.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task IdleLane_DoesNotWaitForTheSlowCallerOfALaneThatCommits()
    {
        await using var writer = Open();
        using var slow = new ManualResetEventSlim();
        var reached = new[] { "D-1", "D-2", "D-3" }.ToDictionary(code => code, _ => new TaskCompletionSource(), StringComparer.Ordinal);
        var release = reached.Keys.ToDictionary(code => code, _ => new TaskCompletionSource(), StringComparer.Ordinal);
        _store.BeforeBatch = async batch =>
        {
            if (reached.TryGetValue(batch[0].Code, out var here))
            {
                here.SetResult();
                await release[batch[0].Code].Task;
            }
        };
        Task Offer(string code) => writer.AppendAsync("u", Appends.Append(code, 1)).AsTask();

        // Each lane has one; that of the first one answers a caller that does not come back, and takes the third one.
        var answered = new TaskCompletionSource();
        var first = Offer("D-1").ContinueWith(
            _ =>
            {
                answered.SetResult();
                slow.Wait(Patience);
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        await reached["D-1"].Task.WaitAsync(Patience);
        var second = Offer("D-2");
        await reached["D-2"].Task.WaitAsync(Patience);
        release["D-2"].SetResult();
        await second.WaitAsync(Patience);
        release["D-1"].SetResult();
        await answered.Task.WaitAsync(Patience);
        var third = Offer("D-3");
        await reached["D-3"].Task.WaitAsync(Patience);

        var fourth = Offer("D-4");
        var went = await Task.WhenAny(fourth, Task.Delay(Patience / 3)) == fourth;
        slow.Set();
        release["D-3"].SetResult();
        await Task.WhenAll(first, third, fourth).WaitAsync(Patience);

        Assert.True(went, "The idle lane waited for the other lane's caller.");
    }

    [Fact]
    public async Task WhoIsToldOfCommits_AndThrows_KeepsNobodyFromTheirAnswers()
    {
        await using var writer = Open();
        writer.Committed = _ => throw new InvalidOperationException("a fault of the program");

        for (var version = 1; version <= 4; version++)
        {
            Assert.Equal(AppendOutcome.Committed, (await writer.AppendAsync("u", Appends.Append("D-1", version)).AsTask().WaitAsync(Patience)).Outcome);
        }

        Assert.True(writer.IsRunning);
    }

    [Fact]
    public async Task LongAppends_AreCommittedTogetherUpToEightMegabytes()
    {
        await using var writer = Open();
        var (reached, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var sizes = new ConcurrentBag<long>();
        _store.BeforeBatch = async batch =>
        {
            sizes.Add(batch.Sum(a => (long)a.Data.Length + a.Personal!.Length + a.Snapshot.Data.Length + a.Snapshot.Personal!.Length));
            reached.TrySetResult();
            await release.Task;
        };

        // One that is longer than that goes alone.
        var appends = Enumerable.Range(1, 40).Select(n => Appends.Append($"D-{n:D2}", 1) with { Data = new byte[(n == 20 ? 9 : 1) << 20] }).ToList();
        var first = writer.AppendAsync("u", appends[0]).AsTask();
        await reached.Task.WaitAsync(Patience);
        var others = appends.Skip(1).Select(a => writer.AppendAsync("u", a).AsTask()).ToList();
        release.SetResult();
        await Task.WhenAll(others.Append(first)).WaitAsync(Patience);

        Assert.All(sizes.Where(s => s > 8 << 20), s => Assert.InRange(s, 9 << 20, (9 << 20) + 1_000));
        Assert.Single(sizes, s => s > 8 << 20);
        Assert.Contains(sizes, s => s > 4 << 20 && s <= 8 << 20);
    }

    private JournalWriter Open() => new(_store, 64, NullLogger.Instance, _instruments);
}
