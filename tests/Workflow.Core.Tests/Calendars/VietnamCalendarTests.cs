using System.Globalization;
using Workflow.Core.Calendars;

namespace Workflow.Core.Tests.Calendars;

/// <summary>The calendar that ships, against worked examples.</summary>
public class VietnamCalendarTests
{
    private static readonly WorkingCalendar s_calendar = Repository.Vietnam.Latest;

    [Theory]
    [InlineData("2020-11-06", 3, "2020-11-11")]
    [InlineData("2020-12-22", 7, "2020-12-31")]
    [InlineData("2020-12-22", 10, "2021-01-06")]
    [InlineData("2021-02-09", 3, "2021-02-19")]
    [InlineData("2021-02-09", 15, "2021-03-09")]
    [InlineData("2022-04-28", 1, "2022-04-29")]
    [InlineData("2023-04-28", 3, "2023-05-08")]
    [InlineData("2024-04-26", 3, "2024-05-04")]
    [InlineData("2024-04-26", 5, "2024-05-07")]
    [InlineData("2025-04-25", 1, "2025-04-26")]
    [InlineData("2025-04-25", 3, "2025-04-29")]
    [InlineData("2025-04-29", 2, "2025-05-06")]
    [InlineData("2025-12-31", 1, "2026-01-05")]
    [InlineData("2025-12-31", 5, "2026-01-09")]
    [InlineData("2025-12-31", 10, "2026-01-15")]
    [InlineData("2026-02-13", 3, "2026-02-25")]
    [InlineData("2026-02-13", 7, "2026-03-03")]
    [InlineData("2026-08-21", 1, "2026-08-22")]
    [InlineData("2026-08-22", 1, "2026-08-24")]
    [InlineData("2026-08-28", 1, "2026-09-03")]
    [InlineData("2026-08-28", 3, "2026-09-07")]
    [InlineData("2026-11-20", 3, "2026-11-26")]
    [InlineData("2026-11-23", 1, "2026-11-25")]
    public void AddWorkingDays_WorkedExample_FallsOnTheKnownDay(string receipt, int count, string due) =>
        Assert.Equal(Date(due), s_calendar.AddWorkingDays(Date(receipt), count));

    [Theory]
    [InlineData("2026-02-01", 15, "2026-02-16", "2026-02-23")]
    [InlineData("2025-04-15", 15, "2025-04-30", "2025-05-05")]
    [InlineData("2026-08-16", 15, "2026-08-31", "2026-09-03")]
    [InlineData("2026-08-20", 10, "2026-08-30", "2026-09-03")]
    public void RollForward_CalendarDaysEndOnADayOff_MoveToTheNextWorkingDay(string receipt, int days, string raw, string due)
    {
        Assert.Equal(Date(raw), Date(receipt).AddDays(days));
        Assert.Equal(Date(due), s_calendar.RollForward(Date(raw)));
    }

    [Theory]
    [InlineData(2020, 252)]
    [InlineData(2021, 250)]
    [InlineData(2022, 249)]
    [InlineData(2023, 249)]
    [InlineData(2024, 251)]
    [InlineData(2025, 250)]
    [InlineData(2026, 249)]
    public void IsWorkingDay_WholeYear_HoldsTheKnownNumberOfWorkingDays(int year, int expected)
    {
        var first = new DateOnly(year, 1, 1);
        var days = Enumerable.Range(0, DateTime.IsLeapYear(year) ? 366 : 365).Select(first.AddDays);
        Assert.Equal(expected, days.Count(s_calendar.IsWorkingDay));
    }

    [Fact]
    public void CountWorkingDays_TwoMonthsOfTanLac_Are33() =>
        Assert.Equal(33, s_calendar.CountWorkingDays(after: new(2020, 11, 5), upTo: new(2020, 12, 22)));

    [Fact]
    public void KnownAt_SwapDecidedAfterTheReceipt_PromisesBySwapOnlyAfterwards()
    {
        var received = new DateOnly(2025, 12, 22);
        var then = Repository.Vietnam.KnownAt(WorkingCalendar.At(received, new(9, 0)));
        var later = Repository.Vietnam.KnownAt(WorkingCalendar.At(new(2025, 12, 26), new(9, 0)));

        Assert.Equal(new DateOnly(2026, 1, 6), then.AddWorkingDays(received, 10));
        Assert.Equal(new DateOnly(2026, 1, 7), later.AddWorkingDays(received, 10));
        Assert.True(then.IsWorkingDay(new(2026, 1, 2)));
        Assert.False(then.IsWorkingDay(new(2026, 1, 10)));
        Assert.False(later.IsWorkingDay(new(2026, 1, 2)));
        Assert.True(later.IsWorkingDay(new(2026, 1, 10)));
    }

    [Theory]
    [InlineData("2024-11-25T23:59:59.9999999+07:00", "vn-2020..2026")]
    [InlineData("2024-11-26T00:00:00+07:00", "vn-2020..2026@2024-11-26")]
    [InlineData("2024-11-25T17:00:00+00:00", "vn-2020..2026@2024-11-26")]
    [InlineData("2025-10-16T08:00:00+07:00", "vn-2020..2026@2025-10-16")]
    [InlineData("2025-12-24T23:00:00+07:00", "vn-2020..2026@2025-10-16")]
    [InlineData("2025-12-25T00:00:00+07:00", "vn-2020..2026@2025-12-25")]
    [InlineData("2030-01-01T00:00:00+07:00", "vn-2020..2026@2025-12-25")]
    public void KnownAt_DecisionDay_CountsFromItsFirstMomentInVietnam(string moment, string version)
    {
        var at = DateTimeOffset.Parse(moment, CultureInfo.InvariantCulture);
        Assert.Equal(version, Repository.Vietnam.KnownAt(at).Version);
        Assert.Same(Repository.Vietnam.KnownAt(at), Repository.Vietnam.KnownAt(at));
    }

    [Fact]
    public void Read_ShippedFile_SaysWhatItIs()
    {
        var book = Repository.Vietnam;
        Assert.Equal("vn", book.Code);
        Assert.Equal("vn-2020..2026@2025-12-25", book.Version);
        Assert.Equal(64, book.ContentHash.Length);
        Assert.Equal(4, book.Versions.Count);
        Assert.Same(book.Latest, book.Versions[^1]);
        Assert.Equal((new DateOnly(2020, 1, 1), new DateOnly(2026, 12, 31)), (s_calendar.FirstDay, s_calendar.LastDay));
        Assert.Equal("07:00-11:30, 13:30-17:00", s_calendar.OfficeHours.ToString());
        Assert.Equal("Ngày Văn hóa Việt Nam", s_calendar.NameOf(new(2026, 11, 24)));
        Assert.Equal("Quốc khánh (1 ngày, Bộ luật 2012)", s_calendar.NameOf(new(2020, 9, 2)));
        Assert.Null(s_calendar.NameOf(new(2026, 11, 25)));
        Assert.Null(s_calendar.NameOf(new(2026, 11, 22)));
    }

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
