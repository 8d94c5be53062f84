using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Workflow.Core.Deadlines;
using Workflow.Core.Definitions;
using Workflow.Core.Guards;
using Workflow.Core.Procedures;
using Workflow.Core.Units;

namespace Workflow.Engine.Setup;

/// <summary>The JSON forms in which definitions are published into the store: all that they say, without the places where it was written.</summary>
internal static class DefinitionJson
{
    private static readonly DefinitionJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new TimeLimitConverter(), new SourcePlaceConverter(), new ExpressionTextConverter() },
    });

    public static byte[] Write(ProcedureContent content) => JsonSerializer.SerializeToUtf8Bytes(content, Context.ProcedureContent);

    public static byte[] Write(IReadOnlyList<Unit> units) => JsonSerializer.SerializeToUtf8Bytes(units, Context.IReadOnlyListUnit);

    public static byte[] Write(CalendarText calendar) => JsonSerializer.SerializeToUtf8Bytes(calendar, Context.CalendarText);

    public static IReadOnlyList<Unit> ReadUnits(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Context.IReadOnlyListUnit) ?? throw new JsonException("Units are a list, not null.");

    public static CalendarText ReadCalendar(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Context.CalendarText) ?? throw new JsonException("A calendar is an object, not null.");

    public static ProcedureContent ReadProcedure(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Context.ProcedureContent) ?? throw new JsonException("A procedure is an object, not null.");
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(ProcedureContent))]
[JsonSerializable(typeof(IReadOnlyList<Unit>))]
[JsonSerializable(typeof(CalendarText))]
internal sealed partial class DefinitionJsonContext : JsonSerializerContext;

internal sealed class TimeLimitConverter : JsonConverter<TimeLimit>
{
    public override TimeLimit Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TimeLimit.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, TimeLimit value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

// As the text alone, which is how guards were stored before they could be expressions.
internal sealed class ExpressionTextConverter : JsonConverter<ExpressionText>
{
    public override ExpressionText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, ExpressionText value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}

// Places are of the file that was read, not of the definition; what is read back says that it comes from no file.
internal sealed class SourcePlaceConverter : JsonConverter<SourcePlace>
{
    public override SourcePlace Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        reader.Skip();
        return SourcePlace.Code;
    }

    public override void Write(Utf8JsonWriter writer, SourcePlace value, JsonSerializerOptions options) => writer.WriteNullValue();
}
