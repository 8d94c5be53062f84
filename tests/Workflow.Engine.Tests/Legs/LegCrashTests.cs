using Workflow.Core.Dossiers;
using Workflow.Engine.Followers;
using Workflow.Engine.Journal;
using Workflow.Engine.Timers;
using static Workflow.Engine.Tests.Legs.LegOffice;

namespace Workflow.Engine.Tests.Legs;

public sealed class LegCrashTests
{
    private static readonly StorageReadOnlyException s_gone = new("the process died");

    public static TheoryData<int, bool> Moments()
    {
        var moments = new TheoryData<int, bool>();
        for (var append = 1; append <= 4; append++)
        {
            moments.Add(append, false);
            moments.Add(append, true);
        }

        return moments;
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task CrashBeforeOrAfterAnyCommitOfTheFollower_LosesNoLegAndSubmitsNoneTwice(int append, bool afterCommit)
    {
        var clock = new VirtualClock(Office.Start);
        var store = await Office.MemoryAsync(clock);
        var office = await OpenAsync(store, clock);
        var parent = await office.SentAsync();
        office = await CrashAsync(office, store, append, afterCommit);
        await office.SettleAsync(await office.ChildAsync(parent, 1), "1");
        office = await CrashAsync(office, store, append, afterCommit);
        await office.SettleAsync(await office.ChildAsync(parent, 2), "2");
        office = await CrashAsync(office, store, append, afterCommit);

        Assert.Equal(3, await office.CountAsync());
        Assert.Equal("concluding", (await office.ReadAsync(parent)).State);
        var events = await office.EventsAsync(parent);
        Assert.Equal([1, 2], events.OfType<LegOpened>().Select(e => e.Number));
        Assert.Equal([1, 2], events.OfType<LegAcknowledged>().Select(e => e.Number));
        Assert.Equal([1, 2], events.OfType<LegEnded>().Select(e => e.Number));
        await office.DisposeAsync();
    }

    [Fact]
    public async Task RefusedSubmission_GivenAgainWhenItWouldBeTaken_StaysRefused()
    {
        var clock = new VirtualClock(Office.Start);
        var store = new FaultyStore(await Office.MemoryAsync(clock));
        var group = Group(All, Residence with { Procedure = "L.2" });
        await using (var office = await LegOffice.OpenAsync(store, clock, group))
        {
            await office.SentAsync();
            await office.CatchUpAsync();
        }

        await ForgetCursorAsync(store);
        await using var again = await LegOffice.OpenAsync(store, clock, group, Group("L.2", All, Card));
        await again.CatchUpAsync();

        Assert.Equal(1, await again.CountAsync());
    }

    [Fact]
    public async Task FullQueue_DoesNotKeepLegsFromBeingSubmitted()
    {
        var clock = new VirtualClock(Office.Start);
        var store = new FaultyStore(await Office.MemoryAsync(clock));
        await using var office = await LegOffice.OpenAsync(store, clock, o => o.QueueLength = 1, Group(All, Residence));
        var parent = await office.SentAsync();
        var other = await office.SentAsync("q");
        var release = new TaskCompletionSource();
        store.Before = _ => release.Task;

        var blocked = office.Engine.ExecuteAsync(other, new FireTrigger("withdraw"), Office.Request("w")).AsTask();
        Assert.IsType<Core.Engines.CommandResult.Busy>(await office.Engine.ExecuteAsync(parent, new FireTrigger("accept"), Office.Request("a")));
        var caughtUp = office.CatchUpAsync();
        release.SetResult();
        await blocked;
        await caughtUp;

        Assert.NotNull((await office.LegAsync(parent, 1)).Code);
    }

    [Fact]
    public async Task BackgroundFollower_SubmitsLegsByItself()
    {
        var clock = new VirtualClock(Office.Start);
        var seen = new Awaiter();
        await using var office = await LegOffice.OpenAsync(
            await Office.MemoryAsync(clock),
            clock,
            o =>
            {
                o.BackgroundFollowers = true;
                o.Followers.Add(seen);
            },
            Group(All, Residence, Card));
        var parent = await office.SentAsync();

        await seen.Opened(2);

        Assert.Equal(3, await office.CountAsync());
        Assert.Equal("residence:Dispatched card:Dispatched", await office.StatesAsync(parent));
    }

    [Fact]
    public async Task GroupThatIsPublishedLater_HasItsLegsSubmittedToo()
    {
        var clock = new VirtualClock(Office.Start);
        var seen = new Awaiter();
        await using var office = await LegOffice.OpenAsync(
            await Office.MemoryAsync(clock),
            clock,
            o =>
            {
                o.BackgroundFollowers = true;
                o.Followers.Add(seen);
            });
        await office.Engine.PublishAsync([Group(All, Residence)]);
        await office.SentAsync();

        await seen.Opened(1);

        Assert.Equal(2, await office.CountAsync());
    }

    [Fact]
    public async Task SameHistory_GivesTheSameLegs()
    {
        Assert.Equal(await RunAsync(), await RunAsync());

        static async Task<string> RunAsync()
        {
            await using var office = await LegOffice.OpenAsync(All, Residence, Card);
            var parents = new List<DossierCode>();
            for (var i = 0; i < 20; i++)
            {
                parents.Add(await office.SentAsync($"p{i}"));
            }

            await office.CatchUpAsync();
            foreach (var parent in parents)
            {
                await office.SettleAsync(await office.ChildAsync(parent, 1), "1");
            }

            await office.CatchUpAsync();
            return await office.Engine.JournalHashAsync();
        }
    }

    [Fact]
    public void FollowerOfTheHost_MayNotTakeTheEnginesName() =>
        Assert.Contains(new Workflow.Engine.Setup.WorkflowEngineOptions { Followers = { new Awaiter("legs") } }.Mistakes(), m => m.Contains("'legs'", StringComparison.Ordinal));

    private static Task<LegOffice> OpenAsync(IJournalStore store, VirtualClock clock) => LegOffice.OpenAsync(new FaultyStore(store), clock, Group(All, Residence, Card));

    // The store is dead from some commit on; another engine takes over where the cursor was saved last.
    private static async Task<LegOffice> CrashAsync(LegOffice office, IJournalStore store, int append, bool afterCommit)
    {
        var faulty = office.Store;
        var first = faulty.Appends + append;
        Func<int, Task> dead = number => number >= first ? Task.FromException(s_gone) : Task.CompletedTask;
        _ = afterCommit ? faulty.After = dead : faulty.Before = dead;
        try
        {
            await office.CatchUpAsync();
            await ForgetCursorAsync(store);
        }
        catch (StorageReadOnlyException)
        {
            // As told.
        }

        await office.DisposeAsync();
        var next = await OpenAsync(store, office.Clock);
        await next.CatchUpAsync();
        return next;
    }

    private sealed class Awaiter(string name = "awaiter") : IJournalFollower
    {
        private readonly Lock _lock = new();
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _opened;
        private int _awaited = int.MaxValue;

        public string Name => name;

        public ValueTask HandleAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
        {
            lock (_lock)
            {
                _opened += entries.Sum(e => e.Events.OfType<LegOpened>().Count());
                Check();
            }

            return ValueTask.CompletedTask;
        }

        public Task Opened(int count)
        {
            lock (_lock)
            {
                _awaited = count;
                Check();
            }

            return _reached.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }

        private void Check()
        {
            if (_opened >= _awaited)
            {
                _reached.TrySetResult();
            }
        }
    }
}
