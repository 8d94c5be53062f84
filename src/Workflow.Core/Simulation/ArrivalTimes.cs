using Workflow.Core.Calendars;

namespace Workflow.Core.Simulation;

/// <summary>When online dossiers arrive: at any hour, most of them in the morning and the afternoon of working days.</summary>
internal static class ArrivalTimes
{
    // The weight of each hour of a day: nights are quiet, evenings are not. No source gives these weights.
    private static readonly double[] HourWeights =
        [1, 0.6, 0.4, 0.4, 0.6, 1.5, 3, 7, 11, 12, 11, 7, 4, 6, 10, 10, 9, 6, 4, 5, 6, 5, 3.5, 2];

    private const double DayOffWeight = 0.35;

    /// <summary>Returns the arrival of every dossier, ascending.</summary>
    public static DateTimeOffset[] Draw(SimulationScenario scenario, SeededRandom random)
    {
        var days = scenario.LastDay.DayNumber - scenario.FirstDay.DayNumber + 1;
        var cumulative = new double[days * HourWeights.Length];
        var sum = 0.0;
        for (var i = 0; i < cumulative.Length; i++)
        {
            var day = scenario.FirstDay.AddDays(i / HourWeights.Length);
            sum += HourWeights[i % HourWeights.Length] * (scenario.Calendar.IsWorkingDay(day) ? 1 : DayOffWeight);
            cumulative[i] = sum;
        }

        var first = WorkingCalendar.At(scenario.FirstDay, TimeOnly.MinValue);
        var arrivals = new DateTimeOffset[scenario.Dossiers];
        for (var i = 0; i < arrivals.Length; i++)
        {
            arrivals[i] = first.AddHours(random.Pick(cumulative)).AddMilliseconds(random.Next(3_600_000));
        }

        Array.Sort(arrivals);
        return arrivals;
    }
}
