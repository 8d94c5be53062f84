using Workflow.Core.Deadlines;

namespace Workflow.Core.StepTables;

/// <summary>What a cell of time says.</summary>
internal enum StepTimeKind
{
    /// <summary>An amount of time.</summary>
    Stated,

    /// <summary>The step takes no time of the limit: "Giờ hành chính", "0 ngày".</summary>
    Nothing,

    /// <summary>Time passes that the limit does not count: "Không tính thời gian".</summary>
    NotCounted,

    /// <summary>A mark that repeats the cell above.</summary>
    AsAbove,

    /// <summary>Nothing is written: the step shares the time above.</summary>
    Empty,

    /// <summary>Something that is no time, such as a reference to another text.</summary>
    Unreadable,
}

/// <summary>An amount in a unit. A cell may be read in two ways, as in "1.500".</summary>
/// <param name="Value">The amount, the separator taken for the decimal one.</param>
/// <param name="Thousands">The amount, the separator taken for that of thousands; the same where that cannot be.</param>
/// <param name="Unit">What is counted.</param>
internal sealed record StepAmount(Fraction Value, Fraction Thousands, TimeLimitUnit Unit)
{
    public bool IsAmbiguous => Value != Thousands;

    /// <summary>An amount that may be read in two ways as long as both are possible.</summary>
    public static StepAmount Of(Fraction value, Fraction thousands, TimeLimitUnit unit) =>
        new(value, thousands > Fraction.Of(TimeLimit.LargestAmount) ? value : thousands, unit);
}

/// <summary>What a cell of time says.</summary>
/// <param name="Kind">Which of the kinds.</param>
/// <param name="Parts">The amounts that add up to the time; empty unless there is one.</param>
internal sealed record StepTime(StepTimeKind Kind, IReadOnlyList<StepAmount> Parts)
{
    public StepTime(StepTimeKind kind)
        : this(kind, [])
    {
    }

    /// <summary>Whether a unit had to be assumed, since nothing in the table states one.</summary>
    public bool LacksUnit { get; init; }
}
