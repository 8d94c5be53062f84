using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Workflow.Core.Calendars;

namespace Workflow.Host.Api;

/// <summary>The JSON of the API: contracts of its own, apart from what is stored, so that either may change without the other.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(HealthView))]
[JsonSerializable(typeof(SubmitRequest))]
[JsonSerializable(typeof(FireRequest))]
[JsonSerializable(typeof(AttachRequest))]
[JsonSerializable(typeof(PaymentPart))]
[JsonSerializable(typeof(AssignRequest))]
[JsonSerializable(typeof(ReappointRequest))]
[JsonSerializable(typeof(OutcomeView))]
[JsonSerializable(typeof(DossierView))]
[JsonSerializable(typeof(PermittedView))]
[JsonSerializable(typeof(HistoryView))]
[JsonSerializable(typeof(WorkListView))]
[JsonSerializable(typeof(ProceduresView))]
[JsonSerializable(typeof(ProcedureView))]
[JsonSerializable(typeof(UnitsView))]
[JsonSerializable(typeof(LookUpView))]
[JsonSerializable(typeof(SlipsView))]
[JsonSerializable(typeof(ChangeView))]
[JsonSerializable(typeof(TokenRequest))]
[JsonSerializable(typeof(TokenView))]
internal sealed partial class ApiContext : JsonSerializerContext;

/// <summary>The context with the form of times and texts.</summary>
internal static class ApiJson
{
    /// <summary>The deepest nesting that is read.</summary>
    public const int MaxDepth = 16;

    /// <summary>Every contract.</summary>
    public static ApiContext Context { get; } = new(new JsonSerializerOptions(ApiContext.Default.Options)
    {
        // JSON of its own media type, never part of a page: Vietnamese stays readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = MaxDepth,
        Converters = { new Rfc3339Converter() },
    });
}

/// <summary>Times by RFC 3339: written in Vietnam's offset, read with any offset and never without one.</summary>
internal sealed class Rfc3339Converter : JsonConverter<DateTimeOffset>
{
    private static readonly string[] s_forms = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && TryRead(reader.GetString()!, out var time) ? time : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(Show(value));

    /// <summary>Reads a time of RFC 3339, upper or lower case.</summary>
    public static bool TryRead(string text, out DateTimeOffset time)
    {
        time = default;
        var hasOffset = text.Length is > 19 and < 40 && (text[^1] is 'Z' or 'z' || text.LastIndexOfAny(['+', '-']) > 10);

        // The first and the last year hold moments that have no date in Vietnam.
        return hasOffset
            && DateTimeOffset.TryParseExact(text.ToUpperInvariant(), s_forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out time)
            && time.Year is > 1 and < 9999;
    }

    /// <summary>Writes a time as the API does.</summary>
    public static string Show(DateTimeOffset time) => time.ToOffset(WorkingCalendar.Offset).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
}
