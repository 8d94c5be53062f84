using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Calendars;
using Workflow.Core.Deadlines;

namespace Workflow.Core.Tests.Deadlines;

/// <summary>The explanation and the computation are one truth.</summary>
public class DeadlineExplanationProperties
{
    private static readonly WorkingCalendar s_calendar = Repository.Vietnam.Latest;

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
        select Case.Of(limit, policy, start, count, gaps);

    [Fact]
    public void Explanation_AnyLimit_IsDueWhenTheClockIs() => Check(s_cases, x => x.Explain().Due == x.Clock().PromisedDue);

    [Fact]
    public void Explanation_WithoutSuspensions_IsDueWhenTheDeadlineIs() => Check(
        s_cases, x => Deadline.Explain(x.Limit, x.Start, s_calendar).Due == Deadline.Due(x.Limit, x.Start, s_calendar));

    [Fact]
    public void Explanation_AnyLimit_CountsTheLimitAndNoMore() => Check(
        from x in s_cases
        // What is left of a fraction of calendar days is counted in office hours, of which such days have no fixed number; and months and hours
        // have none of days, so that a suspension before a late receipt counts is granted to its day.
        where !(x.Policy == ClockPolicy.Resume && x.Suspensions.Count > 0)
            || !(x.Limit is { Unit: TimeLimitUnit.Days, EndsWithDay: false } or { Unit: TimeLimitUnit.Months or TimeLimitUnit.Hours, MovesLateReceipts: true })
        select x,
        x =>
        {
            var days = x.Explain().Days;
            var (whole, time) = (days.Count(d => d.Count == DayCount.Whole), TimeSpan.FromTicks(days.Sum(d => d.Time.Ticks)));
            return x.Limit.Unit switch
            {
                TimeLimitUnit.Months => time == TimeSpan.Zero && whole == DaysOfMonths(x),
                TimeLimitUnit.WorkingDays or TimeLimitUnit.Days => Math.Abs((double)x.Limit.Amount - whole - (time.TotalHours / 8)) < 1e-9,
                _ => time == TimeSpan.FromTicks((long)(x.Limit.Amount * TimeSpan.TicksPerHour)) && whole == 0,
            };
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
            || x.Explain().Days.All(d => !d.Counts || s_calendar.IsWorkingDay(d.Date)));

    private static int DaysOfMonths(Case x)
    {
        var start = x.Policy == ClockPolicy.Restart && x.Suspensions.Count > 0 ? x.Suspensions[^1].To : x.Start;
        var from = WorkingCalendar.DayOf(Deadline.CountedFrom(x.Limit, start, s_calendar, null));
        return from.AddMonths((int)x.Limit.Amount).DayNumber - from.DayNumber;
    }

    private static void Check<T>(Gen<T> values, Func<T, bool> law) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(400)), Prop.ForAll(values.ToArbitrary(), law));

    private sealed record Case(TimeLimit Limit, ClockPolicy Policy, DateTimeOffset Start, IReadOnlyList<Suspension> Suspensions)
    {
        public static Case Of(TimeLimit limit, ClockPolicy policy, DateTimeOffset start, int count, TimeSpan[] gaps)
        {
            var suspensions = new List<Suspension>();
            var now = start;
            for (var i = 0; i < count; i++)
            {
                var from = now + gaps[2 * i];
                now = from + gaps[(2 * i) + 1];
                suspensions.Add(new Suspension(from, now));
            }

            return new Case(limit, policy, start, suspensions);
        }

        public DeadlineExplanation Explain() => DeadlineExplanation.Of(Limit, Policy, Start, Suspensions, _ => s_calendar);

        public DeadlineClock Clock() => Suspensions.Aggregate(
            DeadlineClock.Start(Limit, Policy, Start, s_calendar), (clock, s) => clock.Suspend(s.From).Resume(s.To, s_calendar));

        public override string ToString() => $"{Limit}, {Policy}, {Start:O}, {string.Join("; ", Suspensions.Select(s => $"{s.From:O}/{s.To:O}"))}";
    }
}
