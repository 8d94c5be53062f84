using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;

namespace Workflow.Core.Forms;

/// <summary>What the national portal is told of a dossier: the records of its services DongBoHoSoMC and CapNhatTienDoHoSoMC.</summary>
/// <remarks>
/// Pure: the same dossier and events give the same bytes for ever, so a repeat can be told by its key alone. Every status is told as it is;
/// a dossier that waits (5, 6, 8) is never told as processed (9). What a dossier does not know is left out, never made up.
/// </remarks>
public static class NationalPortal
{
    private static readonly NationalPortalContext s_context = new(new JsonSerializerOptions
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new PortalTimeConverter() },
    });

    /// <summary>Returns what the portal is told of an accepted command; null when it would show nothing else than before.</summary>
    /// <param name="before">The dossier before the command; null for a submission.</param>
    /// <param name="after">The dossier after it.</param>
    /// <param name="events">What the command caused.</param>
    /// <param name="officer">The account of the officer who acted; null when a citizen or the system did.</param>
    /// <param name="unitName">The name of a unit by its code; null when there is none.</param>
    public static PortalUpdate? Of(Dossier? before, Dossier after, IReadOnlyList<DossierEvent> events, string? officer, Func<string, string?> unitName)
    {
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(events);
        ArgumentNullException.ThrowIfNull(unitName);
        if (PortalDossier.Of(after, unitName) is not { } record)
        {
            return null;
        }

        var moved = events.OfType<DossierMoved>().LastOrDefault(e => !e.Stays);
        var supplements = PortalSupplement.Of(before, after, events, officer);
        if (moved is null && supplements is null && before is not null && IsSame(PortalDossier.Of(before, unitName), record))
        {
            return null;
        }

        return new PortalUpdate($"{after.Code}/{after.Version}", new PortalDossiers(before is not null, [record with { Supplements = supplements }]))
        {
            Progress = moved is null ? null : PortalProgress.Of(after, moved, officer, unitName),
        };
    }

    /// <summary>Writes an update as UTF-8, without white space, under the portal's own names, times as <c>20201106073105</c> in Vietnam.</summary>
    public static byte[] Write(PortalUpdate update) => JsonSerializer.SerializeToUtf8Bytes(update, s_context.PortalUpdate);

    private static bool IsSame(PortalDossier? x, PortalDossier y) =>
        x is not null && JsonSerializer.SerializeToUtf8Bytes(x, s_context.PortalDossier).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(y, s_context.PortalDossier));
}

/// <summary>One delivery for the national portal. Holds personal data.</summary>
/// <param name="Key">The dossier's code and version: the same for every repeat.</param>
/// <param name="Dossiers">What DongBoHoSoMC is given.</param>
public sealed record PortalUpdate(
    [property: JsonPropertyName("id")] string Key,
    [property: JsonPropertyName("DongBoHoSoMC")] PortalDossiers Dossiers)
{
    /// <summary>What CapNhatTienDoHoSoMC is given; null when no step was taken.</summary>
    [JsonPropertyName("CapNhatTienDoHoSoMC")]
    public PortalProgress? Progress { get; init; }

    /// <summary>Says which delivery it is, and nothing personal.</summary>
    public override string ToString() => $"portal update {Key}";
}

/// <summary>The body of DongBoHoSoMC.</summary>
/// <param name="IsUpdating">Whether the portal knows the dossier already.</param>
/// <param name="Data">The dossier, alone.</param>
public sealed record PortalDossiers(
    [property: JsonPropertyName("isUpdating")] bool IsUpdating,
    [property: JsonPropertyName("data")] IReadOnlyList<PortalDossier> Data);

[JsonSerializable(typeof(PortalUpdate))]
internal sealed partial class NationalPortalContext : JsonSerializerContext;

/// <summary>Moments in the portal's form, yyyyMMddHHmmss in Vietnam's legal time.</summary>
internal sealed class PortalTimeConverter : JsonConverter<DateTimeOffset>
{
    private const string Format = "yyyyMMddHHmmss";

    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateTime.TryParseExact(reader.GetString(), Format, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var local)
            ? new DateTimeOffset(local, Calendars.WorkingCalendar.Offset)
            : throw new JsonException("A moment of the portal reads like 20201106073105.");

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(LegalTime.Of(value).ToString(Format, System.Globalization.CultureInfo.InvariantCulture));
}
