using Workflow.Core.Definitions;

namespace Workflow.Core.Calendars;

/// <summary>Writes a calendar as the file that <see cref="CalendarReader"/> reads: the same content, names and sources included.</summary>
internal static class CalendarWriter
{
    public static void Write(CalendarContent content, TextWriter writer)
    {
        Line($"calendar: {content.Code}");
        Line($"first-day: {content.FirstDay:O}");
        Line($"last-day: {content.LastDay:O}");
        Line($"weekend: [{string.Join(", ", content.Weekend.Order().Select(Name))}]");
        Line("office-hours:");
        Line($"  periods: [{content.OfficeHours}]");
        if (content.Reception.Count > 0)
        {
            Line("reception:");
            foreach (var entry in content.Reception)
            {
                Line($"  {YamlScalarText.Of(entry.Name)}: {{ {string.Join(", ", entry.Hours.OrderBy(h => h.Key).Select(h => $"{Name(h.Key)}: [{h.Value}]"))} }}");
            }
        }

        Line(content.DaysOff.Count > 0 ? "non-working-days:" : "non-working-days: []");
        foreach (var day in content.DaysOff)
        {
            var kind = day.IsCompensatory ? ", kind: compensatory" : string.Empty;
            var known = day.KnownFrom is { } from ? $", known-from: {from:O}" : string.Empty;
            Line($"  - {{ date: {day.Date:O}, name: {YamlScalarText.Of(day.Name)}, source: {YamlScalarText.Of(day.Source ?? "-")}{kind}{known} }}");
        }

        if (content.MakeUpDays.Count > 0)
        {
            Line("make-up-days:");
            foreach (var day in content.MakeUpDays)
            {
                Line($"  - {{ date: {day.Date:O}, for: {day.For:O} }}");
            }
        }

        // One form on every machine: what is written is also stored.
        void Line(string text)
        {
            writer.Write(text);
            writer.Write('\n');
        }
    }

    private static string Name(DayOfWeek day) => day.ToString().ToLowerInvariant();
}
