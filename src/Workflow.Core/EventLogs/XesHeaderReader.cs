namespace Workflow.Core.EventLogs;

/// <summary>Reads what stands before the first trace of a log.</summary>
internal sealed class XesHeaderReader(XesCursor cursor, XesLimits limits)
{
    private readonly XesAttributes _attributes = new(cursor, limits, "the log");
    private readonly XesAttributes _traceGlobals = new(cursor, limits, "the globals of traces");
    private readonly XesAttributes _eventGlobals = new(cursor, limits, "the globals of events");
    private readonly List<LogExtension> _extensions = [];
    private readonly List<LogClassifier> _classifiers = [];

    /// <summary>Reads up to the first trace or the end of the log. The cursor stands on the root element.</summary>
    internal LogHeader Read(out bool hasTrace)
    {
        hasTrace = false;
        if (!cursor.IsEmpty)
        {
            while (!hasTrace && cursor.NextElement())
            {
                switch (cursor.Name)
                {
                    case "trace" or "event":
                        hasTrace = true;
                        break;
                    case "extension":
                        Keep(_extensions, new LogExtension(cursor.Required("name"), cursor.Required("prefix"), cursor.Required("uri")));
                        break;
                    case "classifier":
                        Keep(_classifiers, new LogClassifier(cursor.Required("name"), cursor.Required("keys"), IsOfTraces(cursor.Find("scope") ?? "event")));
                        break;
                    case "global":
                        ReadGlobals(IsOfTraces(cursor.Required("scope")) ? _traceGlobals : _eventGlobals);
                        break;
                    default:
                        _attributes.Add();
                        break;
                }
            }
        }

        return new LogHeader
        {
            Extensions = _extensions,
            TraceGlobals = _traceGlobals.Take(),
            EventGlobals = _eventGlobals.Take(),
            Classifiers = _classifiers,
            Attributes = _attributes.Take(),
        };
    }

    private void Keep<T>(List<T> list, T item)
    {
        if (list.Count == limits.Attributes)
        {
            throw cursor.Refusal($"the log has more than {limits.Attributes} of <{cursor.Name}>: leave some out, or raise the limit");
        }

        list.Add(item);
        cursor.Skip();
    }

    private void ReadGlobals(XesAttributes globals)
    {
        if (!cursor.IsEmpty)
        {
            while (cursor.NextElement())
            {
                globals.Add();
            }
        }
    }

    private bool IsOfTraces(string scope) => scope switch
    {
        "trace" => true,
        "event" => false,
        _ => throw cursor.Refusal($"the scope '{EventLogFormatException.Quote(scope)}' is unknown: write trace or event"),
    };
}
