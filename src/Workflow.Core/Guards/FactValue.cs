using System.Globalization;

namespace Workflow.Core.Guards;

/// <summary>A value while an expression is evaluated, never boxed. The default is no value: it is unknown.</summary>
internal readonly record struct FactValue
{
    /// <summary>Vietnam's offset, in which moments have their dates.</summary>
    public static readonly TimeSpan Offset = TimeSpan.FromHours(7);

    private static readonly string[] s_moments = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    // The type plus one, so that the default is no value.
    private readonly byte _type;

    // The flag, the day number of a date, the UTC ticks of a moment.
    private readonly long _whole;
    private readonly decimal _number;
    private readonly string? _text;

    private FactValue(FactType type, long whole, decimal number, string? text) => (_type, _whole, _number, _text) = ((byte)(type + 1), whole, number, text);

    public bool IsKnown => _type != 0;

    public FactType Type => (FactType)(_type - 1);

    public decimal Number => _number;

    public string? Text => _text;

    public bool Flag => _whole != 0;

    public DateOnly Date => DateOnly.FromDayNumber((int)_whole);

    /// <summary>The moment, in Vietnam's offset.</summary>
    public DateTimeOffset Moment => new DateTimeOffset(_whole, TimeSpan.Zero).ToOffset(Offset);

    /// <summary>The day number of a date, the UTC ticks of a moment, 1 for true and 0 for false.</summary>
    public long Whole => _whole;

    public static FactValue Of(bool flag) => new(FactType.Flag, flag ? 1 : 0, 0, null);

    public static FactValue Of(decimal number) => new(FactType.Number, 0, number, null);

    public static FactValue Of(string? text) => text is null ? default : new(FactType.Text, 0, 0, text);

    public static FactValue Of(DateOnly date) => new(FactType.Date, date.DayNumber, 0, null);

    public static FactValue Of(DateTimeOffset? moment) => moment is { } at ? new(FactType.Moment, at.UtcTicks, 0, null) : default;

    /// <summary>Reads what a field holds; unknown when that is blank or not of the type.</summary>
    public static FactValue Read(FactType type, string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return default;
        }

        switch (type)
        {
            case FactType.Text:
                return Of(text);
            case FactType.Number:
                return decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? Of(number) : default;
            case FactType.Flag:
                return text == "true" ? Of(true) : text == "false" ? Of(false) : default;
            case FactType.Date:
                return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? Of(date) : default;
            default:
                // The offset is looked for first: without one the moment would depend on the machine.
                return text.Length > 19 && (text[^1] == 'Z' || text[^6] is '+' or '-')
                    && DateTimeOffset.TryParseExact(text, s_moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
                    ? Of(moment)
                    : default;
        }
    }

    /// <summary>Whether two known values of one type are the same.</summary>
    public static bool Same(in FactValue left, in FactValue right) => left.Type switch
    {
        FactType.Text => string.Equals(left._text, right._text, StringComparison.Ordinal),
        FactType.Number => left._number == right._number,
        _ => left._whole == right._whole,
    };

    /// <summary>The order of two known values of one ordered type.</summary>
    public static int Compare(in FactValue left, in FactValue right) =>
        left.Type == FactType.Number ? left._number.CompareTo(right._number) : left._whole.CompareTo(right._whole);

    /// <summary>The value as a field holds it; null when it is unknown.</summary>
    public string? ToFieldText() => !IsKnown ? null : Type switch
    {
        FactType.Flag => Flag ? "true" : "false",
        FactType.Number => _number.ToString("0.############################", CultureInfo.InvariantCulture),
        FactType.Text => _text,
        FactType.Date => Date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Moment.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
    };

    /// <summary>The value as an expression writes it.</summary>
    public override string ToString() => !IsKnown ? "unknown" : Type switch
    {
        FactType.Text => Quoted(_text!),
        FactType.Date => $"date {ToFieldText()}",
        _ => ToFieldText()!,
    };

    /// <summary>A text as an expression writes it: a quotation mark inside stands twice.</summary>
    public static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
