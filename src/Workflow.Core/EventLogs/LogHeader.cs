namespace Workflow.Core.EventLogs;

/// <summary>An XES extension that the log declares: the meaning of the keys that begin with <paramref name="Prefix"/> and a colon.</summary>
public sealed record LogExtension(string Name, string Prefix, string Uri);

/// <summary>A way to tell events, or traces, apart.</summary>
/// <param name="Name">The name of the classifier.</param>
/// <param name="Keys">The attribute keys as the file writes them: separated by spaces, a key that holds a space in single quotes.</param>
/// <param name="OfTraces">Whether it tells traces apart rather than events.</param>
public sealed record LogClassifier(string Name, string Keys, bool OfTraces = false);

/// <summary>What a log says of itself before its first trace.</summary>
/// <remarks>
/// The globals are the log's own declaration of what every trace or event holds, with a value for new ones. They are kept
/// as declared: the reader adds nothing to a trace that lacks one, and neither reader nor writer holds the log to them.
/// Immutable, compared by value and safe to share between threads.
/// </remarks>
public sealed record LogHeader
{
    /// <summary>The extensions, in the order of the file.</summary>
    public IReadOnlyList<LogExtension> Extensions { get; init; } = [];

    /// <summary>What every trace is declared to hold.</summary>
    public LogAttributes TraceGlobals { get; init; } = LogAttributes.Empty;

    /// <summary>What every event is declared to hold.</summary>
    public LogAttributes EventGlobals { get; init; } = LogAttributes.Empty;

    /// <summary>The classifiers, in the order of the file.</summary>
    public IReadOnlyList<LogClassifier> Classifiers { get; init; } = [];

    /// <summary>The attributes of the log as a whole.</summary>
    public LogAttributes Attributes { get; init; } = LogAttributes.Empty;

    /// <summary>
    /// The header of a log of named cases: the Concept, Time, Organizational and Lifecycle extensions, a name for every
    /// case, an activity and a time for every event, and events told apart by their activity.
    /// </summary>
    public static LogHeader Standard { get; } = new()
    {
        Extensions =
        [
            new("Concept", "concept", "http://www.xes-standard.org/concept.xesext"),
            new("Time", "time", "http://www.xes-standard.org/time.xesext"),
            new("Organizational", "org", "http://www.xes-standard.org/org.xesext"),
            new("Lifecycle", "lifecycle", "http://www.xes-standard.org/lifecycle.xesext"),
        ],
        TraceGlobals = new([new LogAttribute(XesKeys.Name, "UNKNOWN")]),
        EventGlobals = new(
        [
            new LogAttribute(XesKeys.Name, "UNKNOWN"),
            new LogAttribute(XesKeys.Time, DateTimeOffset.UnixEpoch),
        ]),
        Classifiers = [new("Activity", XesKeys.Name)],
    };

    /// <inheritdoc/>
    public bool Equals(LogHeader? other) =>
        other is not null
        && Extensions.SequenceEqual(other.Extensions)
        && TraceGlobals.Equals(other.TraceGlobals)
        && EventGlobals.Equals(other.EventGlobals)
        && Classifiers.SequenceEqual(other.Classifiers)
        && Attributes.Equals(other.Attributes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Extensions.Count, Classifiers.Count, Attributes);
}
