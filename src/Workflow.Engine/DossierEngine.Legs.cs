using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Legs;

namespace Workflow.Engine;

public sealed partial class DossierEngine : ILegDesk
{
    ValueTask<CommandResult> ILegDesk.SubmitAsync(SubmitDossier command, CommandId id)
    {
        AdmitOwn();
        return SubmitAdmittedAsync(command, Own(id));
    }

    ValueTask<CommandResult> ILegDesk.ExecuteAsync(DossierCode code, DossierCommand command, CommandId id)
    {
        AdmitOwn();
        return ExecuteAdmittedAsync(code, command, Own(id));
    }

    async ValueTask<DossierSnapshot?> ILegDesk.FindAsync(DossierCode code, CancellationToken ct) =>
        (await ReadOpenAsync(code, ct).ConfigureAwait(false))?.ToSnapshot();

    async ValueTask<IReadOnlyList<PermittedTrigger>?> ILegDesk.PermittedAsync(DossierCode code, CancellationToken ct) =>
        await ReadOpenAsync(code, ct).ConfigureAwait(false) is { } dossier ? PermittedNow(dossier, Actor.System) : null;

    async ValueTask<DossierCode?> ILegDesk.FindSubmittedAsync(CommandId id, CancellationToken ct) =>
        await _parts.Store.FindSubmissionAsync(LegFollower.Caller, id.Value, ct).ConfigureAwait(false) is { } submission ? new DossierCode(submission.Code) : null;

    private static CommandRequest Own(CommandId id) => new(id, Actor.System) { Caller = LegFollower.Caller };

    // The follower ends before the engine does, so it may finish what it has begun; its work is bounded by itself.
    private void AdmitOwn() => _gate.EnterOwn();
}
