namespace Workflow.Core.EventLogs;

/// <summary>Reads an event log in XES (IEEE 1849), one trace at a time.</summary>
/// <remarks>
/// <para>The memory needed is that of the header and of the largest trace, within <see cref="XesLimits"/>. A document type
/// declaration is refused, so no entity is ever expanded and nothing outside the stream is ever fetched.</para>
/// <para>The elements may stand in the namespace of XES, in another one that the root element has, or in none. Elements of
/// other namespaces are passed over. Attributes nested in a string, date, int, float, boolean or id, and those beside the
/// <c>values</c> of a list, describe an attribute rather than the case: they are not kept.</para>
/// <para>Dates keep their offset; one without an offset is refused. Digits beyond 100 nanoseconds are cut off. The events of
/// a trace are put in order of time, and events of equal time keep the order of the file.</para>
/// <para>Refused with <see cref="EventLogFormatException"/>: XML that is malformed or ends early, another root element, a
/// value that is not of its type, a key that stands twice, an event without <c>concept:name</c> or <c>time:timestamp</c> or
/// outside a trace, a trace without events, and what is beyond a limit. What the stream itself throws passes through.</para>
/// <para>Not safe for use by several threads at once.</para>
/// </remarks>
public sealed class XesReader : IDisposable
{
    private readonly XesLimits _limits;
    private readonly XesCursor _cursor;

    // Whether the cursor stands on the first trace.
    private readonly bool _hasTrace;
    private bool _taken;

    private XesReader(Stream stream, XesLimits limits)
    {
        _limits = limits;
        _cursor = new XesCursor(stream, limits);
        _cursor.MoveToRoot();
        Header = new XesHeaderReader(_cursor, limits).Read(out _hasTrace);
    }

    /// <summary>What the log says of itself.</summary>
    public LogHeader Header { get; }

    /// <summary>Reads the header of the log, up to the first trace. The stream is left open when the reader is disposed.</summary>
    /// <param name="stream">The uncompressed file, from its beginning.</param>
    /// <param name="limits">How much to hold at once, or <see langword="null"/> for <see cref="XesLimits.Default"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="stream"/> cannot be read.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit is below 1, or the depth below 4.</exception>
    /// <exception cref="EventLogFormatException">The header cannot be used as it stands.</exception>
    public static XesReader Open(Stream stream, XesLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanRead)
        {
            throw new ArgumentException("The stream cannot be read.", nameof(stream));
        }

        limits ??= XesLimits.Default;
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.Depth, 4, nameof(limits));
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.Attributes, 1, nameof(limits));
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.EventsPerTrace, 1, nameof(limits));
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.TextLength, 1, nameof(limits));
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.Names, 1, nameof(limits));
        return new XesReader(stream, limits);
    }

    /// <summary>Reads the traces of the log as they are asked for. The stream is read once, so the result is enumerated once.</summary>
    /// <exception cref="EventLogFormatException">While enumerating: the log cannot be used as it stands.</exception>
    /// <inheritdoc cref="Open"/>
    public static IEnumerable<LogTrace> Read(Stream stream, XesLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return Enumerate(stream, limits);

        static IEnumerable<LogTrace> Enumerate(Stream stream, XesLimits? limits)
        {
            using XesReader reader = Open(stream, limits);
            foreach (LogTrace trace in reader.ReadTraces())
            {
                yield return trace;
            }
        }
    }

    /// <summary>Reads the traces as they are asked for, in the order of the file.</summary>
    /// <exception cref="InvalidOperationException">The traces were asked for before: the stream is read once.</exception>
    /// <exception cref="EventLogFormatException">While enumerating: the log cannot be used as it stands.</exception>
    public IEnumerable<LogTrace> ReadTraces()
    {
        if (_taken)
        {
            throw new InvalidOperationException("The traces of a log are read once.");
        }

        _taken = true;
        return Enumerate();
    }

    /// <summary>Ends the reading and leaves the stream open.</summary>
    public void Dispose() => _cursor.Dispose();

    private IEnumerable<LogTrace> Enumerate()
    {
        for (bool more = _hasTrace; more; more = _cursor.NextElement())
        {
            yield return _cursor.Name switch
            {
                "trace" => ReadTrace(),
                "event" => throw _cursor.Refusal("an event stands outside a trace, so it has no case: put it into a <trace>"),
                _ => throw _cursor.Refusal($"<{EventLogFormatException.Quote(_cursor.Name)}> stands after the first trace: move it in front of the traces"),
            };
        }

        _cursor.ReadToEnd();
    }

    private LogTrace ReadTrace()
    {
        int line = _cursor.Line;
        var attributes = new XesAttributes(_cursor, _limits, "the trace");
        var events = new List<LogEvent>();
        string? name = null;
        if (!_cursor.IsEmpty)
        {
            while (_cursor.NextElement())
            {
                if (_cursor.Name == "event")
                {
                    if (events.Count == _limits.EventsPerTrace)
                    {
                        throw _cursor.Refusal($"the trace has more than {_limits.EventsPerTrace} events: split it, or raise the limit");
                    }

                    events.Add(ReadEvent());
                    continue;
                }

                LogAttribute attribute = attributes.Read();
                if (attribute.Key != XesKeys.Name)
                {
                    attributes.Add(attribute);
                }
                else
                {
                    name = name is null ? Name(attribute, "trace") : throw Twice(XesKeys.Name, "the trace");
                }
            }
        }

        return events.Count > 0
            ? new LogTrace(name, events, attributes.Take())
            : throw new EventLogFormatException(line, "the trace has no events: remove it, or add its events");
    }

    private LogEvent ReadEvent()
    {
        int line = _cursor.Line;
        var attributes = new XesAttributes(_cursor, _limits, "the event");
        string? activity = null;
        DateTimeOffset? time = null;
        if (!_cursor.IsEmpty)
        {
            while (_cursor.NextElement())
            {
                LogAttribute attribute = attributes.Read();
                switch (attribute.Key)
                {
                    case XesKeys.Name:
                        activity = activity is null ? Name(attribute, "event") : throw Twice(XesKeys.Name, "the event");
                        break;
                    case XesKeys.Time when time is not null:
                        throw Twice(XesKeys.Time, "the event");
                    case XesKeys.Time:
                        time = attribute.Value is LogValue.Date date
                            ? date.Value
                            : throw _cursor.Refusal($"the {XesKeys.Time} of the event is a {attribute.Value.ElementName}: write it as <date>");
                        break;
                    default:
                        attributes.Add(attribute);
                        break;
                }
            }
        }

        if (string.IsNullOrEmpty(activity))
        {
            throw new EventLogFormatException(line, $"the event has no {XesKeys.Name}: add <string key=\"{XesKeys.Name}\" value=\"...\"/>");
        }

        return time is { } moment
            ? new LogEvent(activity, moment, attributes.Take())
            : throw new EventLogFormatException(line, $"the event has no {XesKeys.Time}: add <date key=\"{XesKeys.Time}\" value=\"...\"/>");
    }

    private string Name(LogAttribute attribute, string owner) => attribute.Value is LogValue.Text text
        ? text.Value
        : throw _cursor.Refusal($"the {XesKeys.Name} of the {owner} is a {attribute.Value.ElementName}: write it as <string>");

    private EventLogFormatException Twice(string key, string owner) =>
        _cursor.Refusal($"the attribute '{key}' stands twice in {owner}: keep one");
}
