using System.Globalization;

namespace Workflow.Core.EventLogs;

/// <summary>Gathers the attributes of one owner (the header, a trace, an event) from the file.</summary>
internal sealed class XesAttributes(XesCursor cursor, XesLimits limits, string owner)
{
    // Below this many attributes a scan is cheaper than a set.
    private const int ScanLimit = 16;

    private readonly List<LogAttribute> _items = [];
    private HashSet<string>? _keys;

    // Nested attributes included.
    private int _count;

    /// <summary>Reads the attribute on which the cursor stands and leaves the cursor at its end.</summary>
    internal void Add() => Add(Read());

    /// <summary>Reads an attribute that goes elsewhere, such as into a group of globals, but counts among the owner's.</summary>
    internal LogAttribute Read()
    {
        if (++_count > limits.Attributes)
        {
            throw cursor.Refusal($"{owner} has more than {limits.Attributes} attributes: leave some out, or raise the limit");
        }

        string element = cursor.Name;
        if (element is not ("string" or "date" or "int" or "float" or "boolean" or "id" or "list" or "container"))
        {
            throw cursor.Refusal($"<{EventLogFormatException.Quote(element)}> is not an element that XES knows in {owner}: use string, date, int, float, boolean, id, list or container");
        }

        string key = cursor.Required("key");
        if (key.Length == 0)
        {
            throw cursor.Refusal($"an attribute of {owner} has an empty key: name it");
        }

        switch (element)
        {
            case "list":
                return new LogAttribute(key, new LogValue.List(ReadList()));
            case "container":
                return new LogAttribute(key, new LogValue.Container(ReadContainer(key)));
            default:
                LogValue value = Scalar(element, key, cursor.Required("value"));
                cursor.Skip();
                return new LogAttribute(key, value);
        }
    }

    internal LogAttributes Take() => LogAttributes.FromDistinct(_items);

    internal void Add(LogAttribute attribute)
    {
        if (Holds(attribute.Key))
        {
            throw Twice(attribute.Key, owner);
        }

        _items.Add(attribute);
        _keys?.Add(attribute.Key);
    }

    private bool Holds(string key)
    {
        if (_items.Count > ScanLimit)
        {
            _keys ??= new HashSet<string>(_items.Select(i => i.Key), StringComparer.Ordinal);
            return _keys.Contains(key);
        }

        return _items.Exists(i => i.Key == key);
    }

    private LogAttribute[] ReadList()
    {
        // In IEEE 1849 the items stand in <values>, and what stands beside it describes the list; in XES 1.0 there is no <values>.
        List<LogAttribute> direct = [];
        List<LogAttribute>? values = null;
        if (!cursor.IsEmpty)
        {
            while (cursor.NextElement())
            {
                if (cursor.Name != "values")
                {
                    direct.Add(Read());
                    continue;
                }

                if (values is not null)
                {
                    throw cursor.Refusal("a list has two <values>: join them");
                }

                values = [];
                if (!cursor.IsEmpty)
                {
                    while (cursor.NextElement())
                    {
                        values.Add(Read());
                    }
                }
            }
        }

        return [.. values ?? direct];
    }

    private LogAttributes ReadContainer(string key)
    {
        List<LogAttribute> items = [];
        var keys = new HashSet<string>(StringComparer.Ordinal);
        if (!cursor.IsEmpty)
        {
            while (cursor.NextElement())
            {
                LogAttribute item = Read();
                if (!keys.Add(item.Key))
                {
                    throw Twice(item.Key, $"the container '{EventLogFormatException.Quote(key)}'");
                }

                items.Add(item);
            }
        }

        return LogAttributes.FromDistinct(items);
    }

    private LogValue Scalar(string element, string key, string text)
    {
        switch (element)
        {
            case "string":
                return new LogValue.Text(text);
            case "id":
                return new LogValue.Id(text);
            case "date":
                return XesNames.TryParseDate(text, out DateTimeOffset date)
                    ? new LogValue.Date(date)
                    : throw Unreadable("a date with an offset", "2020-11-06T08:30:00.000+07:00");
            case "int":
                return long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out long whole)
                    ? new LogValue.Whole(whole)
                    : throw Unreadable("a whole number of 64 bits", "42");
            case "float":
                return XesNames.TryParseReal(text, out double real)
                    ? new LogValue.Real(real)
                    : throw Unreadable("a number", "4.2");
            default:
                return XesNames.TryParseFlag(text, out bool flag)
                    ? new LogValue.Flag(flag)
                    : throw Unreadable("true or false", "true");
        }

        EventLogFormatException Unreadable(string what, string example) => cursor.Refusal(
            $"'{EventLogFormatException.Quote(text)}' of the attribute '{EventLogFormatException.Quote(key)}' is not {what}: write it like {example}");
    }

    private EventLogFormatException Twice(string key, string where) =>
        cursor.Refusal($"the attribute '{EventLogFormatException.Quote(key)}' stands twice in {where}: keep one");
}
