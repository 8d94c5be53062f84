using System.Globalization;
using Workflow.Core.Calendars;

namespace Workflow.Core.Tests.Deadlines;

/// <summary>Short ways to write moments in Vietnam.</summary>
internal static class Times
{
    public static WorkingCalendar Calendar => Repository.Vietnam.Latest;

    /// <summary>The moment of "2025-04-25 09:00", or the last second of a day when there is no time.</summary>
    public static DateTimeOffset At(string text) =>
        DateTimeOffset.Parse($"{(text.Contains(' ', StringComparison.Ordinal) ? text : text + " 23:59:59")} +07:00", CultureInfo.InvariantCulture);
}
