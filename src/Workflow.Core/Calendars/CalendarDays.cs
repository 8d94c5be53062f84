namespace Workflow.Core.Calendars;

/// <summary>What makes a date of a calendar a working day or not.</summary>
// MakeUp: each weekend day that is worked, and the day off that it is worked for where that is known.
internal sealed record CalendarDays(
    IReadOnlyCollection<DayOfWeek> Weekend,
    IReadOnlyDictionary<DateOnly, DayOff> NonWorking,
    IReadOnlyDictionary<DateOnly, DateOnly?> MakeUp)
{
    // A century: enough for any calendar, and a slip in a year cannot make one of millions of days.
    public const int LongestCoverage = 36_525;

    public bool IsWorking(DateOnly date) =>
        MakeUp.ContainsKey(date) || (!Weekend.Contains(date.DayOfWeek) && !NonWorking.ContainsKey(date));

    // "vn-2020..2026" when whole years are covered, and the two dates otherwise.
    public static string VersionOf(string code, DateOnly firstDay, DateOnly lastDay) =>
        firstDay is { Day: 1, Month: 1 } && lastDay is { Day: 31, Month: 12 }
            ? $"{code}-{firstDay.Year}..{lastDay.Year}"
            : $"{code}-{firstDay:O}..{lastDay:O}";
}
