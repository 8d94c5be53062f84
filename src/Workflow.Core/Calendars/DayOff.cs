namespace Workflow.Core.Calendars;

/// <summary>Why a day that the week would have worked, or a holiday on a weekend, is off.</summary>
public enum DayOffKind
{
    /// <summary>A public holiday (Labour Code 2019, Article 112).</summary>
    Holiday,

    /// <summary>A day in lieu of a holiday that fell on the weekly rest (Labour Code 2019, Article 111.3).</summary>
    Compensatory,

    /// <summary>A day off that is worked on another day instead, by a decision of the government.</summary>
    Swapped,
}

/// <summary>A holiday or another day off, as the calendar knows it. Immutable.</summary>
/// <param name="Name">Its name, in Vietnamese as a rule. Not empty.</param>
/// <param name="Kind">Why it is off.</param>
/// <param name="Source">The decision or other source behind it; null when none was given.</param>
/// <param name="KnownFrom">The day of the decision, from whose first moment it was known; null when it was known at all times.</param>
public sealed record DayOff(string Name, DayOffKind Kind = DayOffKind.Holiday, string? Source = null, DateOnly? KnownFrom = null);
