using System.Text.Json.Serialization;

namespace Workflow.Engine.Audit;

/// <summary>What anchors hold.</summary>
/// <param name="Dossiers">How many dossiers.</param>
/// <param name="Events">How many rows of the journal their chains have.</param>
/// <param name="Definitions">How many published procedures, calendars and units.</param>
/// <param name="JournalHash">The hash over all heads.</param>
public sealed record AnchorTotals(long Dossiers, long Events, long Definitions, string JournalHash);

internal sealed record AnchorHeader(int Anchors, DateTimeOffset TakenAt);

internal sealed record AnchorDefinitionLine(string Definition, string Code, string Version, DateTimeOffset KnownFrom, string Sha256);

internal sealed record AnchorLine(string Dossier, int Version, string Hash)
{
    // Null in form 1.
    public string? Places { get; init; }
}

internal sealed record AnchorClosing(long Dossiers, long Events, string JournalHash, string Sha256)
{
    // Zero in form 1.
    public long Definitions { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AnchorHeader))]
[JsonSerializable(typeof(AnchorDefinitionLine))]
[JsonSerializable(typeof(AnchorLine))]
[JsonSerializable(typeof(AnchorClosing))]
internal sealed partial class AnchorJson : JsonSerializerContext;
