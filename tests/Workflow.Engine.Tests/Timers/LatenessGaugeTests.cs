using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Timers;

public sealed class LatenessGaugeTests
{
    private readonly VirtualClock _time = new(Office.Start);

    [Fact]
    public void Longest_IsThatOfTheRunningMinuteAndTheOneBefore()
    {
        var gauge = new LatenessGauge(_time);
        gauge.Record(TimeSpan.FromSeconds(9));
        gauge.Record(TimeSpan.FromSeconds(2));
        Assert.Equal(new TimerLateness(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(9), 7), gauge.Read(7));

        _time.Advance(TimeSpan.FromSeconds(61));
        gauge.Record(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.FromSeconds(9), gauge.Read(0).Longest);
        _time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(TimeSpan.FromSeconds(1), gauge.Read(0).Longest);
        _time.Advance(TimeSpan.FromSeconds(120));
        Assert.Equal(new TimerLateness(TimeSpan.FromSeconds(1), TimeSpan.Zero, 0), gauge.Read(0));
    }
}
