using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Procedures;

namespace Workflow.Grains.Calls;

// The forms of messages on the wire. A member is added, never renamed or given another meaning: silos and clients of two releases talk to each
// other. Properties are settable and nullable so that a missing one has its default.

/// <summary>JSON that Core writes and reads itself.</summary>
[JsonConverter(typeof(CoreTextConverter))]
internal readonly record struct CoreText(ReadOnlyMemory<byte> Utf8);

internal sealed class CoreTextConverter : JsonConverter<CoreText>
{
    public override CoreText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonMarshal.GetRawUtf8Value(JsonElement.ParseValue(ref reader)).ToArray());

    // What Core wrote is well-formed.
    public override void Write(Utf8JsonWriter writer, CoreText value, JsonSerializerOptions options) => writer.WriteRawValue(value.Utf8.Span, skipInputValidation: true);
}

internal sealed class ActorText
{
    public string Id { get; set; } = string.Empty;

    public IReadOnlyList<string>? Roles { get; set; }

    public string? Unit { get; set; }

    public static ActorText Of(Actor actor) => new() { Id = actor.Id, Roles = actor.Roles, Unit = actor.Unit };

    public Actor ToActor() => new(Id, Roles ?? [], Unit);
}

internal sealed class RequestText
{
    public string Id { get; set; } = string.Empty;

    public string? Caller { get; set; }

    public ActorText? Actor { get; set; }

    public int? ExpectedVersion { get; set; }

    public DateTimeOffset? OccurredAt { get; set; }

    public static RequestText Of(CommandRequest request) => new()
    {
        Id = request.Id.Value,
        Caller = request.Caller,
        Actor = ActorText.Of(request.Actor),
        ExpectedVersion = request.ExpectedVersion,
        OccurredAt = request.OccurredAt,
    };

    public CommandRequest ToRequest()
    {
        var actor = Actor?.ToActor() ?? throw new JsonException("A request has an actor.");
        return new CommandRequest(new CommandId(Id), actor) { Caller = Caller ?? actor.Id, ExpectedVersion = ExpectedVersion, OccurredAt = OccurredAt };
    }
}

internal sealed class CallText
{
    public CoreText? Command { get; set; }

    public RequestText? Request { get; set; }

    public static CallText Of(DossierCommand command, CommandRequest request) =>
        new() { Command = new CoreText(DossierJson.Write(command)), Request = RequestText.Of(request) };

    public DossierCommand ToCommand() => DossierJson.ReadCommand((Command ?? throw new JsonException("A call has a command.")).Utf8.Span);

    public CommandRequest ToRequest() => (Request ?? throw new JsonException("A call has a request.")).ToRequest();
}

/// <summary>The events of a command, with their personal parts beside them as in the store.</summary>
internal sealed class RecordedText
{
    public CoreText? Data { get; set; }

    public CoreText? Personal { get; set; }

    public static RecordedText Of(string? unit, IReadOnlyList<DossierEvent> events)
    {
        var recorded = new RecordedCommand(unit, events);
        return new RecordedText
        {
            Data = new CoreText(DossierJson.Write(recorded)),
            Personal = DossierJson.WritePersonal(recorded) is { } personal ? new CoreText(personal) : null,
        };
    }

    public RecordedCommand ToRecorded() =>
        DossierJson.ReadRecorded((Data ?? throw new JsonException("A recorded command has data.")).Utf8.Span, Personal is { } personal ? personal.Utf8.Span : default);
}

internal sealed class UnmetText
{
    public string Name { get; set; } = string.Empty;

    public string Message { get; set; } = string.Empty;

    public string? Article { get; set; }

    public static UnmetText[] Of(IReadOnlyList<UnmetGuard> unmet) => [.. unmet.Select(u => new UnmetText { Name = u.Name, Message = u.Message, Article = u.Article })];

    public static IReadOnlyList<UnmetGuard> ToUnmet(UnmetText[]? unmet) => unmet is null ? [] : [.. unmet.Select(u => new UnmetGuard(u.Name, u.Message, u.Article))];
}

internal sealed class FaultText
{
    public string Kind { get; set; } = string.Empty;

    public string Message { get; set; } = string.Empty;

    public string? Argument { get; set; }

    public string? Dossier { get; set; }

    public string? Procedure { get; set; }

    public int? ProcedureVersion { get; set; }

    public static FaultText? Of(EngineFault? fault) => fault is null ? null : new FaultText
    {
        Kind = fault.Kind,
        Message = fault.Message,
        Argument = fault.Argument,
        Dossier = fault.Dossier,
        Procedure = fault.Procedure,
        ProcedureVersion = fault.ProcedureVersion,
    };

    public EngineFault ToFault() => new(Kind, Message) { Argument = Argument, Dossier = Dossier, Procedure = Procedure, ProcedureVersion = ProcedureVersion };
}

internal sealed class PermittedText
{
    public string Trigger { get; set; } = string.Empty;

    public Act Act { get; set; }

    public IReadOnlyList<string>? Roles { get; set; }

    public UnmetText[]? Unmet { get; set; }

    public static PermittedText Of(PermittedTrigger permitted) =>
        new() { Trigger = permitted.Trigger, Act = permitted.Act, Roles = permitted.Roles, Unmet = UnmetText.Of(permitted.Unmet) };

    public PermittedTrigger ToPermitted() => new(Trigger, Act, Roles ?? [], UnmetText.ToUnmet(Unmet));
}

internal sealed class EntryText
{
    public int Version { get; set; }

    public DateTimeOffset OccurredAt { get; set; }

    public DateTimeOffset RecordedAt { get; set; }

    public string Actor { get; set; } = string.Empty;

    public RecordedText? Recorded { get; set; }

    public static EntryText Of(HistoryEntry entry) => new()
    {
        Version = entry.Version,
        OccurredAt = entry.OccurredAt,
        RecordedAt = entry.RecordedAt,
        Actor = entry.Actor,
        Recorded = RecordedText.Of(entry.Unit, entry.Events),
    };

    public HistoryEntry ToEntry()
    {
        var recorded = (Recorded ?? throw new JsonException("An entry of a history has what was recorded.")).ToRecorded();
        return new HistoryEntry(Version, OccurredAt, RecordedAt, Actor, recorded.Unit, recorded.Events);
    }
}
