using System.Text;

namespace Workflow.Core.Calendars;

/// <summary>A day off of a calendar file.</summary>
internal sealed record DayOffEntry(DateOnly Date, string Name, DateOnly? KnownFrom, string? Source = null, bool IsCompensatory = false);

/// <summary>A weekend day that is worked for a day off; known from the same day as that one.</summary>
internal sealed record MakeUpEntry(DateOnly Date, DateOnly For);

/// <summary>Named hours of the week in which dossiers are received beside the office hours. Not empty.</summary>
internal sealed record ReceptionEntry(string Name, IReadOnlyDictionary<DayOfWeek, OfficeHours> Hours);

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
    public IReadOnlyList<ReceptionEntry> Reception { get; init; } = [];

    public DateOnly[] DecisionDays() => [.. DaysOff.Select(d => d.KnownFrom).OfType<DateOnly>().Distinct().Order()];

    // What was known on a day; on null, what was known at all times.
    public CalendarDays KnownOn(DateOnly? day)
    {
        var swapped = MakeUpDays.Select(m => m.For).ToHashSet();
        var known = DaysOff.Where(d => d.KnownFrom is null || d.KnownFrom <= day).ToDictionary(
            d => d.Date,
            d => new DayOff(d.Name, swapped.Contains(d.Date) ? DayOffKind.Swapped : d.IsCompensatory ? DayOffKind.Compensatory : DayOffKind.Holiday, d.Source, d.KnownFrom));
        return new CalendarDays(Weekend, known, MakeUpDays.Where(m => known.ContainsKey(m.For)).ToDictionary(m => m.Date, m => (DateOnly?)m.For));
    }

    public WorkingCalendar CalendarKnownOn(DateOnly? day)
    {
        var version = CalendarDays.VersionOf(Code, FirstDay, LastDay) + (day is null ? string.Empty : $"@{day:O}");
        return new WorkingCalendar(Code, version, FirstDay, LastDay, OfficeHours, KnownOn(day), Reception);
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

        // Added where it is said, so that calendars that do not say it keep their hashes.
        foreach (var r in Reception.OrderBy(r => r.Name, StringComparer.Ordinal))
        {
            text.Append($"reception {r.Name}\n");
            foreach (var (day, hours) in r.Hours.OrderBy(h => h.Key))
            {
                text.Append($"{(int)day} ").AppendJoin(' ', hours.Periods).Append('\n');
            }
        }

        return text.ToString();
    }
}
