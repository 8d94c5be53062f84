using System.Diagnostics;
using Workflow.Core.Engines;
using Workflow.Engine.Followers;
using Workflow.Engine.Journal;
using Workflow.Engine.Telemetry;
using Workflow.Engine.Tests.Legs;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Telemetry;

[Collection(Listening.Name)]
public sealed class SpanTests
{
    [Fact]
    public async Task Command_GoesOnTheTraceOfItsCaller_AndItsCommitIsLinkedToIt()
    {
        using var spans = new SpanRecorder();
        var (engine, store, _) = await Office.OpenAsync();
        await using var _e = engine;
        using var request = new Activity("request").Start();

        var code = Office.Accepted(await engine.SubmitAsync(Office.Submission(), Office.Request("a"))).Code;

        Assert.Same(request, Activity.Current);
        var command = Assert.Single(spans.Of(Spans.CommandName));
        Assert.Equal((request.TraceId, request.SpanId), (command.TraceId, command.ParentSpanId));
        Assert.Equal(("submit-dossier", "accepted", code.Value, 1), (command.GetTagItem(Tags.CommandKind), command.GetTagItem(Tags.CommandOutcome), command.GetTagItem(Tags.DossierCode), command.GetTagItem(Tags.DossierVersion)));
        var row = Assert.Single(await store.ReadHistoryAsync(code.Value, 1, 10, default));
        Assert.Equal(command.Id, row.TraceContext);
        var commit = Assert.Single(spans.Of(Spans.CommitName));
        Assert.NotEqual(request.TraceId, commit.TraceId);
        Assert.Equal(command.SpanId, Assert.Single(commit.Links).Context.SpanId);
    }

    [Fact]
    public async Task StoredTrace_WithoutAListener_IsThatOfTheCaller()
    {
        var (engine, store, _) = await Office.OpenAsync();
        await using var _e = engine;
        using var request = new Activity("request").Start();

        var code = await engine.AcceptedAsync("a");

        Assert.All(await store.ReadHistoryAsync(code.Value, 1, 10, default), row => Assert.Equal(request.Id, row.TraceContext));
    }

    [Fact]
    public async Task Timer_BeginsATraceOfItsOwn_WhateverOpenedTheEngine()
    {
        using var spans = new SpanRecorder();
        using var opening = new Activity("opening").Start();
        var (engine, store, clock) = await Office.OpenAsync();
        await using var _e = engine;
        var code = await engine.AcceptedAsync("a");
        Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("park"), Office.Request("p")));
        clock.Advance(TimeSpan.FromHours(3));
        await engine.FireDueTimersAsync();

        var timer = Assert.Single(spans.Of(Spans.TimerName), s => (string?)s.GetTagItem(Tags.DossierCode) == code.Value);
        Assert.NotEqual(opening.TraceId, timer.TraceId);
        Assert.Equal(timer.Id, (await store.ReadHistoryAsync(code.Value, 4, 1, default))[0].TraceContext);
        Assert.All(spans.Of(Spans.CommitName), commit => Assert.NotEqual(opening.TraceId, commit.TraceId));
    }

    [Fact]
    public async Task FollowerPage_IsLinkedToItsCommands_AndEntriesTellTheirTrace()
    {
        using var spans = new SpanRecorder();
        var clock = new VirtualClock(Office.Start);
        var follower = new Keeping();
        await using var engine = await Office.OpenAsync(await Office.MemoryAsync(clock), clock, o => o.Followers.Add(follower));
        await engine.AcceptedAsync("a");
        await engine.CatchUpAsync();

        var commands = spans.Of(Spans.CommandName).Select(c => c.SpanId).ToHashSet();
        var page = Assert.Single(spans.Of(Spans.FollowerName), s => (string?)s.GetTagItem(Tags.FollowerName) == "keeping");
        Assert.Equal(2, page.GetTagItem(Tags.FollowerEntries));
        Assert.Equal(commands, page.Links.Select(l => l.Context.SpanId).ToHashSet());
        Assert.Equal(commands, follower.Entries.Select(e => e.Trace.SpanId).ToHashSet());
    }

    [Fact]
    public async Task FailedCommand_SaysSo()
    {
        using var spans = new SpanRecorder();
        var clock = new VirtualClock(Office.Start);
        var store = new FaultyStore(await Office.MemoryAsync(clock)) { Before = _ => Task.FromException(new StorageFullException("full")) };
        await using var engine = await Office.OpenAsync(store, clock);

        await Assert.ThrowsAsync<StorageFullException>(async () => await engine.SubmitAsync(Office.Submission(), Office.Request("a")));

        var command = Assert.Single(spans.Of(Spans.CommandName));
        Assert.Equal((ActivityStatusCode.Error, "failed", typeof(StorageFullException).FullName), (command.Status, command.GetTagItem(Tags.CommandOutcome), command.GetTagItem(Tags.ErrorType)));
        Assert.Equal("failed", Assert.Single(spans.Of(Spans.CommitName)).GetTagItem(Tags.CommitOutcome));
    }

    [Fact]
    public void StoredContext_ThatCannotBeRead_ContinuesNothing()
    {
        Assert.Equal(default, Traces.Of(null));
        Assert.Equal(default, Traces.Of("not a context"));
        Assert.Null(Traces.Links([null, "not a context"]));
    }

    private sealed class Keeping : IJournalFollower
    {
        public string Name => "keeping";

        public List<JournalEntry> Entries { get; } = [];

        public ValueTask HandleAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
        {
            Entries.AddRange(entries);
            return default;
        }
    }
}
