using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Timers;

public sealed class TimerPaceTests
{
    private readonly VirtualClock _time = new(Office.Start);
    private int _callers;

    [Fact]
    public void NobodyCalling_LetsManyThrough() => Assert.Equal(TimerPace.Idle, new TimerPace(() => 0, _time).AtOnce());

    [Theory]
    [InlineData(1, 1)]
    [InlineData(7, 1)]
    [InlineData(64, 8)]
    [InlineData(100_000, 32)]
    public void Callers_LeaveRoomForOneInEight(int callers, int atOnce) => Assert.Equal(atOnce, new TimerPace(() => callers, _time).AtOnce());

    /// <summary>Between two commits all callers have been answered and few are back: nothing is to be concluded from that.</summary>
    [Fact]
    public void CallersWhoAreAboutToComeBack_AreCountedForAWhile()
    {
        var pace = new TimerPace(() => _callers, _time);
        _callers = 64;
        pace.AtOnce();

        _callers = 0;
        _time.Advance(TimeSpan.FromMilliseconds(99));
        Assert.Equal(8, pace.AtOnce());
        _callers = 2;
        Assert.Equal(7, pace.AtOnce());
        _callers = 0;
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(TimerPace.Idle, pace.AtOnce());
    }
}
