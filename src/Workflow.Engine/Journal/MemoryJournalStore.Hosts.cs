using Workflow.Engine.Hosts;

namespace Workflow.Engine.Journal;

public sealed partial class MemoryJournalStore
{
    /// <inheritdoc/>
    public ValueTask<long> ConfirmAsync(IReadOnlyList<Confirmation> wanted, Confirmed[] results, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(wanted);
        ArgumentOutOfRangeException.ThrowIfLessThan(results.Length, wanted.Count, nameof(results));
        return new(InTurn(
            () =>
            {
                for (var i = 0; i < wanted.Count; i++)
                {
                    var (code, caller, id) = wanted[i];
                    results[i] = _dossiers.TryGetValue(code, out var dossier)
                        ? new Confirmed(dossier.Rows.Count, caller is null || id is null ? 0 : dossier.Commands.GetValueOrDefault((caller, id)))
                        : default;
                }

                return 0L;
            },
            ct));
    }

    /// <inheritdoc/>
    /// <remarks>Always true: there is one writer.</remarks>
    public async ValueTask<bool> TryPublishAsync(PublishedDefinition definition, long revision, CancellationToken ct)
    {
        await PublishAsync(definition, ct).ConfigureAwait(false);
        return true;
    }

    /// <inheritdoc/>
    /// <remarks>Always null: there is one writer.</remarks>
    public ValueTask<IDossierHold?> HoldAsync(string code, CancellationToken ct) => default;
}
