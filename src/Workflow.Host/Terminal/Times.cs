using System.Globalization;
using Workflow.Core.Calendars;

namespace Workflow.Host.Terminal;

/// <summary>Times on the command line: RFC 3339 with an offset; a date alone is its first moment in Vietnam.</summary>
internal static class Times
{
    private static readonly string[] s_forms =
    [
        "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd HH:mm:ssK", "yyyy-MM-dd HH:mmK",
    ];

    /// <summary>Reads a time.</summary>
    /// <param name="option">The option that holds it, for the message.</param>
    /// <param name="text">The text.</param>
    /// <exception cref="UnusableInputException">It is no such time.</exception>
    public static DateTimeOffset Read(string option, string text)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && IsWithinReach(day.Year))
        {
            return new DateTimeOffset(day, TimeOnly.MinValue, WorkingCalendar.Offset);
        }

        // Without an offset a time would silently be taken for that of the machine.
        var hasOffset = text.Length > 16 && (text[^1] is 'Z' or 'z' || text.LastIndexOfAny(['+', '-']) > 10);
        return hasOffset && DateTimeOffset.TryParseExact(text.ToUpperInvariant(), s_forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) && IsWithinReach(time.Year)
            ? time
            : throw new UnusableInputException($"{option} '{text}' is not a time: write 2020-11-06T08:30:00+07:00, or 2020-11-06 for its first moment in Vietnam");
    }

    // The first and the last year of the runtime hold moments that have no date at another offset.
    private static bool IsWithinReach(int year) => year is > 1 and < 9999;

    /// <summary>Writes a time to the second in Vietnam's offset, for people.</summary>
    public static string Show(DateTimeOffset time) => time.ToOffset(WorkingCalendar.Offset).ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture);
}
