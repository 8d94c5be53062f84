namespace Workflow.Core.Deadlines;

/// <summary>What a time limit is counted in.</summary>
public enum TimeLimitUnit
{
    /// <summary>Days on which the office works (ngày làm việc).</summary>
    WorkingDays,

    /// <summary>Days of the calendar (ngày); a limit that ends on a day off moves to the next working day (Civil Code 2015, Article 148.5).</summary>
    Days,

    /// <summary>Hours during which the office works (giờ làm việc).</summary>
    WorkingHours,

    /// <summary>Hours of the clock (giờ).</summary>
    Hours,

    /// <summary>Months of the calendar (tháng), up to the same date or the last day of the month (Civil Code 2015, Article 148).</summary>
    Months,
}
