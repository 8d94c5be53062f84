using Workflow.Core.Calendars;
using Workflow.Core.Deadlines;
using static Workflow.Core.Tests.Deadlines.Times;

namespace Workflow.Core.Tests.Deadlines;

/// <summary>Two calendars: when dossiers are received, and on which days limits count.</summary>
public class ReceiptRuleTests
{
    private static readonly WorkingCalendar s_calendar =
        new WorkingCalendarBuilder("vn", new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31))
            .DayOff(new DateOnly(2026, 8, 15), "lễ").DayOff(new DateOnly(2026, 9, 2), "Quốc khánh")
            .Reception("saturday-mornings", DayOfWeek.Saturday, new OfficeHours(new OfficePeriod(new TimeOnly(7, 30), new TimeOnly(11, 30)))).Build();

    private static readonly ReceptionHours s_saturdays = s_calendar.Reception("saturday-mornings")!;

    // Saturday 8 August 2026.
    [Theory]
    [InlineData("2 working days", "2026-08-08 09:00", "2026-08-11")] // Counts from the receipt whatever the hour.
    [InlineData("2 working days, cut-off 15:00", "2026-08-08 09:00", "2026-08-11")] // Received on Saturday: Monday is day 1.
    [InlineData("2 working days, cut-off 15:00", "2026-08-08 05:00", "2026-08-11")]
    [InlineData("2 working days, cut-off 15:00", "2026-08-08 11:30", "2026-08-12")] // Closed: counts as received on Monday.
    [InlineData("2 working days, cut-off 15:00", "2026-08-09 09:00", "2026-08-12")]
    [InlineData("2 working days, cut-off 15:00", "2026-08-07 15:01", "2026-08-12")] // The next working day, not the next reception.
    [InlineData("same day", "2026-08-08 09:00", "2026-08-10")]
    [InlineData("2 working days, cut-off 15:00", "2026-08-15 09:00", "2026-08-19")] // Nobody receives on a holiday.
    public void Receipt_OnASaturdayMorning_IsAReceiptOnSaturday(string limit, string received, string due) =>
        Assert.Equal(At(due), Deadline.Due(TimeLimit.Parse(limit), At(received), s_calendar, s_saturdays));

    [Fact]
    public void Receipt_OnASaturdayWithoutReception_CountsAsMondays() =>
        Assert.Equal(At("2026-08-12"), Deadline.Due(TimeLimit.Parse("2 working days, cut-off 15:00"), At("2026-08-08 09:00"), s_calendar));

    [Theory]
    [InlineData("2026-08-08 09:00", true, "2026-08-08 09:00")]
    [InlineData("2026-08-08 11:30", false, "2026-08-10 07:00")]
    [InlineData("2026-08-07 17:00", false, "2026-08-08 07:30")]
    [InlineData("2026-08-14 17:00", false, "2026-08-17 07:00")]
    [InlineData("2026-09-02 09:00", false, "2026-09-03 07:00")]
    [InlineData("2026-08-10 13:00", false, "2026-08-10 13:30")]
    public void Reception_IsOpenInOfficeHoursAndTheFurtherOnes(string at, bool open, string next)
    {
        Assert.Equal(open, s_saturdays.IsOpen(At(at)));
        Assert.Equal(At(next), s_saturdays.NextOpening(At(at)));
    }

    // Karaoke licences: after 17:00 and on holidays from 08:00 of the next working day, and the last working hour counts as the next working day.
    [Theory]
    [InlineData("2026-08-10 16:00", "2026-08-12")]
    [InlineData("2026-08-10 16:00:01", "2026-08-13")]
    [InlineData("2026-08-10 18:00", "2026-08-13")]
    [InlineData("2026-09-02 09:00", "2026-09-07")]
    public void Receipt_InTheLastWorkingHour_CountsFromTheNextWorkingDay(string received, string due) =>
        Assert.Equal(At(due), Deadline.Due(TimeLimit.Parse("2 working days, cut-off last hour, from 08:00"), At(received), s_calendar));

    [Fact]
    public void Receipt_ThatIsMoved_CountsHoursFromTheNamedTime() =>
        Assert.Equal(At("2026-08-11 10:00"), Deadline.Due(TimeLimit.Parse("2 working hours, cut-off last hour, from 08:00"), At("2026-08-10 17:30"), s_calendar));

    [Theory]
    [InlineData("5 working days, cut-off last hour")]
    [InlineData("5 working days, cut-off last hour, from 08:00")]
    [InlineData("2 working hours, cut-off 15:00, from 08:30")]
    [InlineData("same day, cut-off last hour")]
    [InlineData("same day, cut-off 15:00, from 08:00")]
    [InlineData("same day")]
    public void Limit_WithRulesOfReceipt_IsWrittenAsItIsRead(string text)
    {
        var limit = TimeLimit.Parse(text);
        Assert.Equal(text, limit.ToString());
        Assert.Equal(limit, TimeLimit.Parse(limit.ToString()));
    }

    [Theory]
    [InlineData("5 days, from 08:00")]
    [InlineData("5 days, cut-off, from 08:00")]
    [InlineData("5 days, cut-off 15:00, from noon")]
    [InlineData("5 days, cut-off 15:00, from 08:00:30")]
    [InlineData("5 days, cut-off first hour")]
    public void Limit_WithHalfARule_IsNone(string text) => Assert.False(TimeLimit.TryParse(text, out _));
}
