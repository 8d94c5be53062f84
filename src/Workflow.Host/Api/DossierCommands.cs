using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Host.Access;
using Workflow.Host.Serving;

namespace Workflow.Host.Api;

/// <summary>The commands: submit a dossier, and act on one.</summary>
internal static class DossierCommands
{
    public static async Task<ApiAnswer> SubmitAsync(ApiCall call)
    {
        var body = await call.BodyAsync(ApiJson.Context.SubmitRequest).ConfigureAwait(false);
        var request = call.Command(needsVersion: false, body.OccurredAt);
        if (!call.Caller.IsOfficer && body.Channel == ChannelWord.Direct)
        {
            throw new ProblemException(Problems.Forbidden("the channel 'direct' is for officers at the counter: file with 'online' or 'post'"));
        }

        if (call.Caller.IsOfficer && !call.Reach.Covers(call.Caller, body.ReceivingUnit))
        {
            throw new ProblemException(Problems.Forbidden("'/receivingUnit' is not this person's unit, nor below it"));
        }

        var result = await call.Engine.SubmitAsync(body.ToCommand(), request, call.Aborted).ConfigureAwait(false);
        return Answer(result, call.Caller.IsOfficer ? Sight.Officer : Sight.Owner, StatusCodes.Status201Created);
    }

    public static async Task<ApiAnswer> FireAsync(ApiCall call)
    {
        var body = await call.BodyAsync(ApiJson.Context.FireRequest).ConfigureAwait(false);
        RequirePayer(call, body.Payment);
        return await ExecuteAsync(call, body.ToCommand(call.Path("trigger")), body.OccurredAt).ConfigureAwait(false);
    }

    public static async Task<ApiAnswer> AttachAsync(ApiCall call) =>
        await ExecuteAsync(call, (await call.BodyAsync(ApiJson.Context.AttachRequest).ConfigureAwait(false)).ToCommand()).ConfigureAwait(false);

    public static async Task<ApiAnswer> PayAsync(ApiCall call)
    {
        var body = await call.BodyAsync(ApiJson.Context.PaymentPart).ConfigureAwait(false);
        RequirePayer(call, body);
        return await ExecuteAsync(call, new RecordPayment(body.ToCore())).ConfigureAwait(false);
    }

    public static async Task<ApiAnswer> AssignAsync(ApiCall call) =>
        await ExecuteAsync(call, (await call.BodyAsync(ApiJson.Context.AssignRequest).ConfigureAwait(false)).ToCommand()).ConfigureAwait(false);

    public static async Task<ApiAnswer> ReappointAsync(ApiCall call) =>
        await ExecuteAsync(call, (await call.BodyAsync(ApiJson.Context.ReappointRequest).ConfigureAwait(false)).ToCommand()).ConfigureAwait(false);

    private static async Task<ApiAnswer> ExecuteAsync(ApiCall call, DossierCommand command, DateTimeOffset? occurredAt = null)
    {
        var request = call.Command(needsVersion: true, occurredAt);
        var sight = await call.SightAsync(request).ConfigureAwait(false);
        return Answer(await call.Engine.ExecuteAsync(call.Code(), command, request, call.Aborted).ConfigureAwait(false), sight, StatusCodes.Status200OK);
    }

    private static ApiAnswer Answer(CommandResult result, Sight sight, int status) => result switch
    {
        CommandResult.Accepted done => ApiAnswer.Of(OutcomeView.Of(done, sight), ApiJson.Context.OutcomeView, status) with
        {
            Version = done.Version,
            IsRepeat = done.IsRepeat,
            Location = status == StatusCodes.Status201Created ? $"/v1/dossiers/{Uri.EscapeDataString(done.Code.Value)}" : null,
        },
        CommandResult.Rejected refused => throw new ProblemException(
            refused.Unmet.Any(u => u.Name == "expected-version") ? Problems.OldVersion(refused.Version) : Problems.Unmet(refused.Unmet)),
        CommandResult.NotFound => throw new ProblemException(Problems.NoDossier()),
        CommandResult.IdReused => throw new ProblemException(Problems.IdReused()),
        CommandResult.Busy busy => throw new ProblemException(Problems.Busy(busy.RetryAfter)),
        _ => throw new InvalidOperationException($"A command came to {result.GetType().Name}, which has no answer."),
    };

    // That money came in is not the payer's to say.
    private static void RequirePayer(ApiCall call, PaymentPart? payment)
    {
        if (payment is not null && !call.Caller.IsOfficer && (call.Caller.Client is not { } client || !call.Part<ServeSettings>().PaymentClients.Contains(client, StringComparer.Ordinal)))
        {
            throw new ProblemException(Problems.Forbidden("a citizen's payment is told by the portal's payment client (Identity:PaymentClients) or by an officer"));
        }
    }
}
