using Workflow.Core.Engines;
using Workflow.Core.Reorganisations;
using Workflow.Engine.Commits;
using Workflow.Engine.Hosts;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;

namespace Workflow.Engine.Activation;

/// <content>Among other hosts that write to the same store.</content>
internal sealed partial class ActiveDossier
{
    // Afterwards the memory is what the store held at some moment of this call.
    private async ValueTask ConfirmInTurnAsync()
    {
        if (_dossier is { } dossier
            && (parts.Store.IsExclusive || (await parts.Confirmations.AskAsync(new Confirmation(code.Value)).ConfigureAwait(false)).Version == dossier.Version))
        {
            return;
        }

        await LoadInTurnAsync().ConfigureAwait(false);
    }

    // Decides on the dossier as it stands while nobody else can write to it. Null when that did not come to an append; then the memory is
    // of this call, or there is none.
    private async ValueTask<CommandResult?> ExecuteHeldInTurnAsync(GivenCommand given)
    {
        if (await parts.Store.HoldAsync(code.Value, CancellationToken.None).ConfigureAwait(false) is not { } hold)
        {
            return null;
        }

        try
        {
            var revision = parts.Definitions.Revision;
            var dossier = StoredForm.Restore(parts, hold.Dossier);
            hold.Dossier.Hash.CopyTo(_hash);
            _dossier = dossier;
            var occurredAt = OccurredAt(given, dossier);
            return Deciding.Decide(parts, dossier, given, occurredAt, out _) is { } events
                ? await AppendInTurnAsync(given, events, dossier.Apply(events, occurredAt, parts.Procedures.Finder), revision, hold).ConfigureAwait(false)
                : null;
        }
        catch (MissingProcedureException)
        {
            // Loading asks other hosts' publications for it.
            _dossier = null;
            return null;
        }
        finally
        {
            await hold.DisposeAsync().ConfigureAwait(false);
        }
    }

    // An unknown fate is not a failure: the same append is offered again, until the store tells what became of it.
    private async ValueTask<AppendResult> OfferHeldAsync(IDossierHold hold, string unit, JournalAppend append)
    {
        Exception fault;
        try
        {
            return await hold.AppendAsync(append).ConfigureAwait(false);
        }
        catch (Exception told) when (told is StorageUnavailableException or StorageRefusedException)
        {
            fault = told;
        }

        // Given back first: what is offered now must not wait for it.
        await hold.DisposeAsync().ConfigureAwait(false);
        return fault is StorageUnavailableException
            ? await parts.Writer.OfferAgainAsync(append, fault).ConfigureAwait(false)
            : await parts.Writer.AppendAsync(unit, append).ConfigureAwait(false);
    }

    // Whether the plan has nothing more to do with the dossier as the store has it.
    private async ValueTask<bool> IsPastInTurnAsync(Reorganisation plan)
    {
        await ConfirmInTurnAsync().ConfigureAwait(false);
        return _dossier is not { IsClosed: false } dossier || plan.HandOverOf(dossier) is null;
    }
}
