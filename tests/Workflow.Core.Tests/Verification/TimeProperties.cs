using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Calendars;
using Workflow.Core.Deadlines;
using Workflow.Core.Definitions;
using Workflow.Core.Procedures;
using Workflow.Core.Verification;

namespace Workflow.Core.Tests.Verification;

/// <summary>Laws of the verdict on time: for generated tables of steps it is that of a simulation which walks through the calendar day by day.</summary>
public class TimeProperties
{
    private static readonly WorkingCalendar s_vietnam = Repository.Vietnam.Latest;

    private static readonly WorkingCalendar s_bare =
        new WorkingCalendarBuilder("bare", new DateOnly(2024, 1, 1), new DateOnly(2025, 12, 31)).Weekend(DayOfWeek.Sunday).DayOff(new DateOnly(2024, 5, 1), "a day").Build();

    private static readonly string[] s_time = [DefectCodes.StepsExceedLimit, DefectCodes.MixedTimeUnits, DefectCodes.WorstStart];

    [Fact]
    public void WorkingSteps_InAnyFractions_ExceedExactlyWhenTheyNeedMoreDaysThanTheLimit()
    {
        var tables =
            from limit in Gen.Choose(1, 12)
            from steps in Gen.NonEmptyListOf(from quarters in Gen.Choose(0, 16) from hours in Gen.Elements(true, false) select (quarters, hours))
            select (Limit: limit, Steps: steps);

        Holds(tables, table =>
        {
            var limits = table.Steps.Select(s => s.hours ? new TimeLimit(s.quarters / 4m, TimeLimitUnit.WorkingHours) : new TimeLimit(s.quarters / 4m, TimeLimitUnit.WorkingDays));
            return Verdict(TimeLimit.WorkingDays(table.Limit), limits, s_vietnam) == DaysNeeded(table.Steps) > table.Limit;
        });
    }

    [Fact]
    public void WholeDaysOfBothKinds_AreLateExactlyWhenSomeReceiptInTheCalendarIs()
    {
        var limits = from count in Gen.Choose(1, 25) from working in Gen.Elements(true, false) select working ? TimeLimit.WorkingDays(count) : TimeLimit.Days(count);
        var steps = from count in Gen.Choose(1, 6) from working in Gen.Elements(true, false) select working ? TimeLimit.WorkingDays(count) : TimeLimit.Days(count);
        var tables =
            from limit in limits
            from count in Gen.Choose(1, 6)
            from each in Gen.ListOf(steps, count)
            from calendar in Gen.Elements(s_vietnam, s_bare)
            select (Limit: limit, Steps: each, Calendar: calendar);

        Holds(tables, table => Verdict(table.Limit, table.Steps, table.Calendar) == SomeReceiptIsLate(table.Limit, table.Steps, table.Calendar));
    }

    [Fact]
    public void Schedule_OfADefectByDates_IsAscendingAndEndsAfterTheDueDay()
    {
        var steps = from count in Gen.Choose(1, 8) from working in Gen.Elements(true, false) select working ? TimeLimit.WorkingDays(count) : TimeLimit.Days(count);
        var tables = from limit in Gen.Choose(1, 30) from count in Gen.Choose(1, 5) from each in Gen.ListOf(steps, count) select (Limit: limit, Steps: each);

        Holds(tables, table => Defects(TimeLimit.Days(table.Limit), table.Steps, s_vietnam).Where(d => d.Code is DefectCodes.MixedTimeUnits or DefectCodes.WorstStart).All(defect =>
        {
            var days = defect.Schedule.Select(l => l.Day!.Value).ToList();
            return days.SequenceEqual(days.Order()) && defect.Schedule.Single(l => l.What == "due").Day < days[^1];
        }));
    }

    private static bool Verdict(TimeLimit limit, IEnumerable<TimeLimit> steps, WorkingCalendar calendar) => Defects(limit, steps, calendar).Count > 0;

    private static IReadOnlyList<Defect> Defects(TimeLimit limit, IEnumerable<TimeLimit> steps, WorkingCalendar calendar)
    {
        StateDefinition[] working = [.. steps.Select((s, i) => new StateDefinition($"s{i}") { Limit = s })];
        StateDefinition[] states = [new StateDefinition("open"), .. working, new StateDefinition("done") { IsFinal = true }];
        var procedure = Procedure.Compile(new ProcedureContent
        {
            Version = new ProcedureVersion("9.000001", 1),
            Name = new LocalizedName("Thủ tục"),
            Limit = limit,
            Initial = "open",
            States = states,
            Transitions = [.. states.SkipLast(1).Zip(states.Skip(1), (a, b) => new TransitionDefinition(a.Name, a.Name == "open" ? "accept" : "go", b.Name))],
        });
        return [.. ProcedureVerifier.Verify(procedure, new VerificationContext { Calendar = calendar }).Where(d => s_time.Contains(d.Code))];
    }

    // Works through the steps hour by quarter hour; each day has eight hours.
    private static int DaysNeeded(IEnumerable<(int Quarters, bool Hours)> steps)
    {
        var minutes = steps.Sum(s => s.Quarters * (s.Hours ? 15 : 120));
        var days = 0;
        for (; minutes > 0; minutes -= 480)
        {
            days++;
        }

        return days;
    }

    private static bool SomeReceiptIsLate(TimeLimit limit, IEnumerable<TimeLimit> steps, WorkingCalendar calendar)
    {
        for (var day = calendar.FirstDay; day <= calendar.LastDay; day = day.AddDays(1))
        {
            if (!calendar.IsWorkingDay(day))
            {
                continue;
            }

            // Neighbours of one kind are one stretch.
            DateOnly? end = day;
            var open = steps.ToList();
            while (open.Count > 0 && end is not null)
            {
                var same = open.TakeWhile(s => s.Unit == open[0].Unit).ToList();
                end = After(end.Value, (int)same.Sum(s => s.Amount), same[0].Unit == TimeLimitUnit.WorkingDays, calendar);
                open.RemoveRange(0, same.Count);
            }

            var due = After(day, (int)limit.Amount, limit.Unit == TimeLimitUnit.WorkingDays, calendar);
            if (due is null || end is null)
            {
                return false;
            }

            if (end > due)
            {
                return true;
            }
        }

        return false;
    }

    // Walks on a day at a time; null beyond the calendar.
    private static DateOnly? After(DateOnly day, int count, bool working, WorkingCalendar calendar)
    {
        while (count > 0 || (!working && !calendar.IsWorkingDay(day)))
        {
            day = day.AddDays(1);
            if (day > calendar.LastDay)
            {
                return null;
            }

            if (!working || calendar.IsWorkingDay(day))
            {
                count--;
            }
        }

        return day;
    }

    private static void Holds<T>(Gen<T> gen, Func<T, bool> law) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(200)), Prop.ForAll(gen.ToArbitrary(), law));
}
