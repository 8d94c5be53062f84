using System.Threading.Channels;
using Microsoft.Extensions.Logging.Abstractions;
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

    private static TimerPump Pump(IJournalStore store, Func<Workflow.Core.Dossiers.DossierCode, ValueTask<bool>> wake, TimeProvider time) =>
        new(store, wake, () => 0, "host", TimeSpan.FromSeconds(10), time, NullLogger.Instance);

    private sealed class Alarms : TimeProvider
    {
        private readonly Channel<TimeSpan> _set = Channel.CreateUnbounded<TimeSpan>();

        public DateTimeOffset Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now.ToUniversalTime();

        public async Task<TimeSpan> NextAsync(TimeSpan patience) => await _set.Reader.ReadAsync().AsTask().WaitAsync(patience);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            _set.Writer.TryWrite(dueTime);
            return System.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
