using Workflow.Core.Deadlines;
using static Workflow.Core.Tests.Deadlines.Times;

namespace Workflow.Core.Tests.Deadlines;

public class DeadlineClockTests
{
    // Monday to Friday of the week of 9 June 2025 are working days, and so are those of the next two weeks.
    private static readonly DeadlineClock s_running = Start("5 working days", "2025-06-09 09:00");

    [Fact]
    public void Start_Clock_RunsTowardsTheDueMoment()
    {
        Assert.Equal(At("2025-06-16"), s_running.Due);
        Assert.Equal(At("2025-06-16"), s_running.PromisedDue);
        Assert.Equal(At("2025-06-09 09:00"), s_running.StartedAt);
        Assert.Null(s_running.SuspendedAt);
        Assert.Null(s_running.StoppedAt);
        Assert.Equal(s_running, Start("5 working days", "2025-06-09 09:00"));
    }

    [Theory]
    [InlineData(ClockPolicy.Resume)]
    [InlineData(ClockPolicy.Restart)]
    public void Suspend_PolicyThatStopsTheClock_LeavesNoDueMomentButThePromisedOne(ClockPolicy policy)
    {
        var suspended = Start("5 working days", "2025-06-09 09:00", policy).Suspend(At("2025-06-11 10:00"));
        Assert.Null(suspended.Due);
        Assert.Equal(At("2025-06-16"), suspended.PromisedDue);
        Assert.Equal(At("2025-06-11 10:00"), suspended.SuspendedAt);
    }

    [Fact]
    public void Suspend_PolicyNone_ChangesNoDueMoment()
    {
        var clock = Start("5 working days", "2025-06-09 09:00", ClockPolicy.None);
        var suspended = clock.Suspend(At("2025-06-11 10:00"));
        Assert.Equal(clock.Due, suspended.Due);
        Assert.Equal(clock, suspended.Resume(At("2025-06-20 10:00"), Calendar));
        Assert.True(suspended.IsOverdueAt(At("2025-06-17 00:00")));
    }

    [Theory]
    [InlineData("5 working days", "2025-06-11 10:00", "2025-06-11 16:00", "2025-06-16")]
    [InlineData("5 working days", "2025-06-11 10:00", "2025-06-12 08:00", "2025-06-17")]
    [InlineData("5 working days", "2025-06-11 10:00", "2025-06-18 16:00", "2025-06-23")]
    [InlineData("5 working days", "2025-06-13 10:00", "2025-06-15 10:00", "2025-06-16")]
    [InlineData("5 working days", "2025-06-16 10:00", "2025-06-19 10:00", "2025-06-19")]
    [InlineData("5 working days", "2025-06-16 10:00", "2025-06-21 10:00", "2025-06-23")]
    [InlineData("5 working days", "2025-06-17 10:00", "2025-06-19 10:00", "2025-06-16")]
    [InlineData("8 days", "2025-06-11 10:00", "2025-06-13 10:00", "2025-06-19")]
    [InlineData("5 days", "2025-06-10 10:00", "2025-06-12 10:00", "2025-06-16")]
    [InlineData("5 days", "2025-06-10 10:00", "2025-06-15 10:00", "2025-06-19")]
    [InlineData("5 days", "2025-06-15 10:00", "2025-06-18 10:00", "2025-06-18")]
    [InlineData("1 month", "2025-06-11 10:00", "2025-06-13 10:00", "2025-07-11")]
    [InlineData("48 hours", "2025-06-10 09:00", "2025-06-12 10:30", "2025-06-13 10:30")]
    [InlineData("48 hours", "2025-06-10 09:00", "2025-06-10 10:30", "2025-06-11 10:30")]
    [InlineData("16 working hours", "2025-06-09 15:00", "2025-06-12 08:00", "2025-06-13 14:00")]
    [InlineData("8 working hours", "2025-06-10 09:00", "2025-06-10 19:00", "2025-06-11 07:00")] // Nothing is left, and work is over: due as it begins again.
    [InlineData("8 working hours", "2025-06-10 09:00", "2025-06-10 09:00", "2025-06-10 09:00")]
    [InlineData("1.5 working days", "2025-06-10 10:00", "2025-06-12 10:00", "2025-06-13 11:00")]
    [InlineData("5.5 days", "2025-06-11 10:00", "2025-06-11 16:00", "2025-06-16 11:00")]
    [InlineData("5.5 days", "2025-06-11 10:00", "2025-06-13 10:00", "2025-06-17 11:00")]
    [InlineData("5.5 days", "2025-06-14 10:00", "2025-06-18 10:00", "2025-06-19 11:00")]
    [InlineData("5.5 days", "2025-06-16 09:00", "2025-06-18 10:00", "2025-06-18 14:00")]
    public void Resume_PolicyResume_CountsTheRestFromTheResumption(string limit, string from, string to, string due)
    {
        var clock = Start(limit, "2025-06-09 09:00").Suspend(At(from)).Resume(At(to), Calendar);
        Assert.Equal(At(due), clock.Due);
        Assert.Null(clock.SuspendedAt);
    }

    [Fact]
    public void Resume_LimitThatEndsInAHoliday_DoesNotCountTheHolidayAsLeft()
    {
        // 15 days from 1 February 2026 end on the 16th, in Tet, and so on the 23rd. Six days are left on the 10th.
        var clock = Start("15 days", "2026-02-01 09:00");
        Assert.Equal((At("2026-02-16"), At("2026-02-23")), (clock.UnrolledEnd, clock.PromisedDue));
        Assert.Equal(At("2026-03-03"), clock.Suspend(At("2026-02-10 09:00")).Resume(At("2026-02-25 09:00"), Calendar).Due);
    }

    [Fact]
    public void Resume_HoursThatEndOnADayOff_NeverEndEarlierThanPromised()
    {
        // 24 hours from Friday end on Saturday, and so with Monday; one more hour of suspension than a day would end them on Monday morning.
        var clock = Start("24 hours", "2025-06-13 09:00").Suspend(At("2025-06-13 10:00")).Resume(At("2025-06-15 11:00"), Calendar);
        Assert.Equal((At("2025-06-16 10:00"), At("2025-06-16")), (clock.UnrolledEnd, clock.Due));
    }

    [Theory]
    [InlineData("5 working days", "2025-06-09 09:00", "2025-06-16 10:00", "2025-06-21 10:00", "2025-06-22 10:00", "2025-06-25 10:00", "2025-06-25")]
    [InlineData("24 hours", "2025-06-13 09:00", "2025-06-16 10:00", "2025-06-18 10:00", "2025-06-18 20:00", "2025-06-20 10:00", "2025-06-20")]
    [InlineData("5 days", "2025-06-09 09:00", "2025-06-15 09:00", "2025-06-17 10:00", "2025-06-17 20:00", "2025-06-20 10:00", "2025-06-20")]
    public void Resume_NothingLeft_IsDueWithTheDayOfEachResumption(string limit, string start, string from, string to, string again, string resumed, string due)
    {
        var granted = Start(limit, start).Suspend(At(from)).Resume(At(to), Calendar);
        Assert.Equal(At(due), granted.Suspend(At(again)).Resume(At(resumed), Calendar).Due);
    }

    [Fact]
    public void Resume_MonthsBeforeALateReceiptCounts_LeaveTheDaysBeforeOut()
    {
        // Received on Tuesday evening, so a month from Wednesday 11 June: thirty days, counted from Friday 13 June.
        var clock = Start("1 month, cut-off 15:00", "2025-06-10 20:00").Suspend(At("2025-06-10 21:00")).Resume(At("2025-06-13 09:00"), Calendar);
        Assert.Equal((At("2025-07-13"), At("2025-07-14")), (clock.UnrolledEnd, clock.Due));
    }

    [Fact]
    public void Resume_PolicyRestart_CountsTheWholeLimitAgain()
    {
        var clock = Start("same day", "2025-06-09 09:00", ClockPolicy.Restart).Suspend(At("2025-06-09 10:00"));
        Assert.Equal(At("2025-06-12"), clock.Resume(At("2025-06-12 09:00"), Calendar).Due);
        Assert.Equal(At("2025-06-13"), clock.Resume(At("2025-06-12 15:30"), Calendar).Due);
    }

    [Fact]
    public void Reappoint_RunningClock_MovesTheDueMomentThatASuspensionCountsFrom()
    {
        var clock = s_running.Reappoint(At("2025-06-18"));
        Assert.Equal(At("2025-06-18"), clock.Due);
        Assert.False(clock.IsOverdueAt(At("2025-06-17 10:00")));
        Assert.Equal(At("2025-06-20"), clock.Suspend(At("2025-06-17 10:00")).Resume(At("2025-06-19 10:00"), Calendar).Due);
    }

    [Theory]
    [InlineData("2025-06-16 23:59:58", false)]
    [InlineData("2025-06-16 23:59:59", false)]
    [InlineData("2025-06-16 23:59:59.9999999", false)]
    [InlineData("2025-06-17 00:00", true)]
    public void IsOverdueAt_LimitOfDays_EndsAtTwentyFourHours(string moment, bool overdue)
    {
        Assert.Equal(overdue, s_running.IsOverdueAt(At(moment)));
        Assert.Equal(overdue, s_running.Stop(At(moment)).IsOverdueAt(At("2025-12-01 08:00")));
    }

    [Fact]
    public void IsOverdueAt_SuspendedClock_StandsStillAsItWas()
    {
        Assert.False(s_running.Suspend(At("2025-06-16 10:00")).IsOverdueAt(At("2025-07-16 10:00")));
        Assert.True(s_running.Suspend(At("2025-06-17 10:00")).IsOverdueAt(At("2025-07-16 10:00")));
        Assert.False(s_running.Suspend(At("2025-06-16 10:00")).Stop(At("2025-07-16 10:00")).IsOverdueAt(At("2025-07-17 10:00")));
        Assert.False(s_running.Stop(At("2025-06-18 10:00")).IsOverdueAt(At("2025-06-16 10:00")));
    }

    [Fact]
    public void Misuse_OutOfTurn_IsRefused()
    {
        var suspended = s_running.Suspend(At("2025-06-11 10:00"));
        var stopped = s_running.Stop(At("2025-06-11 10:00"));
        Action[] outOfTurn =
        [
            () => s_running.Resume(At("2025-06-11 10:00"), Calendar),
            () => suspended.Suspend(At("2025-06-12 10:00")),
            () => suspended.Reappoint(At("2025-06-12 10:00")),
            () => stopped.Suspend(At("2025-06-12 10:00")),
            () => stopped.Resume(At("2025-06-12 10:00"), Calendar),
            () => stopped.Stop(At("2025-06-12 10:00")),
            () => stopped.Reappoint(At("2025-06-12 10:00")),
        ];
        Assert.All(outOfTurn, act => Assert.Throws<InvalidOperationException>(act));
    }

    [Fact]
    public void Misuse_BeforeItsTime_IsRefused()
    {
        var suspended = s_running.Suspend(At("2025-06-11 10:00"));
        Action[] early =
        [
            () => s_running.Suspend(At("2025-06-09 08:59")),
            () => s_running.Stop(At("2025-06-09 08:59")),
            () => s_running.Reappoint(At("2025-06-09 08:59")),
            () => suspended.Resume(At("2025-06-11 09:59"), Calendar),
            () => suspended.Stop(At("2025-06-11 09:59")),
            () => DeadlineClock.Start(TimeLimit.Days(1), (ClockPolicy)3, At("2025-06-11 09:59"), Calendar),
        ];
        Assert.All(early, act => Assert.Throws<ArgumentOutOfRangeException>(act));
    }

    [Fact]
    public void Restore_FromWhatWasKept_IsTheSameClock()
    {
        var suspended = Start("15 days", "2026-02-01 09:00").Suspend(At("2026-02-10 09:00"));
        DeadlineClock[] clocks = [s_running, suspended, suspended.Stop(At("2026-03-10 09:00")), s_running.Stop(At("2025-06-10 09:00"))];
        Assert.All(clocks, c => Assert.Equal(
            c, DeadlineClock.Restore(c.Limit, c.Policy, c.StartedAt, c.UnrolledEnd, c.PromisedDue, c.SuspendedAt, c.StoppedAt)));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => DeadlineClock.Restore(TimeLimit.Days(1), ClockPolicy.None, At("2025-06-10"), At("2025-06-09"), At("2025-06-12"), null, null));
        Assert.Throws<ArgumentOutOfRangeException>(
            () => DeadlineClock.Restore(TimeLimit.Days(1), ClockPolicy.None, At("2025-06-10"), At("2025-06-11"), At("2025-06-12"), At("2025-06-13"), At("2025-06-12")));
    }

    [Fact]
    public void SuspendAndResume_OfAClock_AllocateTheNewClocksAlone()
    {
        var (from, to, calendar) = (At("2025-06-11 10:00"), At("2025-06-18 10:00"), Calendar);
        var clock = s_running.Suspend(from).Resume(to, calendar);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            clock = s_running.Suspend(from).Resume(to, calendar);
        }

        var perRound = (GC.GetAllocatedBytesForCurrentThread() - before) / 1_000;
        Assert.Equal(At("2025-06-23"), clock.Due);
        Assert.InRange(perRound, 1, 2 * 128);
    }

    private static DeadlineClock Start(string limit, string at, ClockPolicy policy = ClockPolicy.Resume) =>
        DeadlineClock.Start(TimeLimit.Parse(limit), policy, At(at), Calendar);
}
