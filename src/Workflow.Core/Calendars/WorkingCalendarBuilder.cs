namespace Workflow.Core.Calendars;

/// <summary>Builds a calendar in code, without a file: for tests, and for offices that keep their days elsewhere.</summary>
/// <remarks>
/// Saturday and Sunday are the weekend, and the office hours are <see cref="OfficeHours.Common"/>, until said otherwise. Not safe for
/// several threads; the calendars that it builds are.
/// </remarks>
public sealed class WorkingCalendarBuilder
{
    private readonly string _code;
    private readonly DateOnly _firstDay;
    private readonly DateOnly _lastDay;
    private readonly Dictionary<DateOnly, DayOff> _daysOff = [];
    private readonly Dictionary<DateOnly, DateOnly?> _makeUpDays = [];
    private readonly List<ReceptionEntry> _reception = [];
    private HashSet<DayOfWeek> _weekend = [DayOfWeek.Saturday, DayOfWeek.Sunday];
    private OfficeHours _officeHours = OfficeHours.Common;

    /// <summary>Starts a calendar in which every day but Saturdays and Sundays is worked.</summary>
    /// <param name="code">What the calendar is called. Not empty.</param>
    /// <param name="firstDay">The first covered day, included.</param>
    /// <param name="lastDay">The last covered day, included.</param>
    /// <exception cref="ArgumentException"><paramref name="code"/> is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="lastDay"/> lies before <paramref name="firstDay"/>, or more than a century after it.</exception>
    public WorkingCalendarBuilder(string code, DateOnly firstDay, DateOnly lastDay)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        ArgumentOutOfRangeException.ThrowIfLessThan(lastDay, firstDay);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lastDay.DayNumber - firstDay.DayNumber, CalendarDays.LongestCoverage, nameof(lastDay));
        (_code, _firstDay, _lastDay) = (code, firstDay, lastDay);
    }

    /// <summary>Says on which days the week has its rest; none at all is allowed.</summary>
    public WorkingCalendarBuilder Weekend(params ReadOnlySpan<DayOfWeek> days)
    {
        _weekend = [.. days];
        return this;
    }

    /// <summary>Adds a holiday or another day off. It may fall on a weekend.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="date"/> is not covered.</exception>
    /// <exception cref="ArgumentException"><paramref name="date"/> is there already, or <paramref name="name"/> is empty.</exception>
    public WorkingCalendarBuilder DayOff(DateOnly date, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        DemandNew(date);
        _daysOff.Add(date, new DayOff(name));
        return this;
    }

    /// <summary>Adds a weekend day that is worked in return for a day off.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="date"/> is not covered.</exception>
    /// <exception cref="ArgumentException"><paramref name="date"/> is there already.</exception>
    public WorkingCalendarBuilder MakeUpDay(DateOnly date)
    {
        DemandNew(date);
        _makeUpDays.Add(date, null);
        return this;
    }

    /// <summary>Says during which hours the office works.</summary>
    public WorkingCalendarBuilder Hours(OfficeHours officeHours)
    {
        ArgumentNullException.ThrowIfNull(officeHours);
        _officeHours = officeHours;
        return this;
    }

    /// <summary>Adds named hours of the week in which dossiers are received beside the office hours.</summary>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty or there already.</exception>
    public WorkingCalendarBuilder Reception(string name, DayOfWeek day, OfficeHours hours)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(hours);
        if (_reception.Exists(r => r.Name == name))
        {
            throw new ArgumentException($"The reception hours '{name}' are there already.", nameof(name));
        }

        _reception.Add(new ReceptionEntry(name, new Dictionary<DayOfWeek, OfficeHours> { [day] = hours }));
        return this;
    }

    /// <summary>Builds the calendar. The builder can go on and build others.</summary>
    /// <exception cref="InvalidOperationException">No day is worked, or a make-up day is not on a weekend.</exception>
    public WorkingCalendar Build()
    {
        foreach (var date in _makeUpDays.Keys)
        {
            if (!_weekend.Contains(date.DayOfWeek))
            {
                throw new InvalidOperationException($"The make-up day {date:O} is a {date.DayOfWeek}, not a weekend day.");
            }
        }

        var days = new CalendarDays(_weekend, _daysOff, _makeUpDays);
        return new WorkingCalendar(_code, CalendarDays.VersionOf(_code, _firstDay, _lastDay), _firstDay, _lastDay, _officeHours, days, [.. _reception]);
    }

    private void DemandNew(DateOnly date)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(date, _firstDay);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(date, _lastDay);
        if (_daysOff.ContainsKey(date) || _makeUpDays.ContainsKey(date))
        {
            throw new ArgumentException($"{date:O} is there already.", nameof(date));
        }
    }
}
