using Microsoft.Extensions.Logging.Abstractions;
using Workflow.Engine.Followers;
using Workflow.Engine.Journal;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Followers;

public sealed class FollowerTests
{
    [Fact]
    public async Task CatchUp_GivesEveryEntryInOrderAndGoesOnAtTheCursorAfterARestart()
    {
        var clock = new VirtualClock(Office.Start);
        var store = await Office.MemoryAsync(clock);
        var first = new Recorder();
        await using (var engine = await Office.OpenAsync(store, clock, o => o.Followers.Add(first)))
        {
            await engine.AcceptedAsync("a");
            await engine.CatchUpAsync();
            await engine.AcceptedAsync("b");
            await engine.CatchUpAsync();
        }

        Assert.Equal([1, 2, 3, 4], first.Seen.Select(e => e.Cursor.Position));
        Assert.Equal((Office.Clerk.Id, Office.Unit, Office.Start), (first.Seen[0].Actor, first.Seen[0].Unit, first.Seen[0].OccurredAt));
        Assert.Equal("Nguyễn Văn A", first.Seen[0].Events[0].Personal!.Fields[0].Value);

        var second = new Recorder();
        await using var later = await Office.OpenAsync(store, clock, o => o.Followers.Add(second));
        await later.AcceptedAsync("c");
        await later.CatchUpAsync();
        Assert.Equal([5, 6], second.Seen.Select(e => e.Cursor.Position));
    }

    [Fact]
    public async Task FollowerThatFails_IsGivenTheSameEntriesAgain()
    {
        var failing = new Recorder { Faults = 1 };
        var (engine, _, _) = await Office.OpenAsync(o => o.Followers.Add(failing));
        await using var _e = engine;
        await engine.AcceptedAsync("a");

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await engine.CatchUpAsync());
        Assert.Empty(failing.Seen);
        await engine.CatchUpAsync();
        Assert.Equal([1, 2], failing.Seen.Select(e => e.Cursor.Position));
    }

    [Fact]
    public async Task HostThatStoodStillBeforeItSavesTheCursor_LeavesThatOfItsSuccessorAndStandsBack()
    {
        var clock = new VirtualClock(Office.Start);
        var memory = await Office.MemoryAsync(clock);
        var shared = new FaultyStore(memory) { IsExclusive = false };
        var recorder = new Recorder();
        await using var engine = await Office.OpenAsync(shared, clock, o =>
        {
            o.LeaseDuration = TimeSpan.FromMilliseconds(100);
            o.Followers.Add(recorder);
        });
        await engine.AcceptedAsync("a");

        // The last look at the lease is behind it; before the save another host takes over and rebuilds its projection from the first row.
        shared.BeforeCursor = async name =>
        {
            if (name == recorder.Name)
            {
                clock.Advance(TimeSpan.FromHours(1));
                Assert.True(await memory.TakeLeaseAsync("follower/" + name, "successor", TimeSpan.FromHours(1), default));
                Assert.True(await memory.SaveCursorAsync(name, JournalCursor.At(1), new("follower/" + name, "successor"), default));
            }
        };

        await Assert.ThrowsAsync<FollowerLedElsewhereException>(async () => await engine.CatchUpAsync());
        Assert.Equal(JournalCursor.At(1), await memory.ReadCursorAsync(recorder.Name, default));
        Assert.Equal(2, recorder.Seen.Count);
    }

    [Fact]
    public async Task BackgroundFollower_IsLedAlongWithTheCommits()
    {
        var follower = new Recorder();
        var (engine, _, _) = await Office.OpenAsync(o =>
        {
            o.BackgroundFollowers = true;
            o.Followers.Add(follower);
        });
        await using var _e = engine;
        for (var i = 1; i <= 20; i++)
        {
            await engine.AcceptedAsync($"a{i}");
            await follower.Reached(2 * i);
        }

        Assert.Equal(Enumerable.Range(1, 40), follower.Seen.Select(e => (int)e.Cursor.Position));
    }

    [Fact]
    public async Task Journal_ReadBehindAPosition_StreamsTheRest()
    {
        var (engine, _, _) = await Office.OpenAsync();
        await using var _e = engine;
        await engine.AcceptedAsync("a");
        await engine.AcceptedAsync("b");

        var positions = new List<long>();
        await foreach (var entry in engine.ReadJournalAsync(JournalCursor.At(1)))
        {
            positions.Add(entry.Cursor.Position);
        }

        Assert.Equal([2, 3, 4], positions);
        Assert.Equal((2, 4), ((await engine.CountAsync()).Dossiers, (await engine.CountAsync()).Events));
    }

    [Fact]
    public async Task CatchUpBehindTheDisposal_IsToldSo()
    {
        var clock = new VirtualClock(Office.Start);
        var store = await Office.MemoryAsync(clock);
        await using (var engine = await Office.OpenAsync(store, clock))
        {
            await engine.AcceptedAsync("a");
        }

        var release = new TaskCompletionSource();
        var follower = new Recorder { Before = release.Task };
        var runner = new FollowerRunner(store, follower, "host", TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(1), NullLogger.Instance);

        var first = runner.CatchUpAsync(default).AsTask();
        var disposal = runner.DisposeAsync().AsTask();
        var behind = runner.CatchUpAsync(default).AsTask();
        release.SetResult();

        await first;
        await disposal;
        await Assert.ThrowsAsync<ObjectDisposedException>(() => behind.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal(2, follower.Seen.Count);
    }

    private sealed class Recorder : IJournalFollower
    {
        private readonly Lock _lock = new();
        private readonly List<(int Count, TaskCompletionSource Reached)> _awaited = [];

        public string Name => "recorder";

        public List<JournalEntry> Seen { get; } = [];

        public int Faults { get; set; }

        public Task Before { get; init; } = Task.CompletedTask;

        public async ValueTask HandleAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
        {
            await Before;
            if (Faults-- > 0)
            {
                throw new InvalidOperationException("not yet");
            }

            lock (_lock)
            {
                Seen.AddRange(entries);
                _awaited.Where(a => a.Count <= Seen.Count).ToList().ForEach(a => a.Reached.TrySetResult());
            }
        }

        public Task Reached(int count)
        {
            lock (_lock)
            {
                var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _awaited.Add((count, reached));
                if (Seen.Count >= count)
                {
                    reached.SetResult();
                }

                return reached.Task;
            }
        }
    }
}
