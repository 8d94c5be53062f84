namespace Workflow.Core.Dossiers;

/// <summary>Why a promised date was computed again.</summary>
public enum RecomputationReason
{
    /// <summary>A calendar was published that knows more than the one behind the promise.</summary>
    CalendarChanged,
}

/// <summary>The promised date was computed again and is another one, or its limit ends elsewhere.</summary>
/// <param name="Reason">Why it was computed again.</param>
/// <param name="Policy">By which policy the date was chosen.</param>
/// <param name="OldDue">The date promised before.</param>
/// <param name="OldCalendar">The version of the calendar behind it, or null.</param>
/// <param name="Promise">The date promised now. While a suspension holds the clock it is what the rest of the limit is counted from.</param>
public sealed record PromiseRecomputed(
    RecomputationReason Reason, ProjectionPolicy Policy, DateTimeOffset OldDue, string? OldCalendar, Promise Promise) : DossierEvent;
