using Workflow.Engine.Outbox;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Outbox;

public sealed class DeliveryPaceTests
{
    private static readonly TimeSpan s_work = TimeSpan.FromMilliseconds(10);

    private readonly VirtualClock _time = new(Office.Start);
    private readonly DeliveryOptions _options = new();
    private int _callers;

    [Fact]
    public void NobodyCalling_TakesWholePagesWithoutRests()
    {
        var pace = Pace();

        Assert.Equal((_options.PageLength, _options.AtOnce), pace.Next(failures: 0));
        Assert.Equal(TimeSpan.Zero, pace.RestAfter(s_work));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(64, 4)]
    [InlineData(100_000, 8)]
    public void Callers_LeaveSmallPagesWithRestsBetweenThem(int callers, int atOnce)
    {
        _callers = callers;
        var pace = Pace();

        Assert.Equal((50, atOnce), pace.Next(failures: 0));
        Assert.Equal(8 * s_work, pace.RestAfter(s_work));
    }

    /// <summary>A receiver far away costs little while it is waited for.</summary>
    [Fact]
    public void RestBesideCallers_IsBounded()
    {
        _callers = 64;
        var pace = Pace();
        pace.Next(failures: 0);

        Assert.Equal(TimeSpan.FromMilliseconds(250), pace.RestAfter(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void CallersWhoHaveGone_LeaveTheWholePaceAgain()
    {
        _callers = 64;
        var pace = Pace();
        pace.Next(failures: 0);
        _callers = 0;
        _time.Advance(TimeSpan.FromMilliseconds(100));

        Assert.Equal((_options.PageLength, _options.AtOnce), pace.Next(failures: 0));
        Assert.Equal(TimeSpan.Zero, pace.RestAfter(s_work));
    }

    /// <summary>Whether everything fails shows on a longer page; never on one without bounds.</summary>
    [Theory]
    [InlineData(1, 400)]
    [InlineData(4, 3_200)]
    [InlineData(1_000_000, 3_200)]
    public void Failures_LengthenThePageWithinBounds(int failures, int rows) => Assert.Equal(rows, Pace().Next(failures).Rows);

    private DeliveryPace Pace() => new(() => _callers, _options, _time);
}
