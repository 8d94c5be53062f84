using System.Collections.Frozen;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Workflow.Core.Dossiers;

namespace Workflow.Grains.Calls;

/// <summary>The JSON of messages: source-generated, without names of types, nulls left out.</summary>
internal static class MessageJson
{
    private static readonly MessageContext s_context = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    private static readonly FrozenDictionary<Type, JsonConverter> s_converters = new JsonConverter[]
    {
        new MessageConverter<DossierCall, CallText>(s_context.CallText, m => CallText.Of(m.Command, m.Request), t => new DossierCall(t.ToCommand(), t.ToRequest())),
        new MessageConverter<SubmissionCall, CallText>(
            s_context.CallText,
            m => CallText.Of(m.Command, m.Request),
            t => new SubmissionCall(t.ToCommand() as SubmitDossier ?? throw new JsonException("A submission submits."), t.ToRequest())),
        new MessageConverter<PermittedCall, PermittedCallText>(
            s_context.PermittedCallText,
            m => new PermittedCallText { Actor = ActorText.Of(m.Actor) },
            t => new PermittedCall((t.Actor ?? throw new JsonException("A question for what may be done has an actor.")).ToActor())),
        new MessageConverter<HistoryCall, HistoryCallText>(
            s_context.HistoryCallText,
            m => new HistoryCallText { FromVersion = m.FromVersion, Limit = m.Limit },
            t => new HistoryCall(t.FromVersion, t.Limit)),
        new MessageConverter<CommandAnswer, CommandAnswerText>(s_context.CommandAnswerText, CommandAnswerText.Of, t => t.ToAnswer()),
        new MessageConverter<DossierAnswer, DossierAnswerText>(s_context.DossierAnswerText, DossierAnswerText.Of, t => t.ToAnswer()),
        new MessageConverter<PermittedAnswer, PermittedAnswerText>(s_context.PermittedAnswerText, PermittedAnswerText.Of, t => t.ToAnswer()),
        new MessageConverter<HistoryAnswer, HistoryAnswerText>(s_context.HistoryAnswerText, HistoryAnswerText.Of, t => t.ToAnswer()),
    }.ToFrozenDictionary(c => c.Type!);

    /// <summary>The types that go as JSON.</summary>
    public static IEnumerable<Type> Types => s_converters.Keys;

    /// <summary>Whether a type goes as JSON of this kind.</summary>
    public static bool IsMessage(Type type) => s_converters.ContainsKey(type);

    /// <summary>What a set of options needs to write and read messages beside whatever else it is used for.</summary>
    public static JsonSerializerOptions AddTo(JsonSerializerOptions options)
    {
        var both = new JsonSerializerOptions(options);
        both.Converters.Insert(0, new MessageConverters());
        both.TypeInfoResolver = JsonTypeInfoResolver.Combine(new MessageResolver(), both.TypeInfoResolver ?? new DefaultJsonTypeInfoResolver());
        return both;
    }

    private sealed class MessageConverters : JsonConverterFactory
    {
        public override bool CanConvert(Type typeToConvert) => IsMessage(typeToConvert);

        public override JsonConverter CreateConverter(Type typeToConvert, JsonSerializerOptions options) => s_converters[typeToConvert];
    }

    // Where the resolver of the options is one that knows its own types alone.
    private sealed class MessageResolver : IJsonTypeInfoResolver
    {
        public JsonTypeInfo? GetTypeInfo(Type type, JsonSerializerOptions options) =>
            s_converters.TryGetValue(type, out var converter) ? ((IMessageConverter)converter).CreateInfo(options) : null;
    }

    private interface IMessageConverter
    {
        JsonTypeInfo CreateInfo(JsonSerializerOptions options);
    }

    private sealed class MessageConverter<TMessage, TText>(JsonTypeInfo<TText> info, Func<TMessage, TText> write, Func<TText, TMessage> read) : JsonConverter<TMessage>, IMessageConverter
        where TMessage : class
        where TText : class
    {
        public override TMessage Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            read(JsonSerializer.Deserialize(ref reader, info) ?? throw new JsonException("A message is an object, not null."));

        public override void Write(Utf8JsonWriter writer, TMessage value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, write(value), info);

        public JsonTypeInfo CreateInfo(JsonSerializerOptions options) => JsonMetadataServices.CreateValueInfo<TMessage>(options, this);
    }
}

[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(CallText))]
[JsonSerializable(typeof(PermittedCallText))]
[JsonSerializable(typeof(HistoryCallText))]
[JsonSerializable(typeof(CommandAnswerText))]
[JsonSerializable(typeof(DossierAnswerText))]
[JsonSerializable(typeof(PermittedAnswerText))]
[JsonSerializable(typeof(HistoryAnswerText))]
internal sealed partial class MessageContext : JsonSerializerContext;
