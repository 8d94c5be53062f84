using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Tests.Journal;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Timers;

public sealed class TimerTests
{
    [Fact]
    public async Task Timeout_FiresItsTriggerWhenItsMomentHasCome()
    {
        var (engine, store, clock) = await Office.OpenAsync();
        await using var _e = engine;
        var code = await engine.AcceptedAsync("a");
        Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("park"), Office.Request("p")));
        var due = (await store.LoadAsync(code.Value, default))!.Snapshot.WakeAt!.Value;
        Assert.Equal((await engine.FindAsync(code))!.TimeoutAt, due);

        clock.AdvanceTo(due.AddMilliseconds(-1));
        Assert.Equal(0, await engine.FireDueTimersAsync());
        clock.AdvanceTo(due);
        Assert.Equal(1, await engine.FireDueTimersAsync());
        Assert.Equal(0, await engine.FireDueTimersAsync());

        var entry = (await engine.HistoryAsync(code))[^1];
        Assert.Equal(("system", due), (entry.Actor, entry.OccurredAt));
        Assert.Equal("Working", Assert.IsType<DossierMoved>(entry.Events[0]).To);
        var row = (await store.ReadHistoryAsync(code.Value, 4, 1, default))[0];
        Assert.Equal(("system:timers", $"wake-3-{due.ToUnixTimeMilliseconds()}"), (row.Caller, row.CommandId));
    }

    [Fact]
    public async Task Deadline_IsWarnedOfAndMissedOnceEachForEveryDossier()
    {
        var (engine, _, clock) = await Office.OpenAsync();
        await using var _e = engine;
        var codes = new List<DossierCode>();
        for (var i = 0; i < 150; i++)
        {
            codes.Add(await engine.AcceptedAsync($"a{i}"));
        }

        var fired = 0;
        for (var day = 0; day < 10; day++)
        {
            clock.Advance(TimeSpan.FromDays(1));
            fired += await engine.FireDueTimersAsync();
            Assert.Equal(0, await engine.FireDueTimersAsync());
        }

        Assert.Equal(2 * codes.Count, fired);
        foreach (var code in codes)
        {
            var events = (await engine.HistoryAsync(code)).SelectMany(h => h.Events).ToList();
            Assert.Single(events.OfType<DeadlineMissed>());
            Assert.Single(events.OfType<DueNear>());
        }
    }

    [Fact]
    public async Task Deadline_MissedWhileNoTimerFired_IsReportedOnceAndNoLongerWarnedOf()
    {
        var (engine, _, clock) = await Office.OpenAsync();
        await using var _e = engine;
        var code = await engine.AcceptedAsync("a");

        clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal(1, await engine.FireDueTimersAsync());
        Assert.Equal(0, await engine.FireDueTimersAsync());

        var events = (await engine.HistoryAsync(code)).SelectMany(h => h.Events).ToList();
        Assert.Single(events.OfType<DeadlineMissed>());
        Assert.Empty(events.OfType<DueNear>());
    }

    [Fact]
    public async Task StaleFiring_ChangesNothing()
    {
        var (engine, store, clock) = await Office.OpenAsync();
        await using var _e = engine;
        var code = await engine.AcceptedAsync("a");
        Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("park"), Office.Request("p")));
        Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("resume"), Office.Request("r")));
        Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("finish"), Office.Request("f")));
        var before = await store.CountAsync(default);

        clock.Advance(TimeSpan.FromDays(10));
        Assert.Equal(0, await engine.FireDueTimersAsync());
        Assert.Equal(before, await store.CountAsync(default));
    }

    [Fact]
    public async Task CallerThatPosesAsTheTimers_IsRefused()
    {
        var (engine, _, _) = await Office.OpenAsync();
        await using var _e = engine;
        var code = await engine.AcceptedAsync("a");

        await Assert.ThrowsAsync<ArgumentException>(async () => await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("wake-2-1", "system:timers")));
        Assert.Equal("system", Office.Refused(await engine.ExecuteAsync(code, new WakeDossier(), Office.Request("w"))));
    }

    [Fact]
    public async Task RefusedTimer_DoesNotKeepOthersFromFiring()
    {
        var clock = new VirtualClock(Office.Start);
        var store = await Office.MemoryAsync(clock);
        var builder = new Workflow.Core.Procedures.ProcedureBuilder("T.1").Field("note", Workflow.Core.Procedures.FieldType.Text).Field("name", Workflow.Core.Procedures.FieldType.Text)
            .Fee("f", "Lệ phí", null, 1);
        builder.Configure("Filed").Permit("accept", "Working");
        builder.Configure("Working").After("1 hours", "resume").PermitIf("resume", "Done", "fees-paid").Permit("park", "Parked");
        builder.Configure("Parked").After("2 hours", "end").Permit("end", "Done");
        builder.Configure("Done").AsFinal();
        await using var engine = await Office.OpenAsync(store, clock, null, new Workflow.Engine.Setup.ProcedureSet(builder.Build()));
        for (var i = 0; i < 100; i++)
        {
            await engine.AcceptedAsync($"stuck{i}");
        }

        var code = await engine.AcceptedAsync("last");
        Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("park"), Office.Request("p")));
        clock.Advance(TimeSpan.FromHours(20));

        await engine.FireDueTimersAsync();
        Assert.Equal("Done", (await engine.FindAsync(code))!.State);
        Assert.Equal(0, await engine.FireDueTimersAsync());
    }

    [Fact]
    public async Task FiringsFromManySides_WakeOnce()
    {
        var (engine, store, clock) = await Office.OpenAsync();
        await using var _e = engine;
        await using var other = await Office.OpenAsync(new FaultyStore(store) { IsExclusive = false }, clock);
        for (var i = 0; i < 20; i++)
        {
            Office.Accepted(await other.ExecuteAsync(await other.AcceptedAsync($"a{i}"), Office.Fire("park"), Office.Request("p")));
        }

        await using var third = await Office.OpenAsync(new FaultyStore(store) { IsExclusive = false }, clock);
        clock.Advance(TimeSpan.FromHours(20));
        var fired = await Task.WhenAll(Task.Run(async () => await other.FireDueTimersAsync()), Task.Run(async () => await third.FireDueTimersAsync()));

        Assert.Equal(20, fired.Sum());
    }

    [Fact]
    public async Task BackgroundTimers_FireWhenTheClockReachesThem()
    {
        var (engine, _, clock) = await Office.OpenAsync(o => o.BackgroundTimers = true);
        await using var _e = engine;
        var code = await engine.AcceptedAsync("a");
        Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("park"), Office.Request("p")));

        // The loop may fall asleep a little later than the clock is moved; each move wakes it at the latest.
        for (var i = 0; (await engine.FindAsync(code))!.State == "Parked"; i++)
        {
            Assert.True(i < 100_000, "The timer did not fire.");
            clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }
    }

    [Fact]
    public async Task ClockThatJumpsBack_DoesNotTakeLegalTimeBack()
    {
        var time = new FixedTime(Office.Start);
        await using var engine = await Office.OpenAsync(await Office.MemoryAsync(time), time);
        var code = await engine.AcceptedAsync("a");
        time.Now = Office.Start.AddHours(-5);

        Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f")));
        Assert.NotNull(await engine.PermittedAsync(code, Office.Clerk));
        time.Now = Office.Start.AddHours(1).AddTicks(12_345);
        Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("back"), Office.Request("b")));

        Assert.Equal([Office.Start, Office.Start, Office.Start, Office.Start.AddHours(1).AddMilliseconds(1)], (await engine.HistoryAsync(code)).Select(h => h.OccurredAt));
    }

    [Fact]
    public async Task LegalTime_GivenByTheCaller_IsNeverInTheFutureNorBeforeTheLastCommand()
    {
        var (engine, _, clock) = await Office.OpenAsync();
        await using var _e = engine;
        var code = await engine.AcceptedAsync("a");
        clock.Advance(TimeSpan.FromHours(3));

        Assert.Equal("occurred-in-past", Office.Refused(await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f") with { OccurredAt = Office.Start.AddHours(4) })));
        Assert.Equal("occurred-in-past", Office.Refused(await engine.SubmitAsync(Office.Submission(), Office.Request("s") with { OccurredAt = Office.Start.AddHours(4) })));
        Assert.Equal("time-order", Office.Refused(await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f") with { OccurredAt = Office.Start.AddHours(-1) })));
        Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f") with { OccurredAt = Office.Start.AddHours(1) }));
        Assert.Equal(Office.Start.AddHours(1), (await engine.FindAsync(code))!.LastOccurredAt);
    }

    [Fact]
    public async Task TimeThatTheCalendarDoesNotCover_IsRefused()
    {
        var (engine, _, _) = await Office.OpenAsync();
        await using var _e = engine;
        var code = Office.Accepted(await engine.SubmitAsync(Office.Submission(), Office.Request("s") with { OccurredAt = Office.Start.AddYears(-5) })).Code;

        Assert.Equal("calendar-covers", Office.Refused(await engine.ExecuteAsync(code, Office.Fire("accept"), Office.Request("a") with { OccurredAt = Office.Start.AddYears(-5) })));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OccurredAtTheEndOfTime_IsRefusedLikeEveryOtherTime(bool last)
    {
        var (engine, _, _) = await Office.OpenAsync();
        await using var _e = engine;
        var code = await engine.AcceptedAsync("a");
        var end = last ? DateTimeOffset.MaxValue : DateTimeOffset.MinValue;

        Assert.Equal(last ? "occurred-in-past" : "time-order", Office.Refused(await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f") with { OccurredAt = end })));
        if (last)
        {
            Assert.Equal("occurred-in-past", Office.Refused(await engine.SubmitAsync(Office.Submission(), Office.Request("s") with { OccurredAt = end })));
        }
    }

    [Fact]
    public async Task ThousandsDueAtOnce_AreReadOnce()
    {
        const int Count = 1_500;
        var clock = new VirtualClock(Office.Start);
        var store = new FaultyStore(await Office.MemoryAsync(clock));
        await using var engine = await Office.OpenAsync(store, clock);
        for (var i = 0; i < Count; i++)
        {
            Office.Accepted(await engine.ExecuteAsync(await engine.AcceptedAsync($"a{i}"), Office.Fire("park"), Office.Request("p")));
        }

        clock.Advance(TimeSpan.FromHours(3));

        Assert.Equal(Count, await engine.FireDueTimersAsync());
        Assert.InRange(store.DueRows, Count, Count + 200);
    }
}
