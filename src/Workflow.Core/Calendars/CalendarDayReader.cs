using Workflow.Core.Definitions;

namespace Workflow.Core.Calendars;

/// <summary>Reads the dated entries of a calendar file. What cannot be judged for want of a coverage or a weekend is not reported.</summary>
internal sealed class CalendarDayReader((DateOnly First, DateOnly Last)? coverage, HashSet<DayOfWeek>? weekend, DefectList defects)
{
    private const string Compensatory = "compensatory";

    // Swapped days are those that a make-up day is worked for; nobody has to say it twice.
    private static readonly Dictionary<string, bool> s_kinds = new(StringComparer.Ordinal) { ["holiday"] = false, [Compensatory] = true };

    private readonly Dictionary<DateOnly, int> _lines = [];

    public List<DayOffEntry> ReadDaysOff(IReadOnlyList<DefinitionReader> entries)
    {
        var daysOff = new List<DayOffEntry>(entries.Count);
        foreach (var entry in entries)
        {
            var date = ReadDate(entry);
            var name = entry.RequiredText("name");
            var source = entry.RequiredText("source");
            var compensatory = entry.Choice("kind", s_kinds) ?? false;
            var knownFrom = entry.Date("known-from");
            entry.RefuseUnknownKeys();
            if (date is { } known)
            {
                daysOff.Add(new DayOffEntry(known, name, knownFrom, source, compensatory));
            }
        }

        return daysOff;
    }

    public List<MakeUpEntry> ReadMakeUpDays(IReadOnlyList<DefinitionReader> entries, IReadOnlyList<DayOffEntry> daysOff)
    {
        var makeUpDays = new List<MakeUpEntry>(entries.Count);
        var swapped = new Dictionary<DateOnly, int>();
        foreach (var entry in entries)
        {
            var date = ReadDate(entry);
            var dayOff = RequiredDate(entry, "for");
            entry.RefuseUnknownKeys();
            if (date is { } worked && weekend is not null && !weekend.Contains(worked.DayOfWeek))
            {
                Contradiction(
                    entry.PlaceOf("date"), $"the make-up day {worked:O} is a {worked.DayOfWeek}, not a weekend day", "correct the date: other days are worked anyway");
            }

            if (dayOff is { } free)
            {
                CheckSwappedDay(entry, free, daysOff, swapped);
            }

            if (date is not null && dayOff is not null)
            {
                makeUpDays.Add(new MakeUpEntry(date.Value, dayOff.Value));
            }
        }

        return makeUpDays;
    }

    private void CheckSwappedDay(DefinitionReader entry, DateOnly free, IReadOnlyList<DayOffEntry> daysOff, Dictionary<DateOnly, int> swapped)
    {
        var place = entry.PlaceOf("for");
        if (!daysOff.Any(d => d.Date == free))
        {
            Contradiction(place, $"{free:O} is not among the non-working-days", "name the day off that this day makes up for");
        }
        else if (weekend is not null && weekend.Contains(free.DayOfWeek))
        {
            Contradiction(place, $"{free:O} is a {free.DayOfWeek}, so nobody has to make up for it", "name a day off that would be worked otherwise");
        }
        else if (!swapped.TryAdd(free, place.Line))
        {
            Contradiction(place, $"{free:O} is made up for twice (first in line {swapped[free]})", "keep one of the two make-up days");
        }
    }

    private DateOnly? ReadDate(DefinitionReader entry)
    {
        var date = RequiredDate(entry, "date");
        if (date is not { } known)
        {
            return null;
        }

        var place = entry.PlaceOf("date");
        if (coverage is var (first, last) && (known < first || known > last))
        {
            Contradiction(place, $"{known:O} lies outside the coverage {first:O} to {last:O}", "correct the date, or cover it");
        }

        if (!_lines.TryAdd(known, place.Line))
        {
            Contradiction(place, $"{known:O} stands here a second time (first in line {_lines[known]})", "keep one of the entries");
            return null;
        }

        return known;
    }

    private static DateOnly? RequiredDate(DefinitionReader entry, string key)
    {
        if (!entry.Has(key))
        {
            entry.Missing(key);
        }

        return entry.Date(key);
    }

    private void Contradiction(SourcePlace place, string message, string mend) => defects.Error(DefectCodes.Calendar, place, message, mend);
}
