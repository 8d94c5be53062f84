using Workflow.Core.Calendars;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Procedures;
using Workflow.Engine.Activation;
using Workflow.Engine.Admission;
using Workflow.Engine.Commits;
using Workflow.Engine.Journal;
using Workflow.Engine.Numbering;
using Workflow.Engine.Setup;

namespace Workflow.Engine;

public sealed partial class DossierEngine
{
    private const int MostTakenCodes = 100;

    // Who could use a timer's id before the timer does would keep it from firing.
    private const string ReservedCallers = CommandUnit.OwnCallers;

    // Stands for the number that a submission gets only when it is accepted; no decision depends on it.
    private static readonly DossierCode Unnumbered = new("unnumbered");

    /// <inheritdoc/>
    /// <remarks>Numbers of one unit and day follow the order of these calls, however long each takes.</remarks>
    /// <exception cref="ArgumentException">The caller or the command id cannot be stored, or the caller begins with <c>system:</c>, which is the engine's own.</exception>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public ValueTask<CommandResult> SubmitAsync(SubmitDossier command, CommandRequest request, CancellationToken cancellationToken = default)
    {
        Require(command, request, cancellationToken);
        return Admit(default, null, command, request, out var busy) is { } places
            ? Until(_parts.Instruments.AreCommandsWatched ? WatchAsync(null, default, command, request, places) : SubmitAdmittedAsync(command, request, places), cancellationToken)
            : new ValueTask<CommandResult>(busy!);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException"><paramref name="command"/> is a submission, the caller or the command id cannot be stored, or the caller begins with <c>system:</c>.</exception>
    /// <exception cref="ContendedDossierException">Other writers were faster too often; nothing was done.</exception>
    /// <exception cref="Setup.MissingProcedureException">The dossier follows a procedure's version that this host lacks.</exception>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public ValueTask<CommandResult> ExecuteAsync(
        DossierCode code, DossierCommand command, CommandRequest request, CancellationToken cancellationToken = default)
    {
        return Until(ExecuteAsync(null, code, command, request, cancellationToken), cancellationToken);
    }

    /// <summary>As above on a dossier of which somebody else has the turn; null for one of the directory. Once begun it is not cancelled.</summary>
    internal ValueTask<CommandResult> ExecuteAsync(ActiveDossier? held, DossierCode code, DossierCommand command, CommandRequest request, CancellationToken ct)
    {
        Require(command, request, ct);
        if (command is SubmitDossier)
        {
            throw new ArgumentException("A dossier that exists cannot be submitted: use SubmitAsync.", nameof(command));
        }

        return Admit(code, held is null ? _directory.Peek(code) : held.Current, command, request, out var busy) is { } places
            ? _parts.Instruments.AreCommandsWatched ? WatchAsync(held, code, command, request, places) : ExecuteAdmittedAsync(held, code, command, request, places)
            : new ValueTask<CommandResult>(busy!);
    }

    private static void Require(DossierCommand command, CommandRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(command);
        ArgumentNullException.ThrowIfNull(request);
        ct.ThrowIfCancellationRequested();
        Storable.RequireKey(request.Caller, nameof(request));
        Storable.RequireKey(request.Id.Value, nameof(request));
        if (request.Caller.StartsWith(ReservedCallers, StringComparison.Ordinal))
        {
            throw new ArgumentException($"Callers that begin with '{ReservedCallers}' are the engine's own: name the caller otherwise.", nameof(request));
        }
    }

    // The caller may go; the command takes its course.
    private static ValueTask<CommandResult> Until(ValueTask<CommandResult> done, CancellationToken ct) =>
        done.IsCompleted || !ct.CanBeCanceled ? done : new ValueTask<CommandResult>(done.AsTask().WaitAsync(ct));

    private ValueTask<CommandResult> ExecuteAdmittedAsync(DossierCode code, DossierCommand command, CommandRequest request) =>
        ExecuteAdmittedAsync(null, code, command, request, null);

    private async ValueTask<CommandResult> ExecuteAdmittedAsync(
        ActiveDossier? held, DossierCode code, DossierCommand command, CommandRequest request, UnitPlaces? places)
    {
        try
        {
            var entry = held is null ? await _directory.EnterAsync(code).ConfigureAwait(false) : null;
            try
            {
                // What it asks the store for may not be answered; it keeps its turn and asks again.
                for (var tries = 0; ; tries++)
                {
                    try
                    {
                        return await (held ?? entry!.Active).ExecuteInTurnAsync(command, request).ConfigureAwait(false);
                    }
                    catch (StorageUnavailableException away) when (_parts.Writer.Faults.IsAskedAgain(away))
                    {
                        await _parts.Writer.Faults.WaitAsync(tries, away).ConfigureAwait(false);
                    }
                }
            }
            finally
            {
                if (entry is not null)
                {
                    _directory.Leave(entry);
                }
            }
        }
        finally
        {
            _gate.Leave(places);
        }
    }

    // Up to the first await this runs inside the caller's call: there its place in the line for numbers is taken.
    private async ValueTask<CommandResult> SubmitAdmittedAsync(SubmitDossier command, CommandRequest request, UnitPlaces? places = null)
    {
        NumberPlace? place = null;
        try
        {
            var occurredAt = request.OccurredAt is { } told ? EngineParts.Told(told) : _parts.Now;
            var day = WorkingCalendar.DayOf(occurredAt);
            place = _numbers.Enter(command.ReceivingUnit, day);
            var given = new GivenCommand(command, request);
            var faults = _parts.Writer.Faults;
            if (await faults.AskAsync(() => FindSubmissionAsync(given)).ConfigureAwait(false) is { } earlier)
            {
                return given.Repeated(earlier);
            }

            DossierCode? code = null;
            for (var attempt = 0; attempt < MostTakenCodes; attempt++)
            {
                // Only what will be accepted gets a number.
                var revision = _parts.Definitions.Revision;
                if (WhyNotSubmitted(command, given, occurredAt, out var procedure) is { } unmet)
                {
                    // What another host has published a moment ago may permit it.
                    await faults.AskAsync(CatchUpDefinitionsAsync).ConfigureAwait(false);
                    if (_parts.Definitions.Revision == revision)
                    {
                        return new CommandResult.Rejected(null, 0, unmet);
                    }

                    continue;
                }

                code ??= DossierCode.Statutory(command.ReceivingUnit, day, await place.TakeAsync().ConfigureAwait(false));
                var numbered = code.Value;
                if (await faults.AskAsync(() => MakeAsync(numbered, procedure!, given, occurredAt, revision)).ConfigureAwait(false) is { } result)
                {
                    return result;
                }

                if (_parts.Definitions.Revision == revision)
                {
                    place = _numbers.Enter(command.ReceivingUnit, day);
                    code = null;
                }
            }

            throw new InvalidOperationException($"The codes of unit {command.ReceivingUnit} on {day:O} are taken by dossiers that were not numbered here: see where they come from.");
        }
        finally
        {
            place?.Dispose();
            _gate.Leave(places);
        }
    }

    private async ValueTask<long> CatchUpDefinitionsAsync()
    {
        await _parts.Definitions.CatchUpAsync().ConfigureAwait(false);
        return _parts.Definitions.Revision;
    }

    private IReadOnlyList<UnmetGuard>? WhyNotSubmitted(SubmitDossier command, GivenCommand given, DateTimeOffset occurredAt, out Procedure? procedure)
    {
        procedure = null;
        if (_parts.Procedures.WhyUnusable(command.Procedure, command.ProcedureVersion) is { } why)
        {
            return [new UnmetGuard("procedure-exists", why)];
        }

        procedure = _parts.Procedures.Find(command.Procedure, command.ProcedureVersion);
        if (procedure is null)
        {
            var wanted = command.ProcedureVersion is { } version ? $"{command.Procedure}@{version}" : command.Procedure;
            return [new UnmetGuard("procedure-exists", $"there is no procedure '{wanted}'")];
        }

        return Deciding.Submit(_parts, procedure, Unnumbered, given, occurredAt, out var unmet) is null ? unmet : null;
    }

    private async ValueTask<CommandResult?> MakeAsync(DossierCode code, Procedure procedure, GivenCommand given, DateTimeOffset occurredAt, long revision)
    {
        var entry = await _directory.EnterAsync(code).ConfigureAwait(false);
        try
        {
            return await entry.Active.SubmitInTurnAsync(procedure, given, occurredAt, revision).ConfigureAwait(false);
        }
        finally
        {
            _directory.Leave(entry);
        }
    }

    private async ValueTask<JournalRow?> FindSubmissionAsync(GivenCommand given)
    {
        var (caller, id) = (given.Request.Caller, given.Request.Id.Value);
        if (await _parts.Store.FindSubmissionAsync(caller, id, CancellationToken.None).ConfigureAwait(false) is not { } submission)
        {
            return null;
        }

        return (await _parts.Store.FindCommandAsync(submission.Code, caller, id, CancellationToken.None).ConfigureAwait(false))?.Row
            ?? throw new StorageCorruptException($"The store knows submission {id} as dossier {submission.Code}, but has no row of it: run an audit of the journal.");
    }
}
