using Workflow.Core.Calendars;

namespace Workflow.Core.Indicators;

/// <summary>Finds what was recorded long after its legal time. Rows come in the order of the journal. Not thread-safe.</summary>
/// <remarks>
/// What counts is how far the legal times of the journal had come when a row was recorded. A journal whose legal times are themselves
/// far behind the times of recording is one that was replayed: there nothing is found, in whatever order it came.
/// </remarks>
/// <param name="calendar">The working days.</param>
/// <param name="workingDays">How many working days may lie between the day of the legal time and that of the recording, at least 0: what happened outside the office is entered later.</param>
public sealed class BackDating(WorkingCalendar calendar, int workingDays)
{
    // The office may have rested for a long new year.
    private static readonly TimeSpan s_behind = TimeSpan.FromDays(30);

    private DateTimeOffset _reached = DateTimeOffset.MinValue;

    /// <summary>Takes in a row; returns the pattern that it shows, or null.</summary>
    public Pattern? Fold(string dossier, int version, string actor, DateTimeOffset occurredAt, DateTimeOffset recordedAt)
    {
        var reached = _reached;
        if (occurredAt >= reached)
        {
            _reached = occurredAt;
            return null;
        }

        return recordedAt - reached <= s_behind && reached > LastMoment(occurredAt)
            ? new Pattern(
                PatternKind.BackDated, dossier, version, actor,
                $"dated {occurredAt:yyyy-MM-dd HH:mm}, recorded when the journal had come to {reached:yyyy-MM-dd HH:mm}")
            : null;
    }

    private DateTimeOffset LastMoment(DateTimeOffset occurredAt)
    {
        var day = WorkingCalendar.DayOf(occurredAt);
        try
        {
            return WorkingCalendar.EndOf(calendar.AddWorkingDays(day, workingDays));
        }
        catch (ArgumentOutOfRangeException)
        {
            // Beyond the calendar a week has two days off.
            return WorkingCalendar.EndOf(day.AddDays(workingDays + (2 * ((workingDays + 4) / 5))));
        }
    }
}
