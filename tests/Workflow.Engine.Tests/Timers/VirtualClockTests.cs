using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Timers;

public sealed class VirtualClockTests
{
    [Fact]
    public void Timers_FireInOrderAtTheirOwnMoments()
    {
        var clock = new VirtualClock(Office.Start);
        var fired = new List<(string, TimeSpan)>();
        using var late = clock.CreateTimer(_ => fired.Add(("late", clock.GetUtcNow() - Office.Start)), null, TimeSpan.FromMinutes(5), Timeout.InfiniteTimeSpan);
        using var often = clock.CreateTimer(_ => fired.Add(("often", clock.GetUtcNow() - Office.Start)), null, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(2));

        clock.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal(
            [("often", TimeSpan.FromMinutes(2)), ("often", TimeSpan.FromMinutes(4)), ("late", TimeSpan.FromMinutes(5)), ("often", TimeSpan.FromMinutes(6))],
            fired);
        Assert.Equal(Office.Start.AddMinutes(6), clock.GetUtcNow());
    }

    [Fact]
    public void Clock_DoesNotGoBack()
    {
        var clock = new VirtualClock(Office.Start);

        Assert.Throws<ArgumentOutOfRangeException>(() => clock.AdvanceTo(Office.Start.AddTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => clock.Advance(TimeSpan.FromTicks(-1)));
    }

    [Fact]
    public async Task Delay_OnTheClock_EndsWhenItIsAdvanced()
    {
        var clock = new VirtualClock(Office.Start);
        var delay = Task.Delay(TimeSpan.FromHours(1), clock);
        clock.Advance(TimeSpan.FromMinutes(59));
        Assert.False(delay.IsCompleted);
        clock.Advance(TimeSpan.FromMinutes(1));
        await delay;
    }

    [Fact]
    public void TimerThatMovesTheClock_IsNotTakenBack()
    {
        var clock = new VirtualClock(Office.Start);
        using var timer = clock.CreateTimer(_ => clock.Advance(TimeSpan.FromHours(2)), null, TimeSpan.FromMinutes(1), Timeout.InfiniteTimeSpan);

        clock.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(Office.Start.AddMinutes(1).AddHours(2), clock.GetUtcNow());
    }
}
