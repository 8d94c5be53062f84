namespace Workflow.Core.Guards;

internal enum DurationUnit
{
    Months,
    Days,
    Hours,
}

/// <summary>A length of time of the calendar: no working days, which need a calendar.</summary>
/// <param name="Count">How many, from 0 to <see cref="LargestCount"/>.</param>
/// <param name="Unit">Of what.</param>
internal readonly record struct Duration(int Count, DurationUnit Unit)
{
    public const int LargestCount = 10_000;

    public static string Named(DurationUnit unit) => unit switch
    {
        DurationUnit.Months => "months",
        DurationUnit.Days => "days",
        _ => "hours",
    };

    /// <summary>The date or moment so much later, or earlier; unknown beyond the years 1 to 9999.</summary>
    /// <remarks>A month later is the same day of the month or its last day (Civil Code 2015, Article 148), for a moment by Vietnam's date.</remarks>
    public FactValue From(in FactValue start, bool back)
    {
        var count = back ? -Count : Count;
        try
        {
            return start.Type == FactType.Date
                ? FactValue.Of(Unit == DurationUnit.Months ? start.Date.AddMonths(count) : start.Date.AddDays(count))
                : FactValue.Of(Unit switch
                {
                    DurationUnit.Months => start.Moment.AddMonths(count),
                    DurationUnit.Days => start.Moment.AddDays(count),
                    _ => start.Moment.AddHours(count),
                });
        }
        catch (ArgumentOutOfRangeException)
        {
            return default;
        }
    }

    /// <summary>As an expression writes it: <c>6 months</c>.</summary>
    public override string ToString()
    {
        var named = Named(Unit);
        return $"{Count} {(Count == 1 ? named[..^1] : named)}";
    }
}
