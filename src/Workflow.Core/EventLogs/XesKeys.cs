namespace Workflow.Core.EventLogs;

/// <summary>The attribute keys of the XES extensions, and of the cases, that this library gives a meaning to.</summary>
public static class XesKeys
{
    /// <summary>Concept extension: the name of a trace (the case), or of an event (the activity).</summary>
    public const string Name = "concept:name";

    /// <summary>Time extension: when the event happened.</summary>
    public const string Time = "time:timestamp";

    /// <summary>Organizational extension: who did it.</summary>
    public const string Resource = "org:resource";

    /// <summary>Organizational extension: the role in which it was done.</summary>
    public const string Role = "org:role";

    /// <summary>Organizational extension: the group (a unit) in which it was done.</summary>
    public const string Group = "org:group";

    /// <summary>Lifecycle extension: which moment of the activity the event stands for, such as <c>complete</c>.</summary>
    public const string Transition = "lifecycle:transition";

    /// <summary>A trace's date by which the case had to be finished.</summary>
    public const string Deadline = "deadline";

    /// <summary>A trace's date on which the case was finished.</summary>
    public const string EndDate = "enddate";
}
