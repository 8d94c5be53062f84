namespace Workflow.Core.Definitions;

/// <summary>One line of the counter-example of a defect about time: what is done, what it uses, and what is left then.</summary>
/// <param name="Day">The day on which it ends; null when the lines add amounts up and no calendar is asked.</param>
/// <param name="What">The step, the leg, the budget or the receipt.</param>
/// <param name="Used">What it uses, such as <c>2.5 working days</c>; empty for nothing.</param>
/// <param name="Remaining">What is left of the limit after it; negative when more than that was used.</param>
public sealed record ScheduleLine(DateOnly? Day, string What, string Used, string Remaining)
{
    /// <summary>Returns the line as text.</summary>
    public override string ToString() =>
        $"{(Day is { } day ? $"{day:O}  " : string.Empty)}{What}{(Used.Length == 0 ? string.Empty : $": {Used}")}{(Remaining.Length == 0 ? string.Empty : $", left {Remaining}")}";
}
