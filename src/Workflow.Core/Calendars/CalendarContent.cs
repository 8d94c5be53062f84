using System.Text;

namespace Workflow.Core.Calendars;

/// <summary>A day off of a calendar file.</summary>
internal sealed record DayOffEntry(DateOnly Date, string Name, DateOnly? KnownFrom);

/// <summary>A weekend day that is worked for a day off; known from the same day as that one.</summary>
internal sealed record MakeUpEntry(DateOnly Date, DateOnly For);

/// <summary>What a calendar file says, checked.</summary>
internal sealed record CalendarContent(
    string Code,
    DateOnly FirstDay,
    DateOnly LastDay,
    IReadOnlyCollection<DayOfWeek> Weekend,
    OfficeHours OfficeHours,
    IReadOnlyList<DayOffEntry> DaysOff,
    IReadOnlyList<MakeUpEntry> MakeUpDays)
{
    public DateOnly[] DecisionDays() => [.. DaysOff.Select(d => d.KnownFrom).OfType<DateOnly>().Distinct().Order()];

    // What was known on a day; on null, what was known at all times.
    public CalendarDays KnownOn(DateOnly? day)
    {
        var known = DaysOff.Where(d => d.KnownFrom is null || d.KnownFrom <= day).ToDictionary(d => d.Date, d => d.Name);
        return new CalendarDays(Weekend, known, MakeUpDays.Where(m => known.ContainsKey(m.For)).Select(m => m.Date).ToHashSet());
    }

    public WorkingCalendar CalendarKnownOn(DateOnly? day)
    {
        var version = CalendarDays.VersionOf(Code, FirstDay, LastDay) + (day is null ? string.Empty : $"@{day:O}");
        return new WorkingCalendar(Code, version, FirstDay, LastDay, OfficeHours, KnownOn(day));
    }

    // One text per meaning: what the content hash is taken of. Its form must not change, or every hash does.
    public string Canonical()
    {
        var text = new StringBuilder($"calendar 1\n{Code}\n{FirstDay:O}..{LastDay:O}\n");
        text.Append("weekend ").AppendJoin(' ', Weekend.Order().Select(day => (int)day)).Append('\n');
        text.Append("hours ").AppendJoin(' ', OfficeHours.Periods).Append('\n');
        foreach (var d in DaysOff.OrderBy(d => d.Date))
        {
            text.Append($"off {d.Date:O} {d.KnownFrom:O} {d.Name}\n");
        }

        foreach (var m in MakeUpDays.OrderBy(m => m.Date))
        {
            text.Append($"makeup {m.Date:O} {m.For:O}\n");
        }

        return text.ToString();
    }
}
