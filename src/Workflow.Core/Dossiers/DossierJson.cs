using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Workflow.Core.Dossiers;

/// <summary>The JSON forms of commands, events and snapshots: source-generated, the same bytes for the same value, personal data apart.</summary>
/// <remarks>Thread-safe. The bytes are UTF-8, without white space, nulls left out, times as <c>2020-11-06T07:31:05.123+07:00</c>.</remarks>
public static class DossierJson
{
    private static readonly DossierJsonContext Context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // Vietnamese stays readable in the store. The bytes are never put into a page as they are.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        AllowOutOfOrderMetadataProperties = true,
        MaxDepth = 32,
        Converters = { new LegalTimeConverter() },
    });

    /// <summary>Writes a command; two commands are the same exactly when these bytes are.</summary>
    public static byte[] Write(DossierCommand command) => JsonSerializer.SerializeToUtf8Bytes(command, Context.DossierCommand);

    /// <summary>Reads a command.</summary>
    /// <exception cref="JsonException">The bytes are no command.</exception>
    public static DossierCommand ReadCommand(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, Context.DossierCommand) ?? throw new JsonException("A command is an object, not null.");

    /// <summary>Writes a recorded command without its personal parts.</summary>
    public static byte[] Write(RecordedCommand command) => JsonSerializer.SerializeToUtf8Bytes(command, Context.RecordedCommand);

    /// <summary>Writes the personal parts of a recorded command; null when there are none.</summary>
    public static byte[]? WritePersonal(RecordedCommand command)
    {
        List<PersonalPart>? parts = null;
        for (var i = 0; i < command.Events.Count; i++)
        {
            if (command.Events[i].Personal is { } personal)
            {
                (parts ??= []).Add(new PersonalPart(i, personal));
            }
        }

        return parts is null ? null : JsonSerializer.SerializeToUtf8Bytes(parts, Context.ListPersonalPart);
    }

    /// <summary>Reads a recorded command, whatever release wrote it, and joins its personal parts to it.</summary>
    /// <param name="data">What <see cref="Write(RecordedCommand)"/> wrote.</param>
    /// <param name="personal">What <see cref="WritePersonal(RecordedCommand)"/> wrote; empty when there was none or it was erased.</param>
    /// <exception cref="JsonException">The bytes are no recorded command.</exception>
    public static RecordedCommand ReadRecorded(ReadOnlySpan<byte> data, ReadOnlySpan<byte> personal)
    {
        var recorded = JsonSerializer.Deserialize(data, Context.RecordedCommand) ?? throw new JsonException("A recorded command is an object, not null.");
        if (recorded.Events is not { Count: > 0 })
        {
            throw new JsonException("A recorded command has at least one event.");
        }

        if (personal.IsEmpty)
        {
            return recorded;
        }

        var events = recorded.Events.ToArray();
        foreach (var part in JsonSerializer.Deserialize(personal, Context.ListPersonalPart) ?? [])
        {
            if (part.Event < 0 || part.Event >= events.Length)
            {
                throw new JsonException($"A personal part belongs to event {part.Event}, and the command has {events.Length}.");
            }

            events[part.Event] = events[part.Event] with { Personal = part.Data };
        }

        return recorded with { Events = events };
    }

    /// <summary>Writes a snapshot without its personal part.</summary>
    public static byte[] Write(DossierSnapshot snapshot) => JsonSerializer.SerializeToUtf8Bytes(snapshot, Context.DossierSnapshot);

    /// <summary>Writes the personal part of a snapshot; null when there is none.</summary>
    public static byte[]? WritePersonal(DossierSnapshot snapshot) =>
        snapshot.Personal is null ? null : JsonSerializer.SerializeToUtf8Bytes(snapshot.Personal, Context.PersonalData);

    /// <summary>Reads a snapshot and joins its personal part to it.</summary>
    /// <exception cref="JsonException">The bytes are no snapshot.</exception>
    public static DossierSnapshot ReadSnapshot(ReadOnlySpan<byte> data, ReadOnlySpan<byte> personal)
    {
        var snapshot = JsonSerializer.Deserialize(data, Context.DossierSnapshot) ?? throw new JsonException("A snapshot is an object, not null.");
        return personal.IsEmpty ? snapshot : snapshot with { Personal = JsonSerializer.Deserialize(personal, Context.PersonalData) };
    }
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(DossierCommand))]
[JsonSerializable(typeof(RecordedCommand))]
[JsonSerializable(typeof(List<PersonalPart>))]
[JsonSerializable(typeof(DossierSnapshot))]
[JsonSerializable(typeof(PersonalData))]
internal sealed partial class DossierJsonContext : JsonSerializerContext;

/// <summary>Times to the millisecond in Vietnam's offset, always of one length, so that they also sort as text.</summary>
internal sealed class LegalTimeConverter : JsonConverter<DateTimeOffset>
{
    // The last moment that has a day in Vietnam.
    private static readonly long s_last = DateTimeOffset.MaxValue.UtcTicks - Calendars.WorkingCalendar.Offset.Ticks;

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        // Without an offset the moment would depend on the machine's time zone.
        var text = reader.TokenType == JsonTokenType.String ? reader.GetString()! : string.Empty;
        if (!HasOffset(text) || !reader.TryGetDateTimeOffset(out var time))
        {
            throw new JsonException($"'{text}' is no moment: write it as 2020-11-06T07:31:05+07:00, with its offset.");
        }

        return time.UtcTicks <= s_last ? LegalTime.Of(time) : throw new JsonException($"'{text}' is no moment: its year is too late.");
    }

    private static bool HasOffset(string text) => text.EndsWith('Z') || (text.Length > 6 && text[^3] == ':' && text[^6] is '+' or '-');

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        // Digit by digit: every row and snapshot holds several, and a format string is read anew for each.
        Span<byte> text = stackalloc byte[29];
        "0000-00-00T00:00:00.000+07:00"u8.CopyTo(text);
        var local = LegalTime.Of(value).DateTime;
        Put(text[..4], local.Year);
        Put(text[5..7], local.Month);
        Put(text[8..10], local.Day);
        Put(text[11..13], local.Hour);
        Put(text[14..16], local.Minute);
        Put(text[17..19], local.Second);
        Put(text[20..23], local.Millisecond);
        writer.WriteStringValue(text);
    }

    private static void Put(Span<byte> digits, int number)
    {
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            (number, var digit) = Math.DivRem(number, 10);
            digits[i] = (byte)('0' + digit);
        }
    }
}
