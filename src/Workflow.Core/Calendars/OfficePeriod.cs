using System.Globalization;

namespace Workflow.Core.Calendars;

/// <summary>A stretch of a working day during which an office works.</summary>
/// <param name="From">The first moment of the stretch; it belongs to it.</param>
/// <param name="To">The end of the stretch; it no longer belongs to it. Always after <paramref name="From"/>.</param>
public readonly record struct OfficePeriod(TimeOnly From, TimeOnly To)
{
    /// <summary>Returns the stretch as <c>07:00-11:30</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{From:HH:mm}-{To:HH:mm}");
}
