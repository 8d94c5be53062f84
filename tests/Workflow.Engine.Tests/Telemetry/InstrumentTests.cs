using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Outbox;
using Workflow.Engine.Telemetry;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Telemetry;

[Collection(Listening.Name)]
public sealed class InstrumentTests
{
    [Fact]
    public async Task CommandsCommitsTimersAndFollowers_AreMeasured()
    {
        using var meters = new TestMeters();
        using var seen = new Measurements(meters);
        var (engine, _, clock) = await Office.OpenAsync(o => o.Meters = meters);
        await using var _e = engine;
        var code = await engine.AcceptedAsync("a");
        Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("park"), Office.Request("p")));
        Office.Refused(await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f")));
        clock.Advance(TimeSpan.FromHours(3));
        await engine.FireDueTimersAsync();
        seen.Observe();

        Assert.Equal(
            ["submit-dossier accepted", "fire-trigger accepted", "fire-trigger accepted", "fire-trigger rejected"],
            seen.Of("workflow.command.duration").Select(m => m.Tags.Replace(Tags.CommandKind + "=", "", StringComparison.Ordinal).Replace(Tags.CommandOutcome + "=", "", StringComparison.Ordinal)));
        Assert.Equal(4, seen.Of("workflow.commit.duration").Count());
        Assert.All(seen.Of("workflow.commit.size"), m => Assert.Equal(1, m.Value));
        Assert.InRange(Assert.Single(seen.Of("workflow.timer.lateness")).Value, 3_590, 3_600);
        Assert.Equal(0, Assert.Single(seen.Of("workflow.queue.length")).Value);
        Assert.Equal(4_096, Assert.Single(seen.Of("workflow.queue.limit")).Value);
        Assert.Equal(1, Assert.Single(seen.Of("workflow.dossier.active")).Value);
        Assert.DoesNotContain(seen.All, m => m.Tags.Contains(code.Value, StringComparison.Ordinal) || m.Tags.Contains("clerk", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RefusalsAndConflicts_AreCounted()
    {
        using var meters = new TestMeters();
        using var seen = new Measurements(meters);
        var clock = new VirtualClock(Office.Start);
        var store = new FaultyStore(await Office.MemoryAsync(clock)) { IsExclusive = false };
        await using var engine = await Office.OpenAsync(store, clock, o => (o.QueueLength, o.Meters) = (1, meters));
        await using var other = await Office.OpenAsync(store, clock);
        var code = await engine.AcceptedAsync("a");
        Office.Accepted(await other.ExecuteAsync(code, Office.Fire("forward"), Office.Request("o")));
        Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("back"), Office.Request("b")) is CommandResult.Rejected
            ? await engine.ExecuteAsync(code, Office.Fire("back"), Office.Request("b"))
            : await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("c")));
        var release = new TaskCompletionSource();
        store.Before = _ => release.Task;
        var first = engine.ExecuteAsync(code, Office.Fire("back"), Office.Request("d")).AsTask();
        Assert.IsType<CommandResult.Busy>(await engine.SubmitAsync(Office.Submission(), Office.Request("e")));
        release.SetResult();
        await first;
        await engine.DrainAsync();
        Assert.IsType<CommandResult.Busy>(await engine.SubmitAsync(Office.Submission(), Office.Request("e")));

        Assert.Equal([Tags.BusyReason + "=full", Tags.BusyReason + "=draining"], seen.Of("workflow.busy").Select(m => m.Tags));
    }

    [Fact]
    public async Task FollowerThatFails_IsBehindByTheAgeOfItsOldestEntry()
    {
        using var meters = new TestMeters();
        using var seen = new Measurements(meters);
        var clock = new VirtualClock(Office.Start);
        await using var engine = await Office.OpenAsync(await Office.MemoryAsync(clock), clock, o =>
        {
            o.Meters = meters;
            o.Followers.Add(new Failing());
        });
        await engine.AcceptedAsync("a");
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await engine.CatchUpAsync());
        clock.Advance(TimeSpan.FromMinutes(5));
        seen.Observe();

        Assert.Equal(300, Assert.Single(seen.Of("workflow.follower.lag"), m => m.Tags == Tags.FollowerName + "=failing").Value);
    }

    [Fact]
    public async Task Deliveries_GoOnTheTraceOfTheirCommand_AndParkedOnesAreCounted()
    {
        using var meters = new TestMeters();
        using var seen = new Measurements(meters);
        using var spans = new SpanRecorder();
        var clock = new VirtualClock(Office.Start);
        await using var engine = await Office.OpenAsync(await Office.MemoryAsync(clock), clock, o =>
        {
            o.Meters = meters;
            o.Subscribers.Add(new InProcessSubscriber("feed", (delivery, _) => delivery.Entry.Version == 2 ? throw new DeliveryRefusedException("no such field") : ValueTask.CompletedTask));
        });
        await engine.AcceptedAsync("a");
        await engine.DeliverAsync();
        seen.Observe();

        Assert.Equal(["taken", "refused"], seen.Of("workflow.delivery.duration").Select(m => m.Tags.Split('=')[^1]));
        Assert.Equal((1, Tags.SubscriberName + "=feed"), Assert.Single(seen.Of("workflow.delivery.parked").Select(m => (m.Value, m.Tags))));
        Assert.Equal(spans.Of(Spans.CommandName).Select(c => (c.TraceId, c.SpanId)), spans.Of(Spans.DeliveryName).Select(d => (d.TraceId, d.ParentSpanId)));
    }

    [Fact]
    public async Task EngineThatHasEnded_IsNotObservedAnyMore()
    {
        using var meters = new TestMeters();
        using var seen = new Measurements(meters);
        var (engine, _, _) = await Office.OpenAsync(o => o.Meters = meters);
        await engine.DisposeAsync();
        seen.Observe();

        Assert.Empty(seen.All);
    }

    [Fact]
    public void Nobody_Listening_CostsNoMemory()
    {
        using var instruments = new EngineInstruments(null);
        var command = Office.Fire("accept");
        Round();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            Round();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Round()
        {
            Assert.False(instruments.AreCommandsWatched || instruments.AreCommitsWatched);
            instruments.Conflict();
            instruments.TimerFired(TimeSpan.FromSeconds(1));
            instruments.Command(command, "accepted", TimeSpan.Zero, null);
            instruments.Delivery("s", "delivered", TimeSpan.Zero);
            Spans.Commit([])?.Dispose();
            Spans.Timer(default)?.Dispose();
            Spans.FollowerPage("f", [])?.Dispose();
            Spans.Leg(default)?.Dispose();
        }
    }

    private sealed class Failing : Engine.Followers.IJournalFollower
    {
        public string Name => "failing";

        public ValueTask HandleAsync(IReadOnlyList<Engine.Followers.JournalEntry> entries, CancellationToken cancellationToken) => throw new InvalidOperationException("not yet");
    }
}
