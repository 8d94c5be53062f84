using System.Globalization;
using System.Text.Json.Serialization.Metadata;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Journal;
using Workflow.Host.Access;
using Workflow.Host.Serving;

namespace Workflow.Host.Api;

/// <summary>One request, as endpoints see it: who calls, what is asked, and the parts of the host that answer.</summary>
internal sealed class ApiCall(HttpContext context)
{
    private const string UnitHeader = "Acting-Unit";
    private const string IdHeader = "Idempotency-Key";

    public HttpContext Context => context;

    public CancellationToken Aborted => context.RequestAborted;

    public IDossierEngine Engine => Part<IDossierEngine>();

    public IOffice Office => Part<IOffice>();

    public Reach Reach => Part<Reach>();

    /// <summary>The person who calls; there is one wherever an endpoint is not for everyone.</summary>
    public Caller Caller => CallerGate.CallerOf(context) ?? throw new ProblemException(Problems.NoToken());

    /// <summary>A part of the path.</summary>
    public string Path(string name) => (string)context.Request.RouteValues[name]!;

    /// <summary>A parameter of the query; null when it is not given.</summary>
    /// <exception cref="ProblemException">It is given twice.</exception>
    public string? Query(string name) => context.Request.Query.TryGetValue(name, out var given)
        ? given.Count == 1 ? given[0] : throw Malformed($"the parameter '{name}' stands more than once in the query")
        : null;

    /// <summary>A number of the query.</summary>
    /// <exception cref="ProblemException">It is none, or out of its bounds.</exception>
    public int Query(string name, int otherwise, int least, int most) => Query(name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most ? number
        : throw Malformed($"the parameter '{name}' is no number from {least} to {most}");

    /// <summary>The body.</summary>
    public Task<T> BodyAsync<T>(JsonTypeInfo<T> contract) => ApiBody.ReadAsync(context.Request, contract, Aborted);

    /// <summary>The person as the engine knows it, acting for the unit that the request names.</summary>
    /// <exception cref="ProblemException">The person may not act for it, or has to name one.</exception>
    public Actor Actor()
    {
        var unit = Header(UnitHeader);
        return Reach.ActorOf(Caller, unit) ?? throw new ProblemException(
            unit is null && Reach.OwnUnit(Caller) is null ? Problems.Malformed($"this person acts for several units: name one of them in {UnitHeader}")
            : unit is null ? Problems.Forbidden("the unit of the token does not exist today: get a token for the one that took its place")
            : Problems.Forbidden($"the unit in {UnitHeader} is not this person's, nor below it"));
    }

    /// <summary>The command as the engine is given it: its id, the person, the version that the person saw.</summary>
    /// <exception cref="ProblemException">A header is missing or malformed, or the person may not say when it happened.</exception>
    public CommandRequest Command(bool needsVersion, DateTimeOffset? occurredAt = null)
    {
        var actor = Actor();
        if (occurredAt is not null && !Caller.IsOfficer)
        {
            throw new ProblemException(Problems.Forbidden("'/occurredAt' is for officers, who enter what happened before: leave it out"));
        }

        return new CommandRequest(CommandId(), actor) { ExpectedVersion = needsVersion ? ExpectedVersion() : null, OccurredAt = occurredAt };
    }

    /// <summary>The dossier that the path names.</summary>
    /// <exception cref="ProblemException">There is none in this person's reach.</exception>
    public async Task<(DossierSnapshot Dossier, Sight Sight)> DossierAsync()
    {
        var dossier = await Engine.FindAsync(Code(), Aborted).ConfigureAwait(false);
        return dossier is not null && Reach.SightOf(Caller, dossier) is var sight and not Sight.None ? (dossier, sight) : throw new ProblemException(Problems.NoDossier());
    }

    /// <summary>How the person sees the dossier that the path names, or saw it when this command was given before.</summary>
    /// <remarks>What a command came to is told whatever happened since: also when it took the dossier out of the person's reach.</remarks>
    /// <exception cref="ProblemException">Neither is the case.</exception>
    public async Task<Sight> SightAsync(CommandRequest request)
    {
        var dossier = await Engine.FindAsync(Code(), Aborted).ConfigureAwait(false) ?? throw new ProblemException(Problems.NoDossier());
        return Reach.SightOf(Caller, dossier) is var sight and not Sight.None ? sight
            : await Part<IJournalStore>().FindCommandAsync(dossier.Code, request.Caller, request.Id.Value, Aborted).ConfigureAwait(false) is not null ? Sight.Officer
            : throw new ProblemException(Problems.NoDossier());
    }

    /// <summary>A header that may be missing.</summary>
    /// <exception cref="ProblemException">It is empty, or given twice.</exception>
    public string? OptionalHeader(string name) => Header(name);

    public T Part<T>()
        where T : notnull => context.RequestServices.GetRequiredService<T>();

    public DossierCode Code() => Path("code") is var text && DossierCode.IsCode(text) ? new DossierCode(text) : throw new ProblemException(Problems.NoDossier());

    private CommandId CommandId() => Header(IdHeader) switch
    {
        null => throw Malformed($"the header {IdHeader} is missing: give every command an id of its own, and the same one when it is sent again"),
        { Length: <= Core.Dossiers.CommandId.MaxLength } id when id.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0 => new CommandId(id),
        _ => throw Malformed($"the header {IdHeader} is not 1 to {Core.Dossiers.CommandId.MaxLength} visible ASCII characters without spaces"),
    };

    // One strong tag, or * for any version. A weak tag never matches, and several are not taken.
    private int? ExpectedVersion()
    {
        var text = Header("If-Match") ?? throw new ProblemException(Problems.NoVersion());
        if (text == "*")
        {
            return null;
        }

        return text.Length is > 2 and < 13 && text[0] == '"' && text[^1] == '"' && int.TryParse(text.AsSpan(1, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? version
            : throw Malformed("the header If-Match is not the ETag of a dossier, such as \"3\", nor *");
    }

    private string? Header(string name)
    {
        var given = context.Request.Headers[name];
        return given.Count switch
        {
            0 => null,
            1 when given[0] is { Length: > 0 } text => text,
            _ => throw Malformed($"the header {name} is empty, or stands more than once"),
        };
    }

    private static ProblemException Malformed(string why) => new(Problems.Malformed(why));
}
