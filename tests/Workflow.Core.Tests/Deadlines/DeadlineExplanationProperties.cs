using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Calendars;
using Workflow.Core.Deadlines;

namespace Workflow.Core.Tests.Deadlines;

/// <summary>The explanation and the computation are one truth.</summary>
public class DeadlineExplanationProperties
{
    // The one that ships, and one whose days of work are no eight hours.
    private static readonly WorkingCalendar[] s_calendars =
    [
        Repository.Vietnam.Latest,
        new WorkingCalendarBuilder("short", new DateOnly(2019, 1, 1), new DateOnly(2026, 12, 31)).DayOff(new DateOnly(2020, 9, 2), "Quốc khánh")
            .Hours(new OfficeHours(new OfficePeriod(new TimeOnly(8, 0), new TimeOnly(11, 30)), new OfficePeriod(new TimeOnly(13, 0), new TimeOnly(16, 30)))).Build(),
    ];

    private static readonly Gen<TimeLimit> s_limits =
        from unit in Gen.Elements(Enum.GetValues<TimeLimitUnit>())
        from whole in Gen.Choose(0, unit == TimeLimitUnit.Months ? 3 : 30)
        from fraction in Gen.Elements(0m, 0m, 0.25m, 0.5m)
        from cutOff in Gen.Elements<TimeOnly?>(null, null, new TimeOnly(15, 0))
        from lastHour in Gen.Elements(false, false, true)
        from movedTo in Gen.Elements<TimeOnly?>(null, new TimeOnly(8, 0))
        select new TimeLimit(unit == TimeLimitUnit.Months ? whole : whole + fraction, unit) { CutOff = cutOff, CutsOffLastHour = lastHour, MovedTo = movedTo };

    private static readonly Gen<DateTimeOffset> s_starts =
        from day in Gen.Choose(0, 2050)
        from second in Gen.Choose(0, 86_399)
        select WorkingCalendar.At(new DateOnly(2020, 1, 1).AddDays(day), TimeOnly.FromTimeSpan(TimeSpan.FromSeconds(second)));

    private static readonly Gen<TimeSpan> s_spans = Gen.Choose(0, 12 * 86_400).Select(s => TimeSpan.FromSeconds(s));

    private static readonly Gen<Case> s_cases =
        from limit in s_limits
        from policy in Gen.Elements(ClockPolicy.Resume, ClockPolicy.Resume, ClockPolicy.Restart, ClockPolicy.None)
        from start in s_starts
        from count in Gen.Choose(0, 3)
        from gaps in Gen.ArrayOf(s_spans, 6)
        from calendar in Gen.Elements(s_calendars)
        select Case.Of(limit, policy, start, count, gaps, calendar);

    [Fact]
    public void Explanation_AnyLimit_IsDueWhenTheClockIs() => Check(s_cases, x => x.Explain().Due == x.Clock().PromisedDue);

    [Fact]
    public void Explanation_WithoutSuspensions_IsDueWhenTheDeadlineIs() => Check(
        s_cases, x => Deadline.Explain(x.Limit, x.Start, x.Calendar).Due == Deadline.Due(x.Limit, x.Start, x.Calendar));

    [Fact]
    public void Explanation_AnyLimit_CountsTheLimitAndNoMore() => Check(s_cases, x =>
    {
        var days = x.Explain().Days;
        var (whole, time) = (days.Count(d => d.Count == DayCount.Whole), TimeSpan.FromTicks(days.Sum(d => d.Time.Ticks)));
        var (amount, fraction) = ((int)x.Limit.Amount, TimeSpan.FromHours(8 * (double)(x.Limit.Amount % 1)));
        return x.Limit.Unit switch
        {
            TimeLimitUnit.Months => (whole, time) == (DaysOfMonths(x), TimeSpan.Zero),
            TimeLimitUnit.Days => (whole, time) == (amount, fraction),

            // A suspension divides a day of work into hours where a fraction follows the days.
            TimeLimitUnit.WorkingDays => whole <= amount && time - fraction == (amount - whole) * x.Calendar.OfficeHours.PerDay && (time == fraction || fraction > TimeSpan.Zero),
            _ => (whole, time) == (0, TimeSpan.FromHours((double)x.Limit.Amount)),
        };
    });

    [Fact]
    public void Explanation_DueAfterTheLimitEnds_SaysWhy() => Check(s_cases, x =>
    {
        var (end, last) = (WorkingCalendar.DayOf(x.Clock().UnrolledEnd), x.Explain().Days[^1]);
        return end == last.Date || last.Rules.Any(r => r.Kind is DayRuleKind.RolledForward or DayRuleKind.Granted)
            || (last.Count == DayCount.Part && last.Rules[^1].Kind == DayRuleKind.EndOfHours);
    });

    [Fact]
    public void Explanation_AnyLimit_HasEveryDayOnceWithARule() => Check(s_cases, x =>
    {
        var explained = x.Explain();
        return explained.Days.Select(d => d.Date.DayNumber).SequenceEqual(Enumerable.Range(explained.Days[0].Date.DayNumber, explained.Days.Count))
            && explained.Days[0].Date == WorkingCalendar.DayOf(x.Start)
            && explained.Days[^1].Date == WorkingCalendar.DayOf(explained.Due)
            && explained.Days.All(d => d.Rules.Count > 0 && d.Rules.All(r => r.Text.Vi.Length > 0 && r.Text.En is { Length: > 0 }));
    });

    [Fact]
    public void Explanation_AnyLimit_NoWorkingDayCountsOnADayOff() => Check(
        s_cases,
        x => x.Limit.Unit is not (TimeLimitUnit.WorkingDays or TimeLimitUnit.WorkingHours)
            || x.Explain().Days.All(d => !d.Counts || x.Calendar.IsWorkingDay(d.Date)));

    private static int DaysOfMonths(Case x)
    {
        var start = x.Policy == ClockPolicy.Restart && x.Suspensions.Count > 0 ? x.Suspensions[^1].To : x.Start;
        var from = WorkingCalendar.DayOf(Deadline.CountedFrom(x.Limit, start, x.Calendar, null));
        return from.AddMonths((int)x.Limit.Amount).DayNumber - from.DayNumber;
    }

    private static void Check<T>(Gen<T> values, Func<T, bool> law) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(400)), Prop.ForAll(values.ToArbitrary(), law));

    private sealed record Case(TimeLimit Limit, ClockPolicy Policy, DateTimeOffset Start, IReadOnlyList<Suspension> Suspensions, WorkingCalendar Calendar)
    {
        public static Case Of(TimeLimit limit, ClockPolicy policy, DateTimeOffset start, int count, TimeSpan[] gaps, WorkingCalendar calendar)
        {
            var suspensions = new List<Suspension>();
            var now = start;
            for (var i = 0; i < count; i++)
            {
                var from = now + gaps[2 * i];
                now = from + gaps[(2 * i) + 1];
                suspensions.Add(new Suspension(from, now));
            }

            return new Case(limit, policy, start, suspensions, calendar);
        }

        public DeadlineExplanation Explain() => DeadlineExplanation.Of(Limit, Policy, Start, Suspensions, _ => Calendar);

        public DeadlineClock Clock() => Suspensions.Aggregate(
            DeadlineClock.Start(Limit, Policy, Start, Calendar), (clock, s) => clock.Suspend(s.From).Resume(s.To, Calendar));

        public override string ToString() => $"{Calendar.Code}, {Limit}, {Policy}, {Start:O}, {string.Join("; ", Suspensions.Select(s => $"{s.From:O}/{s.To:O}"))}";
    }
}
