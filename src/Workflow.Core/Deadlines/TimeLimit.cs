namespace Workflow.Core.Deadlines;

/// <summary>How long something may take: an amount, its unit, and at most a time of day after which a receipt counts as the next working day's.</summary>
/// <remarks>
/// Two limits are equal when amount, unit and cut-off are: 8 hours are not 1 day. Amounts may have fractions, except in months. The default
/// value is a limit of no working days.
/// </remarks>
public readonly partial record struct TimeLimit
{
    /// <summary>The largest amount, in any unit.</summary>
    public const int LargestAmount = 10_000;

    // Ticks of the cut-off plus one, so that zero is none: half the size of a nullable TimeOnly, and clocks are kept by the million.
    private readonly long _cutOff;

    /// <summary>Creates a time limit.</summary>
    /// <param name="amount">From zero to <see cref="LargestAmount"/>, both included; whole in months.</param>
    /// <param name="unit">What is counted.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="amount"/> is out of its range or a fraction of a month, or <paramref name="unit"/> is not one.</exception>
    public TimeLimit(decimal amount, TimeLimitUnit unit)
    {
        if (unit is < TimeLimitUnit.WorkingDays or > TimeLimitUnit.Months)
        {
            throw new ArgumentOutOfRangeException(nameof(unit), unit, "No such unit of time limits.");
        }

        if (!IsAmount(amount, unit))
        {
            throw new ArgumentOutOfRangeException(nameof(amount), amount, $"A time limit has an amount from 0 to {LargestAmount}, and whole months.");
        }

        Amount = amount;
        Unit = unit;
    }

    /// <summary>The day of receipt itself, or the next working day when received after 15:00: the rule of the same-day procedures.</summary>
    public static TimeLimit SameDay { get; } = WorkingDays(0) with { CutOff = new TimeOnly(15, 0) };

    /// <summary>How many units; zero or more.</summary>
    public decimal Amount { get; }

    /// <summary>What is counted.</summary>
    public TimeLimitUnit Unit { get; }

    /// <summary>
    /// The time of day after which a receipt counts as received at the opening of the next working day; null when the limit has no such rule.
    /// A receipt at this very moment is still in time.
    /// </summary>
    public TimeOnly? CutOff
    {
        get => _cutOff == 0 ? null : new TimeOnly(_cutOff - 1);
        init => _cutOff = value is { } time ? time.Ticks + 1 : 0;
    }

    /// <summary>Whether the limit is counted in whole days or months, and so ends with a day rather than at an hour.</summary>
    public bool EndsWithDay => Unit is TimeLimitUnit.WorkingDays or TimeLimitUnit.Days or TimeLimitUnit.Months && IsWhole(Amount);

    /// <summary>Returns a limit of so many working days.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is out of its range.</exception>
    public static TimeLimit WorkingDays(int count) => new(count, TimeLimitUnit.WorkingDays);

    /// <summary>Returns a limit of so many days of the calendar.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is out of its range.</exception>
    public static TimeLimit Days(int count) => new(count, TimeLimitUnit.Days);

    /// <summary>Returns a limit of so many hours of work.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is out of its range.</exception>
    public static TimeLimit WorkingHours(int count) => new(count, TimeLimitUnit.WorkingHours);

    /// <summary>Returns a limit of so many hours of the clock.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is out of its range.</exception>
    public static TimeLimit Hours(int count) => new(count, TimeLimitUnit.Hours);

    /// <summary>Returns a limit of so many months.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is out of its range.</exception>
    public static TimeLimit Months(int count) => new(count, TimeLimitUnit.Months);

    private static bool IsWhole(decimal amount) => decimal.Truncate(amount) == amount;

    private static bool IsAmount(decimal amount, TimeLimitUnit unit) =>
        amount is >= 0 and <= LargestAmount && (unit != TimeLimitUnit.Months || IsWhole(amount));
}
