namespace Workflow.Core.Definitions;

/// <summary>How much a defect weighs.</summary>
public enum DefectSeverity
{
    /// <summary>The definition can be used; somebody should look at it.</summary>
    Warning,

    /// <summary>The definition cannot be used.</summary>
    Error,
}

/// <summary>Something wrong in a definition: where, what, and how to mend it.</summary>
/// <param name="Code">The stable code, such as <c>WF0003</c>; one of <see cref="DefectCodes"/>.</param>
/// <param name="Severity">Whether the definition can still be used.</param>
/// <param name="Place">Where it stands.</param>
/// <param name="Message">What is wrong, in one line.</param>
/// <param name="Mend">What to do about it, in one line.</param>
public sealed record Defect(string Code, DefectSeverity Severity, SourcePlace Place, string Message, string Mend)
{
    /// <summary>The code of the procedure that the defect belongs to, when it is known.</summary>
    public string? Procedure { get; init; }

    /// <summary>The counter-example of a defect about time, line by line; empty for other defects.</summary>
    public IReadOnlyList<ScheduleLine> Schedule { get; init; } = [];

    /// <summary>Returns the whole defect in one line: place, code, message, mend.</summary>
    public override string ToString() => $"{Place}: {Code} {Message}; {Mend}";
}
