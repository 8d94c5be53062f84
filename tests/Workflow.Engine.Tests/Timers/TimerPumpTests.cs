using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Workflow.Core.Dossiers;
using Workflow.Engine.Journal;
using Workflow.Engine.Tests.Journal;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Timers;

/// <summary>How the timers sleep. The clock stands; what is looked at is for how long the pump lies down.</summary>
public sealed class TimerPumpTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Sleep_IsShortEnoughForAClockThatJumpsForward()
    {
        var time = new Alarms { Now = Office.Start };
        await using var pump = Pump(await Office.MemoryAsync(time), _ => new(true), time);
        pump.Start();

        Assert.InRange(await time.NextAsync(Patience), TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Sleep_OfLessThanAMillisecond_IsASleep()
    {
        var time = new Alarms { Now = Office.Start };
        var store = await Office.MemoryAsync(time);
        await store.SubmitAsync("D-1", Appends.Snapshot() with { WakeAt = Office.Start.AddMilliseconds(1) });
        time.Now = Office.Start.AddTicks(4_000);
        await using var pump = Pump(store, _ => new(true), time);
        pump.Start();

        Assert.Equal(TimeSpan.FromMilliseconds(1), await time.NextAsync(Patience));
    }

    [Fact]
    public async Task FiringBehindTheDisposal_IsToldSo()
    {
        var time = new Alarms { Now = Office.Start };
        var store = await Office.MemoryAsync(time);
        await store.SubmitAsync("D-1", Appends.Snapshot() with { WakeAt = Office.Start });
        var release = new TaskCompletionSource<bool>();
        var pump = Pump(store, _ => new(release.Task), time);

        var first = pump.FireAsync(Office.Start, default).AsTask();
        var disposal = pump.DisposeAsync().AsTask();
        var behind = pump.FireAsync(Office.Start, default).AsTask();
        release.SetResult(true);

        Assert.Equal(1, await first);
        await disposal;
        await Assert.ThrowsAsync<ObjectDisposedException>(() => behind.WaitAsync(Patience));
    }

    /// <summary>A timer that is refused rests for a minute, and neither holds up those behind it nor those that come later.</summary>
    [Fact]
    public async Task RefusedTimer_RestsForAMinuteAndHoldsUpNobody()
    {
        var time = new Alarms { Now = Office.Start };
        var store = await Office.MemoryAsync(time);
        var woken = new List<string>();
        await using var pump = Pump(store, Wake, time);
        await ExpectAsync("stuck", Office.Start);
        await ExpectAsync("next", Office.Start.AddSeconds(40));
        pump.Start();
        Assert.Equal(TimeSpan.FromSeconds(40), await time.NextAsync(Patience));

        await ExpectAsync("behind", Office.Start);
        Assert.Equal(TimeSpan.FromSeconds(40), await time.NextAsync(Patience));
        time.Now = Office.Start.AddSeconds(40);
        await ExpectAsync("last", Office.Start.AddSeconds(39));
        Assert.Equal(TimeSpan.FromSeconds(20), await time.NextAsync(Patience));
        Assert.Equal(["stuck", "behind", "last", "next"], woken);

        time.Now = Office.Start.AddSeconds(60);
        pump.Expect(Office.Start);
        Assert.Equal(TimeSpan.FromSeconds(60), await time.NextAsync(Patience));
        Assert.Equal("stuck", woken[4]);

        async ValueTask<bool> Wake(DossierCode code)
        {
            woken.Add(code.Value);
            if (code.Value != "stuck")
            {
                await store.AppendAsync(Appends.Append(code.Value, 2) with { Snapshot = Appends.Snapshot() with { WakeAt = null } });
            }

            return code.Value != "stuck";
        }

        async Task ExpectAsync(string code, DateTimeOffset wakeAt)
        {
            await store.SubmitAsync(code, Appends.Snapshot() with { WakeAt = wakeAt });
            pump.Expect(wakeAt);
        }
    }

    /// <summary>However many are due, one page is read before the first are woken, and beside callers few are woken at once.</summary>
    [Theory]
    [InlineData(0, 64)]
    [InlineData(64, 8)]
    public async Task ManyDue_AreReadByPagesAndWokenAsThePaceAllows(int callers, int atOnce)
    {
        var time = new Alarms { Now = Office.Start };
        var memory = await Office.MemoryAsync(time);
        await memory.AppendAsync([.. Enumerable.Range(0, 300).Select(n => Appends.Append($"D-{n:D3}", 1) with { Snapshot = Appends.Snapshot() with { WakeAt = Office.Start } })]);
        var store = new FaultyStore(memory);
        var release = new TaskCompletionSource();
        var full = new TaskCompletionSource();
        var (underWay, most) = (0, 0);
        await using var pump = new TimerPump(store, Wake, () => callers, "host", TimeSpan.FromSeconds(10), time, NullLogger.Instance);

        var firing = pump.FireAsync(Office.Start, default).AsTask();
        await full.Task.WaitAsync(Patience);
        Assert.InRange(store.DueRows, atOnce, 128);
        release.SetResult();

        Assert.Equal(300, await firing.WaitAsync(Patience));
        Assert.Equal(atOnce, most);

        async ValueTask<bool> Wake(DossierCode code)
        {
            InterlockedMax(ref most, Interlocked.Increment(ref underWay));
            if (Volatile.Read(ref underWay) == atOnce)
            {
                full.TrySetResult();
            }

            await release.Task;
            await memory.AppendAsync(Appends.Append(code.Value, 2) with { Snapshot = Appends.Snapshot() with { WakeAt = null } });
            Interlocked.Decrement(ref underWay);
            return true;
        }
    }

    [Fact]
    public async Task Lateness_IsTheTimeFromTheMomentToTheFiring()
    {
        var time = new Alarms { Now = Office.Start.AddMinutes(5) };
        var store = await Office.MemoryAsync(time);
        await store.SubmitAsync("D-1", Appends.Snapshot() with { WakeAt = Office.Start });
        await store.SubmitAsync("D-2", Appends.Snapshot() with { WakeAt = Office.Start.AddMinutes(2) });
        var told = new List<TimeSpan>();
        await using var pump = Pump(store, Wake, time);
        pump.Fired = told.Add;

        await pump.FireAsync(time.Now, default);

        Assert.Equal([TimeSpan.FromMinutes(3)], told);
        Assert.Equal(new TimerLateness(TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(3), 0), pump.Lateness);

        // The first one has become void.
        async ValueTask<bool> Wake(DossierCode code)
        {
            await store.AppendAsync(Appends.Append(code.Value, 2) with { Snapshot = Appends.Snapshot() with { WakeAt = null } });
            return code.Value == "D-2";
        }
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var known = Volatile.Read(ref most); known < value; known = Volatile.Read(ref most))
        {
            Interlocked.CompareExchange(ref most, value, known);
        }
    }

    private static TimerPump Pump(IJournalStore store, Func<DossierCode, ValueTask<bool>> wake, TimeProvider time) =>
        new(store, wake, () => 0, "host", TimeSpan.FromSeconds(10), time, NullLogger.Instance);

    private sealed class Alarms : TimeProvider
    {
        private readonly Channel<TimeSpan> _set = Channel.CreateUnbounded<TimeSpan>();

        public DateTimeOffset Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.UtcTicks;

        public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();

        public async Task<TimeSpan> NextAsync(TimeSpan patience) => await _set.Reader.ReadAsync().AsTask().WaitAsync(patience);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _set.Writer.TryWrite(dueTime);
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
