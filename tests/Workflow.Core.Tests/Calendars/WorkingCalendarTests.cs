using System.Globalization;
using Workflow.Core.Calendars;

namespace Workflow.Core.Tests.Calendars;

public class WorkingCalendarTests
{
    // January 2024: the 1st is a Monday. Monday 8 is off, and Saturday 13 is worked for it.
    private static readonly WorkingCalendar s_calendar = new WorkingCalendarBuilder("test", new(2024, 1, 1), new(2024, 1, 31))
        .DayOff(new(2024, 1, 8), "a day off")
        .MakeUpDay(new(2024, 1, 13))
        .Build();

    [Fact]
    public void AddWorkingDays_NoDays_StayOnAWorkingDayAndLeaveADayOff()
    {
        Assert.Equal(new DateOnly(2024, 1, 5), s_calendar.AddWorkingDays(new(2024, 1, 5), 0));
        Assert.Equal(new DateOnly(2024, 1, 9), s_calendar.AddWorkingDays(new(2024, 1, 6), 0));
        Assert.Equal(new DateOnly(2024, 1, 9), s_calendar.RollForward(new(2024, 1, 8)));
    }

    [Fact]
    public void NextWorkingDay_AnyDay_LiesStrictlyAfterIt()
    {
        Assert.Equal(new DateOnly(2024, 1, 9), s_calendar.NextWorkingDay(new(2024, 1, 5)));
        Assert.Equal(new DateOnly(2024, 1, 13), s_calendar.NextWorkingDay(new(2024, 1, 12)));
        Assert.Equal(new DateOnly(2024, 1, 15), s_calendar.NextWorkingDay(new(2024, 1, 13)));
    }

    [Fact]
    public void Coverage_DateOutsideIt_IsRefusedWithWhatIsCovered()
    {
        Action[] asked =
        [
            () => s_calendar.IsWorkingDay(new(2023, 12, 31)),
            () => s_calendar.IsWorkingDay(new(2024, 2, 1)),
            () => s_calendar.NameOf(new(2024, 2, 1)),
            () => s_calendar.AddWorkingDays(new(2024, 1, 30), 2),
            () => s_calendar.AddWorkingDays(new(2024, 1, 30), int.MaxValue),
            () => s_calendar.CountWorkingDays(new(2024, 1, 30), new(2024, 2, 1)),
            () => s_calendar.NextWorkingDay(new(2024, 1, 31)),
            () => s_calendar.AddWorkingTime(At("31T12:00"), TimeSpan.FromHours(4)),
            () => s_calendar.AddWorkingTime(At("31T12:00"), TimeSpan.MaxValue),
            () => s_calendar.NextOfficeMoment(At("31T17:00")),
            () => s_calendar.WorkingTimeBetween(At("31T17:00"), At("31T17:00").AddDays(1)),
        ];
        Assert.All(asked, ask => Assert.Contains("2024-01-01 to 2024-01-31", Assert.Throws<ArgumentOutOfRangeException>(ask).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Counting_BackwardsOrNegative_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => s_calendar.AddWorkingDays(new(2024, 1, 5), -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_calendar.CountWorkingDays(new(2024, 1, 5), new(2024, 1, 4)));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_calendar.AddWorkingTime(At("05T09:00"), TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => s_calendar.WorkingTimeBetween(At("05T09:00"), At("05T08:59")));
    }

    [Theory]
    [InlineData("05T07:00", "8:00", "05T17:00")]
    [InlineData("05T07:00", "4:30", "05T11:30")]
    [InlineData("05T07:00", "4:31", "05T13:31")]
    [InlineData("05T12:00", "1:00", "05T14:30")]
    [InlineData("05T16:00", "2:00", "09T08:00")]
    [InlineData("06T10:00", "1:00", "09T08:00")]
    [InlineData("12T16:30", "1:00", "13T07:30")]
    [InlineData("05T03:00", "0:00", "05T03:00")]
    public void AddWorkingTime_FromAMoment_PassesDuringOfficeHoursAlone(string from, string time, string to) =>
        Assert.Equal(At(to), s_calendar.AddWorkingTime(At(from), TimeSpan.Parse(time, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("05T06:59", "05T07:00", false)]
    [InlineData("05T07:00", "05T07:00", true)]
    [InlineData("05T11:29", "05T11:29", true)]
    [InlineData("05T11:30", "05T13:30", false)]
    [InlineData("05T17:00", "09T07:00", false)]
    [InlineData("08T09:00", "09T07:00", false)]
    [InlineData("13T09:00", "13T09:00", true)]
    public void NextOfficeMoment_OfAMoment_IsItselfInsideOfficeHours(string moment, string next, bool inside)
    {
        Assert.Equal(At(next), s_calendar.NextOfficeMoment(At(moment)));
        Assert.Equal(inside, s_calendar.IsOfficeTime(At(moment)));
    }

    [Fact]
    public void DayOf_MomentWithAnotherOffset_IsTheDayInVietnam()
    {
        Assert.Equal(new DateOnly(2024, 1, 6), WorkingCalendar.DayOf(new DateTimeOffset(2024, 1, 5, 17, 0, 0, TimeSpan.Zero)));
        Assert.Equal(new DateOnly(2024, 1, 5), WorkingCalendar.DayOf(new DateTimeOffset(2024, 1, 5, 16, 59, 59, TimeSpan.Zero)));
        Assert.Equal(TimeSpan.FromHours(7), s_calendar.NextOfficeMoment(new DateTimeOffset(2024, 1, 5, 2, 0, 0, TimeSpan.Zero)).Offset);
    }

    [Fact]
    public void Builder_WeekendHoursAndVersion_AreWhatWasSaid()
    {
        var hours = new OfficeHours(new OfficePeriod(new(8, 0), new(12, 0)));
        var calendar = new WorkingCalendarBuilder("friday", new(2024, 1, 1), new(2024, 12, 31)).Weekend(DayOfWeek.Friday).Hours(hours).Build();
        Assert.Equal("friday-2024..2024", calendar.Version);
        Assert.Equal("test-2024-01-01..2024-01-31", s_calendar.Version);
        Assert.False(calendar.IsWorkingDay(new(2024, 1, 5)));
        Assert.True(calendar.IsWorkingDay(new(2024, 1, 6)));
        Assert.True(calendar.IsWeekend(new(2024, 1, 5)));
        Assert.Equal(TimeSpan.FromHours(4), calendar.OfficeHours.PerDay);
    }

    [Fact]
    public void Builder_CalendarBuilt_KeepsItsDaysWhenTheBuilderGoesOn()
    {
        var builder = new WorkingCalendarBuilder("test", new(2024, 1, 1), new(2024, 1, 31));
        var before = builder.Build();
        builder.DayOff(new(2024, 1, 5), "later");
        Assert.True(before.IsWorkingDay(new(2024, 1, 5)));
        Assert.Null(before.NameOf(new(2024, 1, 5)));
        Assert.False(builder.Build().IsWorkingDay(new(2024, 1, 5)));
    }

    [Fact]
    public void Builder_Contradictions_AreRefused()
    {
        var builder = new WorkingCalendarBuilder("test", new(2024, 1, 1), new(2024, 1, 7)).DayOff(new(2024, 1, 5), "off");
        Assert.Throws<ArgumentException>(() => builder.DayOff(new(2024, 1, 5), "again"));
        Assert.Throws<ArgumentException>(() => builder.MakeUpDay(new(2024, 1, 5)));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.DayOff(new(2024, 1, 8), "outside"));
        Assert.Throws<InvalidOperationException>(() => new WorkingCalendarBuilder("test", new(2024, 1, 6), new(2024, 1, 7)).Build());
        Assert.Throws<InvalidOperationException>(() => builder.MakeUpDay(new(2024, 1, 4)).Build());
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorkingCalendarBuilder("test", new(2024, 1, 2), new(2024, 1, 1)));
    }

    [Fact]
    public void OfficeHours_OverlappingOrEmpty_AreRefused()
    {
        var morning = new OfficePeriod(new(7, 0), new(11, 30));
        Assert.Throws<ArgumentException>(() => new OfficeHours());
        Assert.Throws<ArgumentException>(() => new OfficeHours(morning, new OfficePeriod(new(11, 0), new(12, 0))));
        Assert.Throws<ArgumentException>(() => new OfficeHours(new OfficePeriod(new(13, 0), new(14, 0)), morning));
        Assert.Throws<ArgumentException>(() => new OfficeHours(new OfficePeriod(new(9, 0), new(9, 0))));
        Assert.Equal(TimeSpan.FromHours(5), new OfficeHours(morning, new OfficePeriod(new(11, 30), new(12, 0))).PerDay);
    }

    private static DateTimeOffset At(string dayAndTime) =>
        DateTimeOffset.Parse($"2024-01-{dayAndTime}:00+07:00", CultureInfo.InvariantCulture);
}
