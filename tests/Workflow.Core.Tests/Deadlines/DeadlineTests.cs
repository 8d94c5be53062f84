using Workflow.Core.Calendars;
using Workflow.Core.Deadlines;
using static Workflow.Core.Tests.Deadlines.Times;

namespace Workflow.Core.Tests.Deadlines;

public class DeadlineTests
{
    [Theory]
    [InlineData("2020-11-06 08:00", "3 working days", "2020-11-11")]
    [InlineData("2020-12-22 16:59", "10 working days", "2021-01-06")]
    [InlineData("2024-04-26 10:00", "3 working days", "2024-05-04")]
    [InlineData("2026-08-21 10:00", "1 working day", "2026-08-22")]
    [InlineData("2025-06-14 09:00", "1 working day", "2025-06-16")]
    [InlineData("2025-06-14 09:00", "0 working days", "2025-06-16")]
    public void Due_WorkingDays_EndsWithTheLastDay(string start, string limit, string due) => AssertDue(start, limit, due);

    [Theory]
    [InlineData("2026-02-01 09:00", "15 days", "2026-02-23")]
    [InlineData("2025-04-15 09:00", "15 days", "2025-05-05")]
    [InlineData("2026-08-16 09:00", "15 days", "2026-09-03")]
    [InlineData("2026-08-20 09:00", "10 days", "2026-09-03")]
    [InlineData("2025-06-02 09:00", "15 days", "2025-06-17")]
    [InlineData("2025-06-13 09:00", "1 day", "2025-06-16")]
    [InlineData("2025-06-15 09:00", "0 days", "2025-06-16")]
    public void Due_CalendarDays_RollForwardFromADayOff(string start, string limit, string due) => AssertDue(start, limit, due);

    [Theory]
    [InlineData("2025-06-10 09:00", "1 month", "2025-07-10")]
    [InlineData("2024-12-31 09:00", "2 months", "2025-02-28")]
    [InlineData("2023-12-31 09:00", "2 months", "2024-02-29")]
    [InlineData("2025-08-31 09:00", "1 month", "2025-09-30")]
    [InlineData("2025-07-31 09:00", "1 month", "2025-09-03")]
    [InlineData("2026-01-31 09:00", "1 month", "2026-03-02")]
    public void Due_Months_EndOnTheSameDateOrTheLastOfTheMonth(string start, string limit, string due) => AssertDue(start, limit, due);

    [Theory]
    [InlineData("2025-06-10 09:12", "8 hours", "2025-06-10 17:12")]
    [InlineData("2025-06-10 22:00", "8 hours", "2025-06-11 06:00")]
    [InlineData("2025-06-13 22:00", "8 hours", "2025-06-16")]
    [InlineData("2025-06-10 09:00", "2 working hours", "2025-06-10 11:00")]
    [InlineData("2025-06-10 10:30", "2 working hours", "2025-06-10 14:30")]
    [InlineData("2025-06-13 16:00", "2 working hours", "2025-06-16 08:00")]
    [InlineData("2025-06-14 10:00", "8 working hours", "2025-06-16 17:00")]
    [InlineData("2025-06-14 10:00", "0 working hours", "2025-06-16 07:00")]
    [InlineData("2025-06-16 02:55", "0 working hours", "2025-06-16 07:00")]
    [InlineData("2025-06-16 10:00", "0 working hours", "2025-06-16 10:00")]
    [InlineData("2025-06-16 12:00", "0 working hours", "2025-06-16 13:30")]
    [InlineData("2025-06-16 17:00", "0 working hours", "2025-06-17 07:00")]
    [InlineData("2023-11-04 12:23", "0 working hours, cut-off 15:00", "2023-11-06 07:00")]
    [InlineData("2023-11-06 02:55:53", "0 working hours, cut-off 15:00", "2023-11-06 07:00")]
    public void Due_Hours_CountFromTheMomentItself(string start, string limit, string due) => AssertDue(start, limit, due);

    [Theory]
    [InlineData("2025-06-10 09:00", "0.25 working days", "2025-06-10 11:00")]
    [InlineData("2025-06-10 16:00", "1/2 working day", "2025-06-11 10:00")]
    [InlineData("2025-06-09 09:00", "1.5 working days", "2025-06-11 11:00")]
    [InlineData("2025-06-13 09:00", "0.5 days", "2025-06-13 15:00")]
    [InlineData("2025-06-13 09:00", "1.25 days", "2025-06-16 09:00")]
    public void Due_FractionOfADay_IsWorkingTimeAtEightHoursADay(string start, string limit, string due) => AssertDue(start, limit, due);

    [Theory]
    [InlineData("2025-06-10 14:59", "same day", "2025-06-10")]
    [InlineData("2025-06-10 15:00", "same day", "2025-06-10")]
    [InlineData("2025-06-10 15:00:01", "same day", "2025-06-11")]
    [InlineData("2025-06-13 15:01", "same day", "2025-06-16")]
    [InlineData("2025-06-14 09:00", "same day", "2025-06-16")]
    [InlineData("2025-06-14 16:00", "same day", "2025-06-16")]
    [InlineData("2025-06-10 16:00", "same day, cut-off 17:00", "2025-06-10")]
    [InlineData("2025-06-10 15:30", "3 working days, cut-off 15:00", "2025-06-16")]
    [InlineData("2025-06-10 15:30", "3 working days", "2025-06-13")]
    [InlineData("2025-06-14 10:00", "1 working day, cut-off 15:00", "2025-06-17")]
    [InlineData("2025-06-10 17:30", "8 working hours, cut-off 17:00", "2025-06-11 17:00")]
    [InlineData("2025-06-10 17:30", "2 hours, cut-off 17:00", "2025-06-11 09:00")]
    public void Due_LimitWithACutOff_CountsALaterReceiptAsTheNextWorkingDays(string start, string limit, string due) => AssertDue(start, limit, due);

    [Fact]
    public void Due_SwapDecidedLater_IsByWhatWasKnown()
    {
        var received = At("2025-12-22 09:00");
        Assert.Equal(At("2026-01-06"), Deadline.Due(TimeLimit.WorkingDays(10), received, Repository.Vietnam.KnownAt(received)));
        Assert.Equal(At("2026-01-07"), Deadline.Due(TimeLimit.WorkingDays(10), received, Repository.Vietnam.KnownAt(At("2025-12-26 09:00"))));
    }

    [Fact]
    public void Due_StartWithAnotherOffset_CountsTheDayInVietnam()
    {
        var start = new DateTimeOffset(2025, 6, 9, 20, 0, 0, TimeSpan.Zero);
        var due = Deadline.Due(TimeLimit.WorkingDays(1), start, Calendar);
        Assert.Equal(At("2025-06-11"), due);
        Assert.Equal(WorkingCalendar.Offset, due.Offset);
    }

    [Fact]
    public void Due_OutsideTheCoverage_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Deadline.Due(TimeLimit.WorkingDays(1), At("2019-12-31 09:00"), Calendar));
        Assert.Throws<ArgumentOutOfRangeException>(() => Deadline.Due(TimeLimit.Days(10), At("2019-12-31 09:00"), Calendar));
        Assert.Throws<ArgumentOutOfRangeException>(() => Deadline.Due(TimeLimit.Days(1), At("2026-12-31 09:00"), Calendar));
        Assert.Throws<ArgumentOutOfRangeException>(() => Deadline.Due(TimeLimit.Months(TimeLimit.LargestAmount), At("2026-12-31 09:00"), Calendar));
    }

    private static void AssertDue(string start, string limit, string due) =>
        Assert.Equal(At(due), Deadline.Due(TimeLimit.Parse(limit), At(start), Calendar));
}
