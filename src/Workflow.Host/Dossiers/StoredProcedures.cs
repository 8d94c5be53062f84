using System.Text.Json;
using System.Text.Json.Serialization;
using Workflow.Core.Deadlines;
using Workflow.Core.Definitions;
using Workflow.Core.Procedures;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;
using Workflow.Host.Terminal;

namespace Workflow.Host.Dossiers;

/// <summary>The procedures that were published into a store, so that its dossiers can be explained by what they follow.</summary>
internal sealed class StoredProcedures
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Converters = { new JsonStringEnumConverter(), new LimitConverter(), new PlaceConverter() },
    };

    private StoredProcedures(IReadOnlyList<ProcedureContent> contents) => Contents = contents;

    /// <summary>Every published version.</summary>
    public IReadOnlyList<ProcedureContent> Contents { get; }

    public static async Task<StoredProcedures> ReadAsync(IJournalStore store, CancellationToken cancellationToken)
    {
        var published = await store.ReadDefinitionsAsync(DefinitionKinds.Procedure, cancellationToken).ConfigureAwait(false);
        return new StoredProcedures([.. published.Select(Read)]);
    }

    /// <summary>The stored versions, and of others those that the store lacks.</summary>
    public ProcedureSet With(IEnumerable<Procedure> others)
    {
        var stored = Contents.Select(c => Procedure.Compile(c)).ToList();
        var known = stored.Select(p => p.Version).ToHashSet();
        return new ProcedureSet([.. stored, .. others.Where(p => !known.Contains(p.Version))]);
    }

    /// <summary>The versions given, and of the stored ones those that are not among them: a changed definition is then refused when it is published.</summary>
    public ProcedureSet Under(IReadOnlyCollection<Procedure> given)
    {
        var known = given.Select(p => p.Version).ToHashSet();
        return new ProcedureSet([.. given, .. Contents.Where(c => !known.Contains(c.Version)).Select(c => Procedure.Compile(c))]);
    }

    private static ProcedureContent Read(PublishedDefinition definition)
    {
        try
        {
            return JsonSerializer.Deserialize<ProcedureContent>(definition.Content, s_json)!;
        }
        catch (JsonException e)
        {
            throw new UnusableInputException(
                $"the store's procedure {definition.Code}@{definition.Version} cannot be read ({Faults.OneLine(e.Message)}): it may be of a newer release, or damaged", e);
        }
    }

    private sealed class LimitConverter : JsonConverter<TimeLimit>
    {
        public override TimeLimit Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            TimeLimit.TryParse(reader.GetString(), out var limit) ? limit : throw new JsonException("a time limit is not one");

        public override void Write(Utf8JsonWriter writer, TimeLimit value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }

    private sealed class PlaceConverter : JsonConverter<SourcePlace>
    {
        public override bool HandleNull => true;

        public override SourcePlace Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            reader.Skip();
            return SourcePlace.Code;
        }

        public override void Write(Utf8JsonWriter writer, SourcePlace value, JsonSerializerOptions options) => writer.WriteNullValue();
    }
}
