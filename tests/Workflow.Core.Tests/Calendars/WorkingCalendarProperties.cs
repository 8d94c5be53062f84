using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Calendars;

namespace Workflow.Core.Tests.Calendars;

/// <summary>Laws of counting, on the calendar that ships and on one with odd days and hours.</summary>
public class WorkingCalendarProperties
{
    private static readonly WorkingCalendar s_odd = new WorkingCalendarBuilder("odd", new(2020, 1, 1), new(2026, 12, 31))
        .Weekend(DayOfWeek.Friday)
        .DayOff(new(2021, 3, 3), "off")
        .MakeUpDay(new(2021, 3, 5))
        .Hours(new OfficeHours(new OfficePeriod(new(0, 0), new(3, 7)), new OfficePeriod(new(22, 0), new(23, 59))))
        .Build();

    private static readonly Gen<WorkingCalendar> s_calendars = Gen.Elements([s_odd, .. Repository.Vietnam.Versions]);

    // Up to a hundred working days may follow.
    private static readonly Gen<DateOnly> s_days = Gen.Choose(0, 2350).Select(new DateOnly(2020, 1, 1).AddDays);
    private static readonly Gen<int> s_counts = Gen.Choose(0, 100);
    private static readonly Gen<DateTimeOffset> s_moments =
        from day in s_days
        from second in Gen.Choose(0, 86_399)
        select WorkingCalendar.At(day, TimeOnly.FromTimeSpan(TimeSpan.FromSeconds(second)));

    [Fact]
    public void CountWorkingDays_UpToTheSumOfAddWorkingDays_IsWhatWasAdded() => Check(
        from calendar in s_calendars from start in s_days from count in Gen.Choose(1, 100) select (calendar, start, count),
        x => x.calendar.CountWorkingDays(x.start, x.calendar.AddWorkingDays(x.start, x.count)) == x.count);

    [Fact]
    public void AddWorkingDays_LaterStartOrMoreDays_NeverEndsEarlier() => Check(
        from calendar in s_calendars from start in s_days from later in Gen.Choose(0, 9) from count in Gen.Choose(0, 80) from more in Gen.Choose(0, 9) select (calendar, start, later, count, more),
        x => x.calendar.AddWorkingDays(x.start, x.count) <= x.calendar.AddWorkingDays(x.start.AddDays(x.later), x.count)
            && x.calendar.AddWorkingDays(x.start, x.count) <= x.calendar.AddWorkingDays(x.start, x.count + x.more));

    [Fact]
    public void AddWorkingDays_AnyStart_EndsWhereWalkingDayByDayEnds() => Check(
        from calendar in s_calendars from start in s_days from count in s_counts select (calendar, start, count),
        x => x.calendar.AddWorkingDays(x.start, x.count) == Walk(x.calendar, x.start, x.count));

    [Fact]
    public void CountWorkingDays_AnyTwoDays_CountsWhatWalkingMeets() => Check(
        from calendar in s_calendars from start in s_days from length in s_counts select (calendar, start, length),
        x => x.calendar.CountWorkingDays(x.start, x.start.AddDays(x.length))
            == Enumerable.Range(1, x.length).Count(i => x.calendar.IsWorkingDay(x.start.AddDays(i))));

    [Fact]
    public void WorkingTimeBetween_UpToTheSumOfAddWorkingTime_IsWhatWasAdded() => Check(
        from calendar in s_calendars from start in s_moments from seconds in Gen.Choose(0, 500_000) select (calendar, start, TimeSpan.FromSeconds(seconds)),
        x => x.calendar.WorkingTimeBetween(x.start, x.calendar.AddWorkingTime(x.start, x.Item3)) == x.Item3);

    [Fact]
    public void AddWorkingTime_AnyTime_EndsAtTheEarliestSuchMoment() => Check(
        from calendar in s_calendars from start in s_moments from seconds in Gen.Choose(1, 500_000) select (calendar, start, TimeSpan.FromSeconds(seconds)),
        x =>
        {
            var end = x.calendar.AddWorkingTime(x.start, x.Item3);
            return x.calendar.WorkingTimeBetween(x.start, end.AddTicks(-1)) < x.Item3 && x.calendar.IsOfficeTime(end.AddTicks(-1));
        });

    [Fact]
    public void AddWorkingTime_InTwoParts_EndsWhereTheWholeEnds() => Check(
        from calendar in s_calendars from start in s_moments from a in Gen.Choose(0, 200_000) from b in Gen.Choose(1, 200_000) select (calendar, start, TimeSpan.FromSeconds(a), TimeSpan.FromSeconds(b)),
        x => x.calendar.AddWorkingTime(x.calendar.AddWorkingTime(x.start, x.Item3), x.Item4) == x.calendar.AddWorkingTime(x.start, x.Item3 + x.Item4));

    [Fact]
    public void NextOfficeMoment_AnyMoment_IsOfficeTimeWithNoWorkBefore() => Check(
        from calendar in s_calendars from moment in s_moments select (calendar, moment),
        x =>
        {
            var next = x.calendar.NextOfficeMoment(x.moment);
            return x.calendar.IsOfficeTime(next) && x.calendar.WorkingTimeBetween(x.moment, next) == TimeSpan.Zero
                && (next == x.moment) == x.calendar.IsOfficeTime(x.moment);
        });

    private static DateOnly Walk(WorkingCalendar calendar, DateOnly start, int count)
    {
        var day = start;
        while (count == 0 && !calendar.IsWorkingDay(day))
        {
            day = day.AddDays(1);
        }

        while (count > 0)
        {
            day = day.AddDays(1);
            count -= calendar.IsWorkingDay(day) ? 1 : 0;
        }

        return day;
    }

    private static void Check<T>(Gen<T> values, Func<T, bool> law) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(500)), Prop.ForAll(values.ToArbitrary(), law));
}
