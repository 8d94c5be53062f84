using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Calendars;
using Workflow.Core.Deadlines;

namespace Workflow.Core.Tests.Deadlines;

/// <summary>Laws of deadlines and clocks on the calendar that ships.</summary>
public class DeadlineProperties
{
    private static readonly WorkingCalendar s_calendar = Repository.Vietnam.Latest;

    private static readonly Gen<TimeLimit> s_limits =
        from unit in Gen.Elements(Enum.GetValues<TimeLimitUnit>())
        from whole in Gen.Choose(0, unit == TimeLimitUnit.Months ? 3 : 40)
        from fraction in Gen.Elements(0m, 0m, 0.25m, 0.5m)
        from cutOff in Gen.Elements<TimeOnly?>(null, null, new TimeOnly(15, 0))
        select new TimeLimit(unit == TimeLimitUnit.Months ? whole : whole + fraction, unit) { CutOff = cutOff };

    // The latest start leaves room for a limit, two suspensions and a Tet.
    private static readonly Gen<DateTimeOffset> s_starts =
        from day in Gen.Choose(0, 2100)
        from second in Gen.Choose(0, 86_399)
        select WorkingCalendar.At(new DateOnly(2020, 1, 1).AddDays(day), TimeOnly.FromTimeSpan(TimeSpan.FromSeconds(second)));

    private static readonly Gen<TimeSpan> s_spans = Gen.Choose(0, 20 * 86_400).Select(s => TimeSpan.FromSeconds(s));

    [Fact]
    public void Due_AnyLimit_LiesOnAWorkingDayNotBeforeTheStart() => Check(
        from limit in s_limits from start in s_starts select (limit, start),
        x =>
        {
            var due = Deadline.Due(x.limit, x.start, s_calendar);
            return due >= x.start.AddSeconds(-1) && s_calendar.IsWorkingDay(WorkingCalendar.DayOf(due));
        });

    [Fact]
    public void Due_LaterStartOrLongerLimit_NeverEndsEarlier() => Check(
        from limit in s_limits
        where limit.Unit != TimeLimitUnit.Hours // Article 148.5 moves hours that end on a day off past some that end later.
        from start in s_starts
        from later in s_spans
        select (limit, start, later),
        x => Deadline.Due(x.limit, x.start, s_calendar) <= Deadline.Due(x.limit, x.start + x.later, s_calendar)
            && Deadline.Due(x.limit, x.start, s_calendar) <= Deadline.Due(new TimeLimit(x.limit.Amount + 1, x.limit.Unit) { CutOff = x.limit.CutOff }, x.start, s_calendar));

    [Fact]
    public void Due_WorkingDays_IsWhereTheNaiveInterpreterEnds() => Check(
        from count in Gen.Choose(1, 60) from start in s_starts select (count, start),
        x => Deadline.Due(TimeLimit.WorkingDays(x.count), x.start, s_calendar)
            == NaiveEnd(x.count, WorkingCalendar.DayOf(x.start), s_calendar.IsWorkingDay, []));

    [Fact]
    public void Resume_PolicyResume_NeverEndsEarlierThanPromised() => Check(
        from clock in Suspended(ClockPolicy.Resume) from length in s_spans select (clock, length),
        x => x.clock.Resume(x.clock.SuspendedAt!.Value + x.length, s_calendar).Due >= x.clock.PromisedDue);

    [Fact]
    public void Resume_LongerSuspension_NeverEndsEarlier() => Check(
        from clock in Suspended(ClockPolicy.Resume)
        where clock.Limit.Unit != TimeLimitUnit.Hours
        from length in s_spans
        from longer in s_spans
        select (clock, length, longer),
        x => x.clock.Resume(x.clock.SuspendedAt!.Value + x.length, s_calendar).Due
            <= x.clock.Resume(x.clock.SuspendedAt!.Value + x.length + x.longer, s_calendar).Due);

    [Fact]
    public void Resume_BeforeTheDueMoment_NeverLeavesTheClockOverdue() => Check(
        from clock in Suspended(ClockPolicy.Resume) from length in s_spans select (clock, length),
        x =>
        {
            var at = x.clock.SuspendedAt!.Value + x.length;
            return x.clock.IsOverdueAt(at) || !x.clock.Resume(at, s_calendar).IsOverdueAt(at);
        });

    [Fact]
    public void Resume_AtTheMomentOfSuspension_ChangesNothing() => Check(
        from clock in Suspended(ClockPolicy.Resume) where clock.SuspendedAt <= clock.UnrolledEnd select clock,
        clock => clock.Resume(clock.SuspendedAt!.Value, s_calendar).Due == clock.PromisedDue);

    [Fact]
    public void Resume_PolicyRestart_IsDueAsIfStartedThen() => Check(
        from clock in Suspended(ClockPolicy.Restart) from length in s_spans select (clock, at: clock.SuspendedAt!.Value + length),
        x => x.clock.Resume(x.at, s_calendar).Due == Deadline.Due(x.clock.Limit, x.at, s_calendar));

    [Fact]
    public void Resume_PolicyNone_IsTheClockBefore() => Check(
        from clock in Suspended(ClockPolicy.None) from length in s_spans select (clock, at: clock.SuspendedAt!.Value + length),
        x => x.clock.Due == x.clock.PromisedDue && x.clock.Resume(x.at, s_calendar).Due == x.clock.Due);

    [Fact]
    public void Resume_TwoSuspensions_EndsWhereTheNaiveInterpreterEnds() => Check(
        from days in Gen.Elements(TimeLimitUnit.WorkingDays, TimeLimitUnit.Days)
        from count in Gen.Choose(1, 40)
        from start in s_starts
        from gaps in Gen.ArrayOf(s_spans, 4)
        select (limit: new TimeLimit(count, days), start, gaps),
        x =>
        {
            var clock = DeadlineClock.Start(x.limit, ClockPolicy.Resume, x.start, s_calendar);
            var suspensions = new List<(DateOnly From, DateOnly To)>();
            var now = x.start;
            for (var i = 0; i < 4; i += 2)
            {
                var from = now + x.gaps[i];
                now = from + x.gaps[i + 1];

                // Once all days are counted, the day of the resumption decides: see the examples.
                if (WorkingCalendar.DayOf(from) >= WorkingCalendar.DayOf(clock.UnrolledEnd))
                {
                    break;
                }

                clock = clock.Suspend(from).Resume(now, s_calendar);
                suspensions.Add((WorkingCalendar.DayOf(from), WorkingCalendar.DayOf(now)));
            }

            Func<DateOnly, bool> counts = x.limit.Unit == TimeLimitUnit.Days ? _ => true : s_calendar.IsWorkingDay;
            return clock.Due == NaiveEnd((int)x.limit.Amount, WorkingCalendar.DayOf(x.start), counts, suspensions);
        });

    private static Gen<DeadlineClock> Suspended(ClockPolicy policy) =>
        from limit in s_limits
        from start in s_starts
        from ran in s_spans
        select DeadlineClock.Start(limit, policy, start, s_calendar).Suspend(start + ran);

    // Walks from the day after the start; a day does not count iff some suspension has from < day <= to. Then Article 148.5.
    private static DateTimeOffset NaiveEnd(int count, DateOnly start, Func<DateOnly, bool> counts, List<(DateOnly From, DateOnly To)> suspensions)
    {
        var day = start;
        while (count > 0)
        {
            day = day.AddDays(1);
            count -= counts(day) && !suspensions.Exists(s => s.From < day && day <= s.To) ? 1 : 0;
        }

        while (!s_calendar.IsWorkingDay(day))
        {
            day = day.AddDays(1);
        }

        return WorkingCalendar.At(day, new TimeOnly(23, 59, 59));
    }

    private static void Check<T>(Gen<T> values, Func<T, bool> law) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(500)), Prop.ForAll(values.ToArbitrary(), law));
}
