using System.Text.Json;
using System.Text.Json.Serialization;

namespace Workflow.Engine.Outbox;

/// <summary>The stored form of a filter. A member is added, never renamed.</summary>
internal static class StoredFilter
{
    public static string Write(SubscriberFilter filter) => JsonSerializer.Serialize(filter, StoredFilterContext.Default.SubscriberFilter);

    /// <exception cref="JsonException">The text is no filter.</exception>
    public static SubscriberFilter Read(string text) =>
        JsonSerializer.Deserialize(text, StoredFilterContext.Default.SubscriberFilter) ?? throw new JsonException("A filter is an object, not null.");

    /// <summary>Secrets in one text; none of them holds a line end.</summary>
    public static string? Join(IReadOnlyList<string> secrets) => secrets.Count == 0 ? null : string.Join('\n', secrets);

    public static IReadOnlyList<string> Split(string? secrets) => secrets?.Split('\n') ?? [];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SubscriberFilter))]
internal sealed partial class StoredFilterContext : JsonSerializerContext;
