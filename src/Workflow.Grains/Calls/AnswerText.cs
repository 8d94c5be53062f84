using System.Text.Json;
using Workflow.Core.Dossiers;

namespace Workflow.Grains.Calls;

internal sealed class CommandAnswerText
{
    public ResultText? Result { get; set; }

    public FaultText? Fault { get; set; }

    public static CommandAnswerText Of(CommandAnswer answer) =>
        new() { Result = answer.Result is { } result ? ResultText.Of(result) : null, Fault = FaultText.Of(answer.Fault) };

    public CommandAnswer ToAnswer() =>
        Result is null && Fault is null ? throw new JsonException("An answer to a command has a result or a fault.") : new CommandAnswer(Result?.ToResult(), Fault?.ToFault());
}

internal sealed class DossierAnswerText
{
    public CoreText? Dossier { get; set; }

    public CoreText? Personal { get; set; }

    public FaultText? Fault { get; set; }

    public static DossierAnswerText Of(DossierAnswer answer) => new()
    {
        Dossier = answer.Dossier is { } dossier ? new CoreText(DossierJson.Write(dossier)) : null,
        Personal = answer.Dossier is { } holder && DossierJson.WritePersonal(holder) is { } personal ? new CoreText(personal) : null,
        Fault = FaultText.Of(answer.Fault),
    };

    public DossierAnswer ToAnswer() =>
        new(Dossier is { } dossier ? DossierJson.ReadSnapshot(dossier.Utf8.Span, Personal is { } personal ? personal.Utf8.Span : default) : null, Fault?.ToFault());
}

internal sealed class PermittedCallText
{
    public ActorText? Actor { get; set; }
}

internal sealed class PermittedAnswerText
{
    public PermittedText[]? Triggers { get; set; }

    public FaultText? Fault { get; set; }

    public static PermittedAnswerText Of(PermittedAnswer answer) =>
        new() { Triggers = answer.Triggers is { } triggers ? [.. triggers.Select(PermittedText.Of)] : null, Fault = FaultText.Of(answer.Fault) };

    public PermittedAnswer ToAnswer() => new(Triggers?.Select(t => t.ToPermitted()).ToArray(), Fault?.ToFault());
}

internal sealed class HistoryCallText
{
    public int FromVersion { get; set; } = 1;

    public int Limit { get; set; } = 1_000;
}

internal sealed class HistoryAnswerText
{
    public EntryText[]? Entries { get; set; }

    public FaultText? Fault { get; set; }

    public static HistoryAnswerText Of(HistoryAnswer answer) => new() { Entries = [.. answer.Entries.Select(EntryText.Of)], Fault = FaultText.Of(answer.Fault) };

    public HistoryAnswer ToAnswer() => new(Entries?.Select(e => e.ToEntry()).ToArray() ?? [], Fault?.ToFault());
}
