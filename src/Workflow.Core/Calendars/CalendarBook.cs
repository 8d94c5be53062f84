using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Workflow.Core.Definitions;

namespace Workflow.Core.Calendars;

/// <summary>A published calendar with what was known when: days off are decided, and swapped, while limits are already running.</summary>
/// <remarks>Instances are immutable and safe to share between threads.</remarks>
public sealed class CalendarBook
{
    // The days on which something became known, ascending, without duplicates. May be empty.
    private readonly DateOnly[] _decisionDays;

    // One more than the decision days: what was known before the first, from the first on, ... from the last on.
    private readonly WorkingCalendar[] _versions;

    private readonly CalendarContent _content;

    internal CalendarBook(CalendarContent content)
    {
        _content = content;
        Code = content.Code;
        ContentHash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content.Canonical())));
        _decisionDays = content.DecisionDays();
        _versions = [content.CalendarKnownOn(null), .. _decisionDays.Select(day => content.CalendarKnownOn(day))];
        Versions = Array.AsReadOnly(_versions);
    }

    /// <summary>What the calendar is called, such as <c>vn</c>.</summary>
    public string Code { get; }

    /// <summary>The version of <see cref="Latest"/>, such as <c>vn-2020..2026@2025-12-25</c>.</summary>
    /// <remarks>
    /// Two books of the same version with different <see cref="ContentHash"/> mean that somebody changed the past: an entry was added
    /// or altered without a decision day of its own.
    /// </remarks>
    public string Version => Latest.Version;

    /// <summary>The SHA-256 of what the calendar says, in lower-case hexadecimal. Comments, notes, sources and the order of the entries do not matter.</summary>
    public string ContentHash { get; }

    /// <summary>The calendar with every entry.</summary>
    public WorkingCalendar Latest => _versions[^1];

    /// <summary>Every calendar that was ever known, oldest knowledge first. Never empty; the last one is <see cref="Latest"/>.</summary>
    public IReadOnlyList<WorkingCalendar> Versions { get; }

    /// <summary>Returns the calendar as it was known at <paramref name="moment"/>.</summary>
    /// <remarks>
    /// An entry is known from the first moment of its decision day, Vietnam's legal time, that moment included; an entry without a
    /// decision day is known at all times. The same knowledge gives the same instance.
    /// </remarks>
    public WorkingCalendar KnownAt(DateTimeOffset moment)
    {
        var found = Array.BinarySearch(_decisionDays, WorkingCalendar.DayOf(moment));
        return _versions[found >= 0 ? found + 1 : ~found];
    }

    /// <summary>Returns why this calendar cannot follow <paramref name="earlier"/> as the one that decisions are made with, in one line; null when it can.</summary>
    /// <remarks>
    /// A later calendar may know more: it has the same code, covers no fewer days and lacks no decision. What was known before any of its new
    /// decisions stays as it was, or promises that were given could no longer be explained.
    /// </remarks>
    public string? FaultAfter(CalendarBook earlier)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        if (Code != earlier.Code)
        {
            return $"the calendar is '{Code}', and dossiers are counted with '{earlier.Code}': publish a calendar of that code";
        }

        if (ContentHash == earlier.ContentHash)
        {
            return null;
        }

        if (Latest.FirstDay > earlier.Latest.FirstDay || Latest.LastDay < earlier.Latest.LastDay)
        {
            return $"the calendar covers {Latest.FirstDay:O} to {Latest.LastDay:O}, less than {earlier.Latest.FirstDay:O} to {earlier.Latest.LastDay:O} of {earlier.Version}: cover these days too";
        }

        if (earlier._decisionDays.Except(_decisionDays).Cast<DateOnly?>().FirstOrDefault() is { } lacking)
        {
            return $"the calendar {Version} lacks what was decided on {lacking:O}, which {earlier.Version} knows: publish a newer one";
        }

        if (earlier._content.DaysOff.FirstOrDefault(old => !_content.DaysOff.Any(d => d.Date == old.Date)) is { } missing)
        {
            return $"the calendar lacks {missing.Date:O}, {missing.Name}, which {earlier.Version} has as a day off: keep it, or promises that were given cannot be explained";
        }

        if (AlteredSince(earlier) is { } altered)
        {
            return altered;
        }

        return Version == earlier.Version
            ? $"the calendar says other than the one published as {Version}: give what changed a later known-from, the day of its decision"
            : null;
    }

    // The swaps of days off that both have, and since when they are known: limits were counted with them.
    private string? AlteredSince(CalendarBook earlier)
    {
        var old = earlier._content.DaysOff.ToDictionary(d => d.Date, d => d.KnownFrom);
        if (_content.DaysOff.FirstOrDefault(d => old.TryGetValue(d.Date, out var known) && known != d.KnownFrom) is { } moved)
        {
            return $"the calendar says of {moved.Date:O}, {moved.Name}, that it is known from {Known(moved.KnownFrom)}, and {earlier.Version} from {Known(old[moved.Date])}: keep its known-from, or promises that were given cannot be explained";
        }

        if (earlier._content.MakeUpDays.Except(_content.MakeUpDays).FirstOrDefault() is { } dropped)
        {
            return $"the calendar lacks the make-up day {dropped.Date:O} for {dropped.For:O}, which {earlier.Version} has: keep it, or promises that were given cannot be explained";
        }

        return _content.MakeUpDays.Except(earlier._content.MakeUpDays).FirstOrDefault(m => old.ContainsKey(m.For)) is { } added
            ? $"the calendar adds the make-up day {added.Date:O} for {added.For:O}, which {earlier.Version} has without one: promises that were given could not be explained; leave it out"
            : null;

        static string Known(DateOnly? day) => day is { } from ? from.ToString("O", CultureInfo.InvariantCulture) : "the beginning";
    }

    /// <summary>Returns this calendar as it is published after <paramref name="earlier"/>: days off that are new and bear no decision day are known from <paramref name="today"/>.</summary>
    /// <remarks>
    /// A day off that both have and that has no decision day here keeps the one that it has there, so that a file may be published again. Days
    /// that <paramref name="earlier"/> does not cover are known at all times, since nothing was promised for them.
    /// </remarks>
    public CalendarBook Following(CalendarBook earlier, DateOnly today)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        var known = earlier._content.DaysOff.ToDictionary(d => d.Date, d => d.KnownFrom);
        var daysOff = _content.DaysOff.Select(d => d.KnownFrom is not null || d.Date < earlier.Latest.FirstDay || d.Date > earlier.Latest.LastDay
            ? d
            : d with { KnownFrom = known.TryGetValue(d.Date, out var day) ? day : today }).ToList();
        return daysOff.SequenceEqual(_content.DaysOff) ? this : new CalendarBook(_content with { DaysOff = daysOff });
    }

    /// <summary>Writes the calendar as a file that <see cref="Read"/> reads: all that it says, names and sources included, comments not.</summary>
    public void Write(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        CalendarWriter.Write(_content, writer);
    }

    /// <summary>Reads a calendar file.</summary>
    /// <param name="reader">The text, YAML.</param>
    /// <param name="file">The file's name for messages; it is not opened.</param>
    /// <exception cref="DefinitionException">The calendar cannot be used; carries every defect with its line.</exception>
    public static CalendarBook Read(TextReader reader, string file)
    {
        ArgumentNullException.ThrowIfNull(reader);
        ArgumentNullException.ThrowIfNull(file);
        var defects = new DefectList();
        var content = CalendarReader.Read(YamlText.ReadMapping(reader, file, defects), defects);
        defects.ThrowIfErrors();
        return new CalendarBook(content!);
    }
}
