using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Workflow.Core.Deadlines;

/// <content>Reading and writing.</content>
public readonly partial record struct TimeLimit
{
    private const string SameDayText = "same day";
    private const string CutOffText = ", cut-off ";
    private const string LastHourText = "last hour";
    private const string MovedToText = ", from ";

    private static readonly (TimeLimitUnit Unit, string One, string Many)[] s_units =
    [
        (TimeLimitUnit.WorkingDays, "working day", "working days"),
        (TimeLimitUnit.Days, "day", "days"),
        (TimeLimitUnit.WorkingHours, "working hour", "working hours"),
        (TimeLimitUnit.Hours, "hour", "hours"),
        (TimeLimitUnit.Months, "month", "months"),
    ];

    /// <summary>Reads a time limit.</summary>
    /// <remarks>
    /// <c>10 working days</c>, <c>15 days</c>, <c>2 working hours</c>, <c>8 hours</c>, <c>1 month</c>, <c>same day</c>. Fractions are
    /// written <c>0.5</c>, <c>0,5</c> or <c>1/2</c>. <c>, cut-off 15:00</c> or <c>, cut-off last hour</c> may follow, and after that
    /// <c>, from 08:00</c>: when a receipt after it counts on the next working day. <c>same day</c> has the cut-off 15:00 by itself. A comma
    /// before exactly three digits (<c>1,500</c>) could mean thousands and is refused, unless nought stands before it.
    /// </remarks>
    /// <exception cref="FormatException"><paramref name="text"/> is none of these; the message lists them.</exception>
    public static TimeLimit Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out var limit)
            ? limit
            : throw new FormatException(
                $"'{text}' is not a time limit; write one such as '10 working days', '15 days', '2 working hours', '8 hours', '1 month', '0.5 working days', '1/2 working day' or 'same day', and after it ', cut-off 15:00' or ', cut-off last hour' if receipts after that time count as the next working day's");
    }

    /// <summary>Reads a time limit as <see cref="Parse"/> does.</summary>
    /// <returns>False when <paramref name="text"/> is not a time limit.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out TimeLimit limit)
    {
        limit = default;
        var rest = text.AsSpan().Trim();
        TimeLimit? receipt = null;
        var mark = rest.IndexOf(CutOffText, StringComparison.OrdinalIgnoreCase);
        if (mark >= 0)
        {
            if (!TryReceipt(rest[(mark + CutOffText.Length)..], out var rules))
            {
                return false;
            }

            receipt = rules;
            rest = rest[..mark].TrimEnd();
        }

        if (rest.Equals(SameDayText, StringComparison.OrdinalIgnoreCase))
        {
            limit = receipt ?? SameDay;
            return true;
        }

        var space = rest.IndexOf(' ');
        if (space < 0 || !TryAmount(rest[..space], out var amount) || !TryUnit(rest[space..].Trim(), out var unit) || !IsAmount(amount, unit))
        {
            return false;
        }

        limit = new TimeLimit(amount, unit);
        if (receipt is { } late)
        {
            limit = limit with { CutOff = late.CutOff, CutsOffLastHour = late.CutsOffLastHour, MovedTo = late.MovedTo };
        }

        return true;
    }

    /// <summary>Returns the limit in the words that <see cref="Parse"/> reads.</summary>
    public override string ToString()
    {
        if (Unit == TimeLimitUnit.WorkingDays && Amount == 0 && MovesLateReceipts)
        {
            return this == SameDay ? SameDayText : $"{SameDayText}{ReceiptText}";
        }

        var (_, one, many) = s_units[(int)Unit];
        return $"{Amount.ToString("0.############################", CultureInfo.InvariantCulture)} {(Amount == 1 ? one : many)}{ReceiptText}";
    }

    // Without a cut-off nothing is moved, and there is nothing to say.
    private string ReceiptText =>
        !MovesLateReceipts ? string.Empty
        : $"{CutOffText}{(CutsOffLastHour ? LastHourText : Shown(CutOff!.Value))}{(MovedTo is { } from ? MovedToText + Shown(from) : string.Empty)}";

    private static string Shown(TimeOnly time) =>
        time.ToString(time.Ticks % TimeSpan.TicksPerMinute == 0 ? "HH:mm" : "HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);

    private static bool TryTime(ReadOnlySpan<char> text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time)
        || TimeOnly.TryParseExact(text, "HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    // "15:00", "last hour", and after either perhaps ", from 08:00".
    private static bool TryReceipt(ReadOnlySpan<char> text, out TimeLimit rules)
    {
        rules = default;
        TimeOnly? movedTo = null;
        var mark = text.IndexOf(MovedToText, StringComparison.OrdinalIgnoreCase);
        if (mark >= 0)
        {
            if (!TryTime(text[(mark + MovedToText.Length)..].Trim(), out var from) || from.Ticks % TimeSpan.TicksPerMinute != 0)
            {
                return false;
            }

            movedTo = from;
            text = text[..mark];
        }

        if (text.Trim().Equals(LastHourText, StringComparison.OrdinalIgnoreCase))
        {
            rules = new TimeLimit { CutsOffLastHour = true, MovedTo = movedTo };
            return true;
        }

        var read = TryTime(text.Trim(), out var time);
        rules = new TimeLimit { CutOff = time, MovedTo = movedTo };
        return read;
    }

    private static bool TryUnit(ReadOnlySpan<char> text, out TimeLimitUnit unit)
    {
        foreach (var (candidate, one, many) in s_units)
        {
            if (text.Equals(one, StringComparison.OrdinalIgnoreCase) || text.Equals(many, StringComparison.OrdinalIgnoreCase))
            {
                unit = candidate;
                return true;
            }
        }

        unit = default;
        return false;
    }

    private static bool TryAmount(ReadOnlySpan<char> text, out decimal amount)
    {
        var slash = text.IndexOf('/');
        if (slash >= 0)
        {
            amount = 0;
            if (!TryWhole(text[..slash], out var above) || !TryWhole(text[(slash + 1)..], out var below) || below == 0)
            {
                return false;
            }

            amount = above / below;
            return true;
        }

        var comma = text.IndexOf(',');
        if (comma < 0)
        {
            return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount);
        }

        amount = 0;
        if (text.Length - comma - 1 == 3 && !text[..comma].Equals("0", StringComparison.Ordinal))
        {
            return false;
        }

        return decimal.TryParse($"{text[..comma]}.{text[(comma + 1)..]}", NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out amount);
    }

    private static bool TryWhole(ReadOnlySpan<char> text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
