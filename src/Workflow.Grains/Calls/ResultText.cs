using System.Text.Json;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;

namespace Workflow.Grains.Calls;

/// <summary>The form of a result on the wire: its kind, and the members that this kind has.</summary>
internal sealed class ResultText
{
    private const string Accepted = "accepted";
    private const string Rejected = "rejected";
    private const string NotFound = "not-found";
    private const string IdReused = "id-reused";
    private const string Busy = "busy";

    public string Kind { get; set; } = string.Empty;

    public string? Code { get; set; }

    public int? Version { get; set; }

    public RecordedText? Recorded { get; set; }

    public bool? IsRepeat { get; set; }

    public UnmetText[]? Unmet { get; set; }

    public string? Id { get; set; }

    public TimeSpan? RetryAfter { get; set; }

    public static ResultText Of(CommandResult result) => result switch
    {
        CommandResult.Accepted a => new ResultText { Kind = Accepted, Code = a.Code.Value, Version = a.Version, Recorded = RecordedText.Of(null, a.Events), IsRepeat = a.IsRepeat },
        CommandResult.Rejected r => new ResultText { Kind = Rejected, Code = r.Code?.Value, Version = r.Version, Unmet = UnmetText.Of(r.Unmet) },
        CommandResult.NotFound n => new ResultText { Kind = NotFound, Code = n.Code.Value },
        CommandResult.IdReused i => new ResultText { Kind = IdReused, Code = i.Code.Value, Id = i.Id.Value },
        CommandResult.Busy b => new ResultText { Kind = Busy, RetryAfter = b.RetryAfter },
        _ => throw new JsonException($"A result of type {result.GetType().Name} has no form on the wire."),
    };

    public CommandResult ToResult() => Kind switch
    {
        Accepted => new CommandResult.Accepted(RequireCode(), Version ?? 0, (Recorded ?? throw Lacks("what was recorded")).ToRecorded().Events, IsRepeat ?? false),
        Rejected => new CommandResult.Rejected(Code is null ? null : new DossierCode(Code), Version ?? 0, UnmetText.ToUnmet(Unmet)),
        NotFound => new CommandResult.NotFound(RequireCode()),
        IdReused => new CommandResult.IdReused(RequireCode(), new CommandId(Id ?? throw Lacks("its id"))),
        Busy => new CommandResult.Busy(RetryAfter ?? throw Lacks("when to come again")),
        _ => throw new JsonException($"A result of kind '{Kind}' is not known here: upgrade this side of the call."),
    };

    private DossierCode RequireCode() => new(Code ?? throw Lacks("its code"));

    private JsonException Lacks(string what) => new($"A result of kind '{Kind}' lacks {what}.");
}
