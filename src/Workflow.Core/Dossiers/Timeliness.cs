using Workflow.Core.Calendars;

namespace Workflow.Core.Dossiers;

/// <summary>How a settled dossier stands to its promised date (statutory report II.06a).</summary>
public enum Timeliness
{
    /// <summary>Settled on an earlier day than the promised one.</summary>
    Early,

    /// <summary>Settled on the promised day, not after the promised moment.</summary>
    OnTime,

    /// <summary>Settled after the promised moment.</summary>
    Overdue,
}

/// <summary>Judges an end against a promise.</summary>
public static class TimelinessRule
{
    /// <summary>The first moment that is too late. A promise is given to the second, and its whole second still counts.</summary>
    public static DateTimeOffset FirstLateMoment(DateTimeOffset due) => due.AddSeconds(1);

    /// <summary>Overdue when after <paramref name="due"/>, early when on an earlier day in Vietnam, otherwise on time.</summary>
    public static Timeliness Of(DateTimeOffset end, DateTimeOffset due) =>
        end >= FirstLateMoment(due) ? Timeliness.Overdue
        : WorkingCalendar.DayOf(end) < WorkingCalendar.DayOf(due) ? Timeliness.Early
        : Timeliness.OnTime;
}
