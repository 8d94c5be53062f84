namespace Workflow.Core.Calendars;

/// <summary>When a one-stop shop receives dossiers: the office hours, and further hours of the week such as Saturday mornings.</summary>
/// <remarks>
/// Receiving is not working: limits go on counting working days. On holidays and other days off that bear a name nobody receives.
/// Immutable and safe to share between threads.
/// </remarks>
public sealed class ReceptionHours
{
    private readonly WorkingCalendar _calendar;
    private readonly IReadOnlyDictionary<DayOfWeek, OfficeHours> _further;

    internal ReceptionHours(WorkingCalendar calendar, string name, IReadOnlyDictionary<DayOfWeek, OfficeHours> further) =>
        (_calendar, Name, _further) = (calendar, name, further);

    /// <summary>What the hours are called in the calendar, such as <c>saturday-mornings</c>.</summary>
    public string Name { get; }

    /// <summary>Returns whether dossiers are received at <paramref name="moment"/>: starts of stretches are included, ends excluded.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The day of <paramref name="moment"/> is not covered by the calendar.</exception>
    public bool IsOpen(DateTimeOffset moment) => Next(WorkingCalendar.DayOf(moment), WorkingCalendar.TimeOf(moment)) is { } time && time == WorkingCalendar.TimeOf(moment);

    /// <summary>Returns the first moment at or after <paramref name="moment"/> at which dossiers are received.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The day of <paramref name="moment"/>, or the day sought, is not covered by the calendar.</exception>
    public DateTimeOffset NextOpening(DateTimeOffset moment)
    {
        var (day, time) = (WorkingCalendar.DayOf(moment), WorkingCalendar.TimeOf(moment));
        while (true)
        {
            if (Next(day, time) is { } open)
            {
                return WorkingCalendar.At(day, open);
            }

            (day, time) = (day.AddDays(1), TimeOnly.MinValue);
        }
    }

    private TimeOnly? Next(DateOnly day, TimeOnly time)
    {
        var office = _calendar.IsWorkingDay(day) ? _calendar.OfficeHours.Next(time) : null;
        var further = _calendar.DayOffOn(day) is null && _further.TryGetValue(day.DayOfWeek, out var hours) ? hours.Next(time) : null;
        return office is null || further < office ? further : office;
    }
}
