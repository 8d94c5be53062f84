using Workflow.Core.Calendars;

namespace Workflow.Engine.Setup;

/// <summary>A calendar book as it is published: every day that is not as the week says, in each version that was ever known, and the file to read it back from.</summary>
internal sealed record CalendarText(string Code, IReadOnlyList<CalendarVersionText> Versions)
{
    /// <summary>The calendar as a file, with all that it says; null where an earlier release published it, which listed days alone.</summary>
    public string? File { get; init; }

    public static CalendarText Of(CalendarBook book)
    {
        var file = new StringWriter();
        book.Write(file);
        return new CalendarText(book.Code, [.. book.Versions.Select(VersionOf)]) { File = file.ToString() };
    }

    private static CalendarVersionText VersionOf(WorkingCalendar calendar)
    {
        var days = Enumerable.Range(0, calendar.LastDay.DayNumber - calendar.FirstDay.DayNumber + 1).Select(calendar.FirstDay.AddDays).ToList();
        return new CalendarVersionText(
            calendar.Version,
            calendar.FirstDay,
            calendar.LastDay,
            calendar.OfficeHours.ToString(),
            [.. days.Where(calendar.IsWeekend).Select(d => d.DayOfWeek).Distinct().Order()],
            [.. days.Where(d => calendar.NameOf(d) is not null).Select(d => new CalendarDayText(d, calendar.NameOf(d)!))],
            [.. days.Where(d => calendar.IsWeekend(d) && calendar.IsWorkingDay(d))]);
    }
}

internal sealed record CalendarVersionText(
    string Version,
    DateOnly FirstDay,
    DateOnly LastDay,
    string OfficeHours,
    IReadOnlyList<DayOfWeek> Weekend,
    IReadOnlyList<CalendarDayText> DaysOff,
    IReadOnlyList<DateOnly> MakeUpDays);

internal sealed record CalendarDayText(DateOnly Day, string Name);
