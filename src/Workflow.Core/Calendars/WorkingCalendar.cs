using System.Collections.Frozen;

namespace Workflow.Core.Calendars;

/// <summary>The days on which an office works, and the counting of time limits on them.</summary>
/// <remarks>
/// A calendar answers only for the dates it covers: holidays are published a few years ahead, so a later date is refused
/// rather than taken for a working day. Every day is a day at <see cref="Offset"/>. Instances are immutable and safe to share
/// between threads; every answer takes constant time and allocates nothing.
/// </remarks>
public sealed partial class WorkingCalendar
{
    // Every covered working day, ascending, without duplicates. Never empty.
    private readonly DateOnly[] _workingDays;

    // At index i: how many of the first i covered days are working days. One element more than covered days.
    private readonly int[] _workedBefore;

    private readonly FrozenDictionary<DateOnly, DayOff> _daysOff;
    private readonly FrozenDictionary<DateOnly, DateOnly?> _makeUpDays;
    private readonly ReceptionHours[] _reception;
    private readonly byte _weekend;

    internal WorkingCalendar(string code, string version, DateOnly firstDay, DateOnly lastDay, OfficeHours officeHours, CalendarDays days, IReadOnlyList<ReceptionEntry> reception)
    {
        (Code, Version, FirstDay, LastDay, OfficeHours) = (code, version, firstDay, lastDay, officeHours);
        _daysOff = days.NonWorking.ToFrozenDictionary();
        _makeUpDays = days.MakeUp.ToFrozenDictionary();
        _reception = [.. reception.Select(r => new ReceptionHours(this, r.Name, r.Hours))];
        foreach (var day in days.Weekend)
        {
            _weekend |= (byte)(1 << (int)day);
        }

        _workedBefore = new int[lastDay.DayNumber - firstDay.DayNumber + 2];
        var workingDays = new List<DateOnly>(_workedBefore.Length);
        for (var i = 0; i < _workedBefore.Length - 1; i++)
        {
            var date = firstDay.AddDays(i);
            if (days.IsWorking(date))
            {
                workingDays.Add(date);
            }

            _workedBefore[i + 1] = workingDays.Count;
        }

        _workingDays = workingDays.Count > 0 ? [.. workingDays] : throw new InvalidOperationException($"The calendar {version} has no working day.");
    }

    /// <summary>The offset of Vietnam's legal time, +07:00. Vietnam has no summer time.</summary>
    public static TimeSpan Offset { get; } = TimeSpan.FromHours(7);

    /// <summary>What the calendar is called, such as <c>vn</c>.</summary>
    public string Code { get; }

    /// <summary>What was known when the days were fixed: code, covered years and the latest decision, such as <c>vn-2020..2026@2025-12-25</c>.</summary>
    /// <remarks>The part after <c>@</c> is missing when no entry with a known decision day is in the calendar.</remarks>
    public string Version { get; }

    /// <summary>The first covered day, included.</summary>
    public DateOnly FirstDay { get; }

    /// <summary>The last covered day, included.</summary>
    public DateOnly LastDay { get; }

    /// <summary>The hours during which the office works on a working day.</summary>
    public OfficeHours OfficeHours { get; }

    /// <summary>Returns whether <paramref name="date"/> is a working day. A make-up day is one.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="date"/> is not covered.</exception>
    public bool IsWorkingDay(DateOnly date)
    {
        var index = Index(date, nameof(date));
        return _workedBefore[index + 1] > _workedBefore[index];
    }

    /// <summary>Returns whether the week has its rest on <paramref name="date"/>, worked in return for another day or not.</summary>
    public bool IsWeekend(DateOnly date) => (_weekend & (1 << (int)date.DayOfWeek)) != 0;

    /// <summary>Returns the name of the holiday or day off on <paramref name="date"/>; null when there is none. A plain weekend day has no name.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="date"/> is not covered.</exception>
    public string? NameOf(DateOnly date) => DayOffOn(date)?.Name;

    /// <summary>Returns the holiday or day off on <paramref name="date"/>, on a weekend or not; null when there is none.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="date"/> is not covered.</exception>
    public DayOff? DayOffOn(DateOnly date)
    {
        Index(date, nameof(date));
        return _daysOff.GetValueOrDefault(date);
    }

    /// <summary>Returns the day off for which the weekend day <paramref name="date"/> is worked; null when it is no make-up day, or it is not known for which.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="date"/> is not covered.</exception>
    public DateOnly? MadeUpFor(DateOnly date)
    {
        Index(date, nameof(date));
        return _makeUpDays.GetValueOrDefault(date);
    }

    /// <summary>Returns the reception hours of this name; null when the calendar has none.</summary>
    public ReceptionHours? Reception(string name) => Array.Find(_reception, r => r.Name == name);

    /// <summary>Returns the day on which a time limit of <paramref name="count"/> working days expires.</summary>
    /// <remarks>
    /// The day of the event that starts the limit is not counted (Civil Code 2015, Article 147.2). A limit of no days expires on
    /// <paramref name="start"/> itself when that is a working day, and otherwise on the next working day (Article 148.5).
    /// </remarks>
    /// <param name="start">The day of the event; it need not be a working day.</param>
    /// <param name="count">How many working days, zero or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="count"/> is negative, <paramref name="start"/> is not covered, or the limit would expire after <see cref="LastDay"/>.
    /// </exception>
    public DateOnly AddWorkingDays(DateOnly start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var index = Index(start, nameof(start));
        var position = count == 0 ? _workedBefore[index] : _workedBefore[index + 1] - 1L + count;
        return position < _workingDays.Length
            ? _workingDays[position]
            : throw new ArgumentOutOfRangeException(
                nameof(count), count, $"{count} working days after {Shown(start)} lie outside what the calendar {Version} covers ({Coverage}).");
    }

    /// <summary>Returns how many working days lie after <paramref name="after"/>, which is excluded, up to <paramref name="upTo"/>, which is included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A date is not covered, or <paramref name="upTo"/> lies before <paramref name="after"/>.</exception>
    public int CountWorkingDays(DateOnly after, DateOnly upTo)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(upTo, after);
        return _workedBefore[Index(upTo, nameof(upTo)) + 1] - _workedBefore[Index(after, nameof(after)) + 1];
    }

    /// <summary>Returns the first working day strictly after <paramref name="date"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="date"/> or the day sought is not covered.</exception>
    public DateOnly NextWorkingDay(DateOnly date) => AddWorkingDays(date, 1);

    /// <summary>
    /// Returns <paramref name="date"/> when it is a working day, and otherwise the next working day: where a time limit ends whose
    /// last day is a day off (Civil Code 2015, Article 148.5).
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="date"/> or the day sought is not covered.</exception>
    public DateOnly RollForward(DateOnly date) => AddWorkingDays(date, 0);

    /// <summary>Returns the code and what is known: <see cref="Version"/>.</summary>
    public override string ToString() => Version;

    private string Coverage => $"{Shown(FirstDay)} to {Shown(LastDay)}";

    private static string Shown(DateOnly date) => date.ToString("O");

    private int Index(DateOnly date, string argument) =>
        date >= FirstDay && date <= LastDay
            ? date.DayNumber - FirstDay.DayNumber
            : throw new ArgumentOutOfRangeException(
                argument, Shown(date), $"{Shown(date)} lies outside what the calendar {Version} covers ({Coverage}); publish a calendar that covers it.");
}
