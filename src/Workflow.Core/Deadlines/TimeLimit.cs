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

    // The rules of receipt in one number, since clocks are kept by the million: from the lowest bit on, the ticks of the cut-off plus one
    // (zero for none), then the minutes of the day from which moved receipts count plus one, then whether the last working hour is cut off.
    private const int CutOffBits = 40;
    private const int FromBits = 11;
    private const long CutOffMask = (1L << CutOffBits) - 1;
    private const long FromMask = ((1L << FromBits) - 1) << CutOffBits;
    private const long LastHourMask = 1L << (CutOffBits + FromBits);

    private readonly long _receipt;

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
        get => (_receipt & CutOffMask) is var ticks and not 0 ? new TimeOnly(ticks - 1) : null;
        init => _receipt = (_receipt & ~CutOffMask) | (value is { } time ? time.Ticks + 1 : 0);
    }

    /// <summary>
    /// Whether what is received in the last working hour of a day, or after it, counts as received on the next working day (karaoke
    /// licences). A receipt at the moment at which that hour begins is still in time.
    /// </summary>
    public bool CutsOffLastHour
    {
        get => (_receipt & LastHourMask) != 0;
        init => _receipt = (_receipt & ~LastHourMask) | (value ? LastHourMask : 0);
    }

    /// <summary>
    /// The time of the next working day at which a receipt that is moved to it counts as received; null for its opening. It has no
    /// meaning for limits without a cut-off.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not a whole minute.</exception>
    public TimeOnly? MovedTo
    {
        get => ((_receipt & FromMask) >> CutOffBits) is var minutes and not 0 ? TimeOnly.MinValue.AddMinutes(minutes - 1) : null;
        init => _receipt = (_receipt & ~FromMask) | (value is { } time ? (Minutes(time) + 1) << CutOffBits : 0);
    }

    /// <summary>Whether receipts late in the day and on days off count as those of the next working day.</summary>
    public bool MovesLateReceipts => (_receipt & (CutOffMask | LastHourMask)) != 0;

    /// <summary>Whether the limit is counted in whole days or months, and so ends with a day rather than at an hour.</summary>
    public bool EndsWithDay => Unit is TimeLimitUnit.WorkingDays or TimeLimitUnit.Days or TimeLimitUnit.Months && IsWhole(Amount);

    // Whole days first, and then a fraction of one, which is worked off in hours.
    internal bool HasFractionAfterDays => Unit is TimeLimitUnit.WorkingDays or TimeLimitUnit.Days && Amount > 1 && !IsWhole(Amount);

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

    private static long Minutes(TimeOnly time) => time.Ticks % TimeSpan.TicksPerMinute == 0
        ? time.Ticks / TimeSpan.TicksPerMinute
        : throw new ArgumentOutOfRangeException(nameof(time), time, "Receipts are moved to a whole minute.");

    private static bool IsWhole(decimal amount) => decimal.Truncate(amount) == amount;

    private static bool IsAmount(decimal amount, TimeLimitUnit unit) =>
        amount is >= 0 and <= LargestAmount && (unit != TimeLimitUnit.Months || IsWhole(amount));
}
