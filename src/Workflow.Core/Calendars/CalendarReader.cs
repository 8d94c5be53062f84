using System.Globalization;
using Workflow.Core.Definitions;

namespace Workflow.Core.Calendars;

/// <summary>Reads a calendar file and reports all that contradicts itself in it.</summary>
internal static class CalendarReader
{
    private static readonly Dictionary<string, DayOfWeek> s_weekdays =
        Enum.GetValues<DayOfWeek>().ToDictionary(day => day.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>Returns what the file says, or null when its frame (code, coverage, weekend, hours) cannot be read; then there are errors.</summary>
    public static CalendarContent? Read(YamlMapping root, DefectList defects)
    {
        var reader = new DefinitionReader(root, "a calendar", defects);
        var code = ReadCode(reader);
        var coverage = ReadCoverage(reader);
        var weekend = ReadWeekend(reader);
        var hours = ReadOfficeHours(reader);

        // Dates are judged against the coverage when there is one, and the entries are read in any case: all defects at once.
        var days = new CalendarDayReader(coverage, weekend, defects);
        var daysOff = days.ReadDaysOff(reader.Mappings("non-working-days"));
        var makeUpDays = days.ReadMakeUpDays(reader.Mappings("make-up-days"), daysOff);
        var reception = ReadReception(reader);
        reader.RefuseUnknownKeys();
        if (defects.HasErrors)
        {
            return null;
        }

        var content = new CalendarContent(code, coverage!.Value.First, coverage.Value.Last, weekend!, hours!, daysOff, makeUpDays) { Reception = reception };
        DemandWorkingDays(content, reader);
        return content;
    }

    private static string ReadCode(DefinitionReader reader)
    {
        var code = reader.RequiredText("calendar");
        if (code.Length > 0 && (code.Length > 32 || !code.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')))
        {
            reader.Defects.Error(
                DefectCodes.WrongValue, reader.PlaceOf("calendar"), $"'{code}' is no calendar code", "use at most 32 lower-case letters, digits and hyphens");
        }

        return code;
    }

    private static (DateOnly First, DateOnly Last)? ReadCoverage(DefinitionReader reader)
    {
        var first = RequiredDate(reader, "first-day");
        var last = RequiredDate(reader, "last-day");
        if (first is null || last is null)
        {
            return null;
        }

        if (last < first || last.Value.DayNumber - first.Value.DayNumber > CalendarDays.LongestCoverage)
        {
            var message = $"the coverage {first:O} to {last:O} {(last < first ? "ends before it starts" : "is longer than a century")}";
            reader.Defects.Error(DefectCodes.Calendar, reader.PlaceOf("last-day"), message, "correct first-day or last-day");
            return null;
        }

        return (first.Value, last.Value);
    }

    private static HashSet<DayOfWeek>? ReadWeekend(DefinitionReader reader)
    {
        if (!reader.Has("weekend"))
        {
            reader.Missing("weekend");
            return null;
        }

        var weekend = new HashSet<DayOfWeek>();
        foreach (var text in reader.Texts("weekend"))
        {
            if (!s_weekdays.TryGetValue(text.Text, out var day))
            {
                reader.Wrong(text, $"'{text.Text}' is no day of the week", $"use one of: {string.Join(", ", s_weekdays.Keys)}");
            }
            else if (!weekend.Add(day))
            {
                reader.Defects.Error(DefectCodes.Calendar, text.Place, $"'{text.Text}' stands twice in the weekend", "keep one of them");
            }
        }

        return weekend;
    }

    private static OfficeHours? ReadOfficeHours(DefinitionReader reader)
    {
        if (reader.Mapping("office-hours") is not { } hours)
        {
            if (!reader.Has("office-hours"))
            {
                reader.Missing("office-hours");
            }

            return null;
        }

        var read = ReadPeriods(hours, "periods");
        hours.Text("note");
        hours.RefuseUnknownKeys();
        return read;
    }

    private static OfficeHours? ReadPeriods(DefinitionReader hours, string key)
    {
        var periods = new List<OfficePeriod>();
        var texts = hours.Texts(key);
        foreach (var text in texts)
        {
            if (TryPeriod(text.Text, out var period))
            {
                periods.Add(period);
            }
            else
            {
                hours.Wrong(text, $"'{text.Text}' is no stretch of office hours", "write it as 07:00-11:30");
            }
        }

        if (periods.Count < texts.Count)
        {
            return null;
        }

        if (OfficeHours.Fault(periods) is { } fault)
        {
            hours.Defects.Error(DefectCodes.Calendar, hours.PlaceOf(key), fault, "write the stretches of one day in ascending order, as [07:00-11:30, 13:30-17:00]");
            return null;
        }

        return new OfficeHours(periods);
    }

    private static List<ReceptionEntry> ReadReception(DefinitionReader reader)
    {
        var entries = new List<ReceptionEntry>();
        foreach (var (name, body) in reader.Named("reception"))
        {
            var week = new Dictionary<DayOfWeek, OfficeHours>();
            foreach (var (text, day) in s_weekdays)
            {
                if (body.Has(text) && ReadPeriods(body, text) is { } hours)
                {
                    week.Add(day, hours);
                }
            }

            body.RefuseUnknownKeys();
            if (body.Entries.Count == 0)
            {
                reader.Wrong(name, $"the reception hours '{name.Text}' have no hours", "write '{ saturday: [07:30-11:30] }'");
            }

            entries.Add(new ReceptionEntry(name.Text, week));
        }

        return entries;
    }

    // A file may be wrong in the knowledge of one day only: every version of it must have a day on which somebody works.
    private static void DemandWorkingDays(CalendarContent content, DefinitionReader reader)
    {
        foreach (var day in content.DecisionDays().Cast<DateOnly?>().Prepend(null))
        {
            var known = content.KnownOn(day);
            var date = content.FirstDay;
            while (date < content.LastDay && !known.IsWorking(date))
            {
                date = date.AddDays(1);
            }

            if (!known.IsWorking(date))
            {
                reader.Defects.Error(DefectCodes.Calendar, reader.Place, "the calendar has no working day", "cover more days, or list fewer days off");
                return;
            }
        }
    }

    private static DateOnly? RequiredDate(DefinitionReader reader, string key)
    {
        if (!reader.Has(key))
        {
            reader.Missing(key);
        }

        return reader.Date(key);
    }

    private static bool TryPeriod(string text, out OfficePeriod period)
    {
        period = default;
        if (text.Length != 11 || text[5] != '-' || !TryTime(text.AsSpan(0, 5), out var from) || !TryTime(text.AsSpan(6), out var to))
        {
            return false;
        }

        period = new OfficePeriod(from, to);
        return true;
    }

    private static bool TryTime(ReadOnlySpan<char> text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
}
