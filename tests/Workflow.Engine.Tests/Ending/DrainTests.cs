using Workflow.Core.Engines;
using Workflow.Engine.Followers;
using Workflow.Engine.Journal;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Ending;

public sealed class DrainTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Drain_AnswersWhatWasLetInAndTellsOthersToComeAgain()
    {
        var clock = new VirtualClock(Office.Start);
        var store = new FaultyStore(await Office.MemoryAsync(clock));
        await using var engine = await Office.OpenAsync(store, clock);
        var code = await engine.AcceptedAsync("a");
        var release = new TaskCompletionSource();
        store.Before = _ => release.Task;

        var command = engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("x")).AsTask();
        var drain = engine.DrainAsync().AsTask();
        var late = await engine.ExecuteAsync(code, Office.Fire("back"), Office.Request("y"));
        Assert.Equal(TimeSpan.FromSeconds(5), Assert.IsType<CommandResult.Busy>(late).RetryAfter);
        Assert.False(drain.IsCompleted);
        release.SetResult();

        Office.Accepted(await command);
        await drain.WaitAsync(Patience);
        Assert.IsType<CommandResult.Busy>(await engine.SubmitAsync(Office.Submission(), Office.Request("z")));
        Assert.Equal("Review", (await engine.FindAsync(code))!.State);
        await engine.DrainAsync();
        await engine.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await engine.SubmitAsync(Office.Submission(), Office.Request("z")));
    }

    [Fact]
    public async Task Drain_AsksAStoreThatDoesNotAnswerOnAndOn()
    {
        var clock = new VirtualClock(Office.Start);
        var store = new FaultyStore(await Office.MemoryAsync(clock));
        await using var engine = await Office.OpenAsync(store, clock);
        var code = await engine.AcceptedAsync("a");
        var lost = store.Appends;
        store.Before = number => number < lost + 4 ? Task.FromException(new StorageUnavailableException("restarting")) : Task.CompletedTask;

        var command = engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("x")).AsTask();
        await engine.DrainAsync().AsTask().WaitAsync(Patience);

        Office.Accepted(await command);
        Assert.Equal(lost + 4, store.Appends);
    }

    [Fact]
    public async Task StoreThatDoesNotReturn_IsLeftWhenThePatienceEnds()
    {
        var clock = new VirtualClock(Office.Start);
        var inner = await Office.MemoryAsync(clock);
        var store = new FaultyStore(inner);
        var engine = await Office.OpenAsync(store, clock);
        var codes = new[] { await engine.AcceptedAsync("a"), await engine.AcceptedAsync("b") };
        var (reached, never) = (new TaskCompletionSource(), new TaskCompletionSource());
        store.Before = _ =>
        {
            reached.TrySetResult();
            return never.Task;
        };

        // One inside the store, one in the queue behind it.
        var first = engine.ExecuteAsync(codes[0], Office.Fire("forward"), Office.Request("x")).AsTask();
        await reached.Task;
        var second = engine.ExecuteAsync(codes[1], Office.Fire("forward"), Office.Request("x")).AsTask();
        using var patience = new CancellationTokenSource();
        var drain = engine.DrainAsync(patience.Token).AsTask();
        Assert.False(drain.IsCompleted);
        await patience.CancelAsync();

        await drain.WaitAsync(Patience);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => first);
        await Assert.ThrowsAsync<StorageUnavailableException>(() => second);
        await engine.DisposeAsync();
    }

    [Fact]
    public async Task Disposal_OfAStoreThatDoesNotReturn_EndsAfterTheShutdownTimeout()
    {
        var clock = new VirtualClock(Office.Start);
        var store = new FaultyStore(await Office.MemoryAsync(clock));
        var engine = await Office.OpenAsync(store, clock, o => o.ShutdownTimeout = TimeSpan.Zero);
        var code = await engine.AcceptedAsync("a");
        store.Before = _ => new TaskCompletionSource().Task;

        var command = engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("x")).AsTask();
        await engine.DisposeAsync().AsTask().WaitAsync(Patience);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => command);
    }

    [Fact]
    public async Task Drain_SavesTheCursorsOfFollowersThatRunByThemselves()
    {
        var clock = new VirtualClock(Office.Start);
        var store = await Office.MemoryAsync(clock);
        var follower = new Counting();
        await using var engine = await Office.OpenAsync(store, clock, o =>
        {
            o.BackgroundFollowers = true;
            o.Followers.Add(follower);
        });
        await engine.AcceptedAsync("a");
        await follower.Reached.Task.WaitAsync(Patience);

        await engine.DrainAsync().AsTask().WaitAsync(Patience);

        Assert.NotNull(await store.ReadCursorAsync("counting", default));
    }

    [Fact]
    public async Task FollowerThatDoesNotReturn_DoesNotKeepTheEngineFromEnding()
    {
        var clock = new VirtualClock(Office.Start);
        var store = await Office.MemoryAsync(clock);
        var follower = new Counting { Answer = new TaskCompletionSource().Task };
        var engine = await Office.OpenAsync(store, clock, o =>
        {
            o.BackgroundFollowers = true;
            o.ShutdownTimeout = TimeSpan.Zero;
            o.Followers.Add(follower);
        });
        await engine.AcceptedAsync("a");
        await follower.Reached.Task.WaitAsync(Patience);

        await engine.DrainAsync().AsTask().WaitAsync(Patience);
    }

    [Fact]
    public async Task PartThatFailsAtTheEnd_IsToldOnceAllOthersHaveEnded()
    {
        var clock = new VirtualClock(Office.Start);
        var store = new FaultyStore(await Office.MemoryAsync(clock));
        var followers = new[] { new Counting { Name = "first" }, new Counting { Name = "second" }, new Counting { Name = "third" } };
        var engine = await Office.OpenAsync(store, clock, o =>
        {
            o.BackgroundFollowers = true;
            foreach (var follower in followers)
            {
                o.Followers.Add(follower);
            }
        });
        store.BeforeCursor = name => name == "first" ? throw new InvalidOperationException("a fault of the program") : Task.CompletedTask;
        await engine.AcceptedAsync("a");
        await Task.WhenAll(followers.Select(f => f.Reached.Task)).WaitAsync(Patience);

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(() => engine.DrainAsync().AsTask().WaitAsync(Patience));

        Assert.Equal("a fault of the program", fault.Message);
        Assert.NotNull(await store.ReadCursorAsync("second", default));
        Assert.NotNull(await store.ReadCursorAsync("third", default));
        await engine.DisposeAsync().AsTask().WaitAsync(Patience);
    }

    private sealed class Counting : IJournalFollower
    {
        public string Name { get; init; } = "counting";

        public Task Answer { get; init; } = Task.CompletedTask;

        public TaskCompletionSource Reached { get; } = new();

        public async ValueTask HandleAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
        {
            Reached.TrySetResult();
            await Answer;
        }
    }
}
