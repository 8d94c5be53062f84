using Workflow.Core.Dossiers;
using Workflow.Engine.Activation;

namespace Workflow.Engine;

/// <content>Dossiers that others hold.</content>
public sealed partial class DossierEngine
{
    /// <summary>Makes a place in memory for a dossier outside the engine's own, with nothing in it yet.</summary>
    /// <param name="code">The dossier; it need not exist.</param>
    /// <exception cref="ArgumentException"><paramref name="code"/> is the default value.</exception>
    public DossierActivation Activate(DossierCode code)
    {
        if (code.Value.Length == 0)
        {
            throw new ArgumentException("A dossier is activated by its code, and this one is empty.", nameof(code));
        }

        return new DossierActivation(this, new ActiveDossier(_parts, code));
    }

    internal async ValueTask LoadAsync(ActiveDossier held)
    {
        ThrowIfDisposed();
        await _parts.Writer.Faults.AskAsync(async () =>
        {
            await held.LoadInTurnAsync().ConfigureAwait(false);
            return true;
        }).ConfigureAwait(false);
    }

    internal async ValueTask<DossierSnapshot?> FindAsync(ActiveDossier held, CancellationToken ct) =>
        (await ReadHeldAsync(held, ct).ConfigureAwait(false))?.ToSnapshot();

    internal async ValueTask<IReadOnlyList<PermittedTrigger>?> PermittedAsync(ActiveDossier held, Actor actor, CancellationToken ct) =>
        await ReadHeldAsync(held, ct).ConfigureAwait(false) is { } dossier ? PermittedNow(dossier, actor) : null;

    private ValueTask<Dossier?> ReadHeldAsync(ActiveDossier held, CancellationToken ct)
    {
        ThrowIfDisposed();
        return ReadOpenAsync(held.Code, held.Current, ct);
    }
}
