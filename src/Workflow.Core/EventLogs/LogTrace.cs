namespace Workflow.Core.EventLogs;

/// <summary>One thing that happened in a case.</summary>
/// <remarks>Immutable, compared by value (the offset of the time included) and safe to share between threads.</remarks>
public sealed record LogEvent
{
    /// <summary>Creates an event.</summary>
    /// <param name="activity">What was done (<c>concept:name</c>). Not empty.</param>
    /// <param name="time">When (<c>time:timestamp</c>).</param>
    /// <param name="attributes">Everything else; without <c>concept:name</c> and <c>time:timestamp</c>.</param>
    /// <exception cref="ArgumentException"><paramref name="activity"/> is empty, or <paramref name="attributes"/> holds the name or the time again.</exception>
    public LogEvent(string activity, DateTimeOffset time, LogAttributes? attributes = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(activity);
        Activity = activity;
        Time = time;
        Attributes = attributes ?? LogAttributes.Empty;
        if (Attributes.Find(XesKeys.Name) is not null || Attributes.Find(XesKeys.Time) is not null)
        {
            throw new ArgumentException($"{XesKeys.Name} and {XesKeys.Time} are given by the activity and the time.", nameof(attributes));
        }
    }

    /// <summary>What was done. Never empty.</summary>
    public string Activity { get; }

    /// <summary>When it was done, with the offset of the log.</summary>
    public DateTimeOffset Time { get; }

    /// <summary>Everything else that is known of it.</summary>
    public LogAttributes Attributes { get; }

    /// <inheritdoc/>
    public bool Equals(LogEvent? other) =>
        other is not null && Activity == other.Activity && Time.EqualsExact(other.Time) && Attributes.Equals(other.Attributes);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Activity, Time);
}

/// <summary>One case of a log with its events.</summary>
/// <remarks>Immutable, compared by value and safe to share between threads.</remarks>
public sealed record LogTrace
{
    private readonly LogEvent[] _events;

    /// <summary>Creates a case. The events are put in order of time; events of equal time keep the order in which they are given.</summary>
    /// <param name="name">The case (<c>concept:name</c>), or <see langword="null"/> where the log does not name it.</param>
    /// <param name="events">What happened. At least one.</param>
    /// <param name="attributes">Everything else; without <c>concept:name</c>.</param>
    /// <exception cref="ArgumentException">There is no event, or <paramref name="attributes"/> holds the name again.</exception>
    public LogTrace(string? name, IEnumerable<LogEvent> events, LogAttributes? attributes = null)
    {
        ArgumentNullException.ThrowIfNull(events);
        Name = name;
        Attributes = attributes ?? LogAttributes.Empty;
        _events = [.. events];
        if (_events.Length == 0)
        {
            throw new ArgumentException("A case has at least one event.", nameof(events));
        }

        if (Attributes.Find(XesKeys.Name) is not null)
        {
            throw new ArgumentException($"{XesKeys.Name} is given by the name.", nameof(attributes));
        }

        if (!IsOrdered(_events))
        {
            // OrderBy is stable, Array.Sort is not.
            _events = [.. _events.OrderBy(e => e.Time)];
        }
    }

    /// <summary>The case, or <see langword="null"/> where the log does not name it.</summary>
    public string? Name { get; }

    /// <summary>What happened: never empty, ascending by time, equal times in the order of the file.</summary>
    public IReadOnlyList<LogEvent> Events => _events;

    /// <summary>Everything else that is known of the case.</summary>
    public LogAttributes Attributes { get; }

    /// <inheritdoc/>
    public bool Equals(LogTrace? other) =>
        other is not null && Name == other.Name && Attributes.Equals(other.Attributes) && _events.AsSpan().SequenceEqual(other._events);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Name, _events.Length, _events[0]);

    private static bool IsOrdered(LogEvent[] events)
    {
        for (int i = 1; i < events.Length; i++)
        {
            if (events[i].Time < events[i - 1].Time)
            {
                return false;
            }
        }

        return true;
    }
}
