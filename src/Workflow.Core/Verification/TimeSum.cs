using System.Globalization;
using Workflow.Core.Deadlines;

namespace Workflow.Core.Verification;

/// <summary>Whether a sum of limits fits into a limit, by counting alone.</summary>
internal enum Fit
{
    /// <summary>It does, whatever the dates.</summary>
    Within,

    /// <summary>It does not, whatever the dates.</summary>
    Exceeds,

    /// <summary>That depends on the dates: the units differ, or the limit ends with the day of the receipt.</summary>
    Depends,
}

/// <summary>Time limits added up exactly, apart by what cannot be converted without a calendar.</summary>
/// <param name="WorkHours">Working days at eight hours, and working hours.</param>
/// <param name="Days">Days of the calendar.</param>
/// <param name="Hours">Hours of the clock.</param>
/// <param name="Months">Months of the calendar.</param>
internal readonly record struct TimeSum(decimal WorkHours, decimal Days, decimal Hours, decimal Months)
{
    // "30 days = 240 hours" (Hanoi, Decision 1594/QĐ-TTPVHCC).
    public const int HoursPerDay = 8;

    /// <summary>About how many working hours it is, five of seven days being worked: for comparing ways, never for a verdict.</summary>
    public double Weight => (double)WorkHours + ((double)Days * HoursPerDay * 5 / 7) + ((double)Hours / 24 * HoursPerDay * 5 / 7) + ((double)Months * HoursPerDay * 21);

    public static TimeSum Of(TimeLimit limit) => limit.Unit switch
    {
        TimeLimitUnit.WorkingDays => new TimeSum(limit.Amount * HoursPerDay, 0, 0, 0),
        TimeLimitUnit.WorkingHours => new TimeSum(limit.Amount, 0, 0, 0),
        TimeLimitUnit.Days => new TimeSum(0, limit.Amount, 0, 0),
        TimeLimitUnit.Hours => new TimeSum(0, 0, limit.Amount, 0),
        _ => new TimeSum(0, 0, 0, limit.Amount),
    };

    public static TimeSum operator +(TimeSum a, TimeSum b) => new(a.WorkHours + b.WorkHours, a.Days + b.Days, a.Hours + b.Hours, a.Months + b.Months);

    public static TimeSum operator -(TimeSum a, TimeSum b) => new(a.WorkHours - b.WorkHours, a.Days - b.Days, a.Hours - b.Hours, a.Months - b.Months);

    /// <summary>Whether limits of both kinds are in it, or of another kind than the limit's.</summary>
    public bool DiffersFrom(TimeLimit limit) =>
        (WorkHours != 0 && !IsWorking(limit))
        || (Days != 0 && limit.Unit != TimeLimitUnit.Days)
        || (Hours != 0 && limit.Unit != TimeLimitUnit.Hours)
        || (Months != 0 && limit.Unit != TimeLimitUnit.Months);

    /// <summary>How much of a limit may be used, in <see cref="Own"/>'s unit.</summary>
    /// <remarks>A limit that ends with the day of the receipt leaves at most that day's work, and less of it the later the receipt.</remarks>
    public static decimal Allowed(TimeLimit limit) => limit.Unit == TimeLimitUnit.WorkingDays ? IsSameDay(limit) ? HoursPerDay : limit.Amount * HoursPerDay : limit.Amount;

    /// <summary>What is counted in the limit's own unit: working hours, days, hours or months.</summary>
    public decimal Own(TimeLimit limit) => limit.Unit switch
    {
        TimeLimitUnit.WorkingDays or TimeLimitUnit.WorkingHours => WorkHours,
        TimeLimitUnit.Days => Days,
        TimeLimitUnit.Hours => Hours,
        _ => Months,
    };

    /// <summary>Compares with a limit. What is counted in the limit's own unit is enough to exceed it.</summary>
    public Fit In(TimeLimit limit)
    {
        var own = Own(limit);
        if (own > Allowed(limit))
        {
            return Fit.Exceeds;
        }

        return DiffersFrom(limit) || (IsSameDay(limit) && own > 0) ? Fit.Depends : Fit.Within;
    }

    /// <summary>Returns the sum in words, working time in hours when the limit that it is compared with is.</summary>
    public string Text(TimeLimit beside)
    {
        var parts = new List<string>(4);
        if (beside.Unit == TimeLimitUnit.WorkingHours)
        {
            Add(WorkHours, "working hour");
        }
        else
        {
            Add(WorkHours / HoursPerDay, "working day");
        }

        Add(Months, "month");
        Add(Days, "day");
        Add(Hours, "hour");
        return parts.Count == 0 ? "nothing" : string.Join(" and ", parts);

        void Add(decimal amount, string unit)
        {
            if (amount != 0)
            {
                parts.Add($"{amount.ToString("0.####", CultureInfo.InvariantCulture)} {unit}{(amount == 1 ? string.Empty : "s")}");
            }
        }
    }

    private static bool IsSameDay(TimeLimit limit) => IsWorking(limit) && limit.Amount == 0;

    private static bool IsWorking(TimeLimit limit) => limit.Unit is TimeLimitUnit.WorkingDays or TimeLimitUnit.WorkingHours;
}
