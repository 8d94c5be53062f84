using System.Globalization;
using Workflow.Core.Dossiers;
using Workflow.Core.EventLogs;
using Workflow.Core.Procedures;

namespace Workflow.Host.Logs;

/// <summary>The attributes of a log's cases as the fields of a procedure, so that a replay keeps them. Not thread-safe.</summary>
/// <remarks>
/// Text and ids become text, dates moments, numbers numbers, booleans flags; a key with values of several types becomes text. Lists,
/// containers, keys longer than a field's name and texts longer than a field's value have no field and are not kept.
/// </remarks>
internal sealed class TraceFields
{
    private const int LongestText = 4000;

    // In the order in which the keys were first seen.
    private readonly Dictionary<string, FieldType> _types = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];

    public TraceFields() => Add(XesKeys.Name, FieldType.Text);

    /// <summary>Takes in the attributes of a case.</summary>
    public void Add(LogTrace trace)
    {
        foreach (var attribute in trace.Attributes)
        {
            if (TypeOf(attribute.Value) is { } type && IsName(attribute.Key))
            {
                Add(attribute.Key, type);
            }
        }
    }

    public void Declare(ProcedureBuilder procedure)
    {
        foreach (var key in _order)
        {
            procedure.Field(key, _types[key]);
        }
    }

    /// <summary>The values of a case for the fields that a procedure has, and how many attributes it has no place for.</summary>
    public static (IReadOnlyList<FieldValue> Kept, int Lost) Values(Procedure procedure, string name, LogTrace trace)
    {
        var values = new List<FieldValue>(trace.Attributes.Count + 1);
        var lost = 0;
        Keep(XesKeys.Name, new LogValue.Text(name));
        foreach (var attribute in trace.Attributes)
        {
            Keep(attribute.Key, attribute.Value);
        }

        return (values, lost);

        void Keep(string key, LogValue value)
        {
            if (procedure.Field(key) is { } field && Written(value) is { } text && Fits(field.Type, value) && text.Length <= LongestText)
            {
                values.Add(new FieldValue(key, text));
            }
            else
            {
                lost++;
            }
        }
    }

    /// <summary>The attribute that a field's value stands for.</summary>
    public static LogAttribute Attribute(FieldType type, string name, string value) => type switch
    {
        FieldType.Moment => new LogAttribute(name, DateTimeOffset.Parse(value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind)),
        FieldType.Date => new LogAttribute(name, new DateTimeOffset(DateOnly.ParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture), TimeOnly.MinValue, Core.Calendars.WorkingCalendar.Offset)),
        FieldType.Flag => new LogAttribute(name, new LogValue.Flag(value == "true")),
        FieldType.Number when !value.Contains('.') && long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) =>
            new LogAttribute(name, new LogValue.Whole(whole)),
        FieldType.Number => new LogAttribute(name, new LogValue.Real(double.Parse(value, NumberStyles.Float, CultureInfo.InvariantCulture))),
        _ => new LogAttribute(name, value),
    };

    private static bool IsName(string key) => key.Length <= DiscoveredProcedure.LongestName && !key.Any(char.IsControl);

    private static FieldType? TypeOf(LogValue value) => value switch
    {
        LogValue.Text or LogValue.Id => FieldType.Text,
        LogValue.Date => FieldType.Moment,
        LogValue.Whole => FieldType.Number,
        LogValue.Real real => WrittenReal(real.Value) is null ? FieldType.Text : FieldType.Number,
        LogValue.Flag => FieldType.Flag,
        _ => null,
    };

    private static bool Fits(FieldType field, LogValue value) => field == FieldType.Text || field == TypeOf(value);

    private static string? Written(LogValue value) => value switch
    {
        LogValue.Text text => text.Value,
        LogValue.Id id => id.Value,
        LogValue.Date date => date.Value.ToString("O", CultureInfo.InvariantCulture),
        LogValue.Whole whole => whole.Value.ToString(CultureInfo.InvariantCulture),
        LogValue.Real real => WrittenReal(real.Value) ?? real.Value.ToString("R", CultureInfo.InvariantCulture),
        LogValue.Flag flag => flag.Value ? "true" : "false",
        _ => null,
    };

    // Always with a point, so that it is told from a whole number; null for what a field of numbers cannot hold exactly.
    private static string? WrittenReal(double value)
    {
        if (!(Math.Abs(value) < 1e15))
        {
            return null;
        }

        var text = value.ToString("0.0##############", CultureInfo.InvariantCulture);
        return double.Parse(text, CultureInfo.InvariantCulture).Equals(value) ? text : null;
    }

    private void Add(string key, FieldType type)
    {
        if (_types.TryAdd(key, type))
        {
            _order.Add(key);
        }
        else if (_types[key] != type)
        {
            _types[key] = FieldType.Text;
        }
    }
}
