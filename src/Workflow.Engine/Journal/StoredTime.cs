using System.Globalization;

namespace Workflow.Engine.Journal;

/// <summary>How stores keep a moment: RFC 3339, Vietnam's offset, milliseconds, fixed width, so that texts sort like times.</summary>
internal static class StoredTime
{
    /// <summary>The length of every stored text, such as <c>2020-11-06T07:31:05.123+07:00</c>.</summary>
    public const int Length = 29;

    private const string LocalFormat = "yyyy-MM-dd'T'HH:mm:ss.fff";
    private const string OffsetText = "+07:00";
    private static readonly TimeSpan Offset = TimeSpan.FromHours(7);
    private static readonly DateTimeOffset First = DateTimeOffset.MinValue;
    private static readonly DateTimeOffset Last = new(new DateTime(9999, 12, 31, 23, 59, 59, 999), Offset);

    /// <summary>Whether a time can be written with Vietnam's offset, the next full millisecond included.</summary>
    public static bool Covers(DateTimeOffset time) => time >= First && time <= Last;

    /// <summary>The stored form of a time: Vietnam's offset, rounded down to the millisecond.</summary>
    public static DateTimeOffset Floor(DateTimeOffset time)
    {
        var local = time.ToOffset(Offset);
        return new DateTimeOffset(local.Ticks - (local.Ticks % TimeSpan.TicksPerMillisecond), Offset);
    }

    /// <summary>As <see cref="Floor"/>, rounded up: a wake-up that never comes early.</summary>
    public static DateTimeOffset Ceiling(DateTimeOffset time)
    {
        var floor = Floor(time);
        return floor == time ? floor : floor.AddMilliseconds(1);
    }

    /// <summary>The nearest time that can be written, for bounds of queries.</summary>
    public static DateTimeOffset Clamp(DateTimeOffset time) => time < First ? First : time > Last ? Last : time;

    /// <summary>Writes a time, rounded down to the millisecond.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not covered.</exception>
    public static string Format(DateTimeOffset time) => string.Create(Length, time.ToOffset(Offset).DateTime, static (text, local) =>
    {
        local.TryFormat(text, out var written, LocalFormat, CultureInfo.InvariantCulture);
        OffsetText.CopyTo(text[written..]);
    });

    /// <summary>Reads what <see cref="Format"/> wrote.</summary>
    /// <exception cref="FormatException">The text is no stored time.</exception>
    public static DateTimeOffset Parse(ReadOnlySpan<char> text) =>
        text.Length == Length && text.EndsWith(OffsetText, StringComparison.Ordinal)
            ? new DateTimeOffset(
                DateTime.ParseExact(text[..^OffsetText.Length], LocalFormat, CultureInfo.InvariantCulture), Offset)
            : throw new FormatException("A stored time reads like 2020-11-06T07:31:05.123+07:00.");
}
