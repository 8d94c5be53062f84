using System.Globalization;

namespace Workflow.Core.EventLogs;

/// <summary>The names of XES, and its values as text.</summary>
internal static class XesNames
{
    internal const string Namespace = "http://www.xes-standard.org/";

    private static readonly string[] DateFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mm:ssK"];

    /// <summary>Reads an xs:dateTime that has an offset. Digits beyond 100 nanoseconds are cut off.</summary>
    internal static bool TryParseDate(string text, out DateTimeOffset date)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().Trim();
        date = default;

        // Without an offset the parser would take the machine's zone.
        int time = trimmed.IndexOf('T');
        if (time < 0 || trimmed[time..].IndexOfAny('Z', '+', '-') < 0)
        {
            return false;
        }

        int point = trimmed.IndexOf('.');
        if (point >= 0)
        {
            int end = point + 1;
            while (end < trimmed.Length && char.IsAsciiDigit(trimmed[end]))
            {
                end++;
            }

            if (end == point + 1)
            {
                return false;
            }

            if (end - point - 1 > 7)
            {
                trimmed = string.Concat(trimmed[..(point + 8)], trimmed[end..]);
            }
        }

        return DateTimeOffset.TryParseExact(trimmed, DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out date);
    }

    /// <summary>Writes a date in milliseconds, or in 100 nanoseconds where it needs them.</summary>
    internal static string FormatDate(DateTimeOffset date) => date.ToString(
        date.Ticks % TimeSpan.TicksPerMillisecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss.fffzzz" : "yyyy-MM-dd'T'HH:mm:ss.fffffffzzz",
        CultureInfo.InvariantCulture);

    /// <summary>Reads an xs:double. A number too large to be held is refused rather than taken for infinite.</summary>
    internal static bool TryParseReal(string text, out double number)
    {
        switch (text.Trim())
        {
            case "INF":
                number = double.PositiveInfinity;
                return true;
            case "-INF":
                number = double.NegativeInfinity;
                return true;
            case "NaN":
                number = double.NaN;
                return true;
            default:
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
        }
    }

    internal static string FormatReal(double number) => number switch
    {
        double.PositiveInfinity => "INF",
        double.NegativeInfinity => "-INF",
        double.NaN => "NaN",
        _ => number.ToString("R", CultureInfo.InvariantCulture),
    };

    internal static bool TryParseFlag(string text, out bool flag)
    {
        string trimmed = text.Trim();
        flag = trimmed is "true" or "1";
        return flag || trimmed is "false" or "0";
    }
}
