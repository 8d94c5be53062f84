using Workflow.Core.Calendars;

namespace Workflow.Core.Verification;

/// <summary>The days on which a calendar departs from its plain week: holidays that fall on a weekday, and make-up days.</summary>
/// <remarks>Immutable and safe to share between threads.</remarks>
internal sealed class DaysOff
{
    private readonly WorkingCalendar _calendar;

    // At index i: how many of the first i covered days depart from the plain week.
    private readonly int[] _before;

    public DaysOff(WorkingCalendar calendar)
    {
        _calendar = calendar;
        _before = new int[calendar.LastDay.DayNumber - calendar.FirstDay.DayNumber + 2];
        for (var i = 0; i < _before.Length - 1; i++)
        {
            var day = calendar.FirstDay.AddDays(i);
            _before[i + 1] = _before[i] + (calendar.IsWorkingDay(day) == calendar.IsWeekend(day) ? 1 : 0);
        }
    }

    /// <summary>Whether the plain week holds from one covered day to the other, both included.</summary>
    public bool None(DateOnly from, DateOnly to) =>
        _before[to.DayNumber - _calendar.FirstDay.DayNumber + 1] == _before[from.DayNumber - _calendar.FirstDay.DayNumber];

    /// <summary>The name of the holiday that takes the most weekdays from one covered day to the other; null when none does.</summary>
    public string? LongestName(DateOnly from, DateOnly to)
    {
        var days = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var day = from; day <= to; day = day.AddDays(1))
        {
            if (!_calendar.IsWorkingDay(day) && !_calendar.IsWeekend(day) && _calendar.NameOf(day) is { } name)
            {
                days[name] = days.GetValueOrDefault(name) + 1;
            }
        }

        // Of two of one length the first in ordinal order, so that the answer does not depend on the dictionary's.
        return days.OrderByDescending(d => d.Value).ThenBy(d => d.Key, StringComparer.Ordinal).Select(d => d.Key).FirstOrDefault();
    }
}
