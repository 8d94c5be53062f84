using System.Globalization;
using System.Runtime.CompilerServices;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Procedures;
using Workflow.Core.Reorganisations;
using Workflow.Engine.Admission;
using Workflow.Engine.Commits;
using Workflow.Engine.Hosts;
using Workflow.Engine.Journal;
using Workflow.Engine.Reorganising;
using Workflow.Engine.Setup;

namespace Workflow.Engine.Activation;

/// <summary>A dossier in memory and all that it does: load, decide, append, apply, answer.</summary>
/// <remarks>
/// Whoever holds it (a directory entry, a grain) gives it one turn at a time; members whose name ends in InTurn ask for that.
/// <see cref="Current"/> may be read at any time: it changes after the commit and before the answer.
/// </remarks>
internal sealed partial class ActiveDossier(EngineParts parts, DossierCode code)
{
    /// <summary>The caller in whose name timers fire.</summary>
    public const string TimerCaller = "system:timers";

    /// <summary>The caller in whose name dossiers are handed over.</summary>
    public const string ReorganisationCaller = "system:reorganisation";

    // Another writer that wins this often in a row is not slow, but wrong.
    private const int MostConflicts = 100;

    // Who has lost so often in a row keeps the others away for a turn: a host that has the dossier in memory is faster each time.
    private const int LossesBeforeHold = 3;

    private volatile Dossier? _dossier;

    // The head of the chain; has a meaning while _dossier is not null. Inline: an array would cost half as much again, by the million.
    private ChainHash _hash;

    public DossierCode Code => code;

    /// <summary>The dossier as last committed, when it is loaded.</summary>
    public Dossier? Current => _dossier;

    /// <summary>Whether another writer was faster in the last command: another holder of the dossier may be at work.</summary>
    public bool HasLost { get; private set; }

    /// <summary>Takes the dossier as the store has it; none is fine.</summary>
    /// <exception cref="StorageException">The storage failed.</exception>
    /// <exception cref="MissingProcedureException">It follows a procedure's version that this host lacks.</exception>
    public async ValueTask LoadInTurnAsync()
    {
        var stored = await parts.Store.LoadAsync(code.Value, CancellationToken.None).ConfigureAwait(false);
        if (stored is not null && stored.Version == _dossier?.Version)
        {
            return;
        }

        // Its code is in memory once.
        _dossier = stored is null ? null : await StoredForm.RestoreAsync(parts, stored with { Code = code.Value }).ConfigureAwait(false);
        stored?.Hash.CopyTo(_hash);
    }

    /// <summary>Does a command; anything but a submission.</summary>
    /// <exception cref="StorageException">The storage failed; nothing was done.</exception>
    /// <exception cref="ContendedDossierException">Other writers were faster too often.</exception>
    public async ValueTask<CommandResult> ExecuteInTurnAsync(DossierCommand command, CommandRequest request)
    {
        var given = new GivenCommand(command, request);
        HasLost = false;

        // Whether the memory is of this call, or nobody else can have changed the dossier.
        var fresh = parts.Store.IsExclusive;
        for (var attempt = 0; attempt < MostConflicts; attempt++)
        {
            if (attempt >= LossesBeforeHold && await ExecuteHeldInTurnAsync(given).ConfigureAwait(false) is { } held)
            {
                return held;
            }

            if (_dossier is null)
            {
                await LoadInTurnAsync().ConfigureAwait(false);
                fresh = true;
            }

            if (_dossier is not { } dossier)
            {
                return new CommandResult.NotFound(code);
            }

            var revision = parts.Definitions.Revision;
            var occurredAt = OccurredAt(given, dossier);
            if (Deciding.Decide(parts, dossier, given, occurredAt, out var unmet) is not { } events)
            {
                if (await RefuseInTurnAsync(dossier, given, unmet, revision, fresh).ConfigureAwait(false) is { } answer)
                {
                    return answer;
                }

                continue;
            }

            var next = dossier.Apply(events, occurredAt, parts.Procedures.Finder);
            if (await AppendInTurnAsync(given, events, next, revision, null).ConfigureAwait(false) is { } result)
            {
                return result;
            }
        }

        throw new ContendedDossierException(code);
    }

    /// <summary>Makes this dossier by a submission that was found new; null when its code is taken, or the procedure was found under an older revision.</summary>
    /// <exception cref="StorageException">The storage failed; nothing was done.</exception>
    public async ValueTask<CommandResult?> SubmitInTurnAsync(Procedure procedure, GivenCommand given, DateTimeOffset occurredAt, long revision)
    {
        if (_dossier is not null)
        {
            return null;
        }

        if (Deciding.Submit(parts, procedure, code, given, occurredAt, out var unmet) is not { } events)
        {
            return new CommandResult.Rejected(null, 0, unmet);
        }

        HashChain.Start.Span.CopyTo(_hash);
        return await AppendInTurnAsync(given, events, Dossier.Create(procedure, events, occurredAt), revision, null).ConfigureAwait(false);
    }

    /// <summary>Hands the dossier over as a plan says; null when the plan does not concern it as it stands now, or it is closed.</summary>
    /// <exception cref="StorageException">The storage failed; nothing was done.</exception>
    public async ValueTask<DossierReorganised?> HandOverInTurnAsync(Reorganisation plan)
    {
        for (var attempt = 0; attempt < MostConflicts; attempt++)
        {
            await ConfirmInTurnAsync().ConfigureAwait(false);
            if (_dossier is not { IsClosed: false } dossier || plan.HandOverOf(dossier) is not { } handOver)
            {
                return null;
            }

            // The units were found for this version: where another writer made a later one, they are found again.
            var request = new CommandRequest(new CommandId($"{plan.Id}/{code}"), Actor.System) { Caller = ReorganisationCaller, ExpectedVersion = dossier.Version };
            var result = await ExecuteInTurnAsync(handOver, request).ConfigureAwait(false);
            if (result is CommandResult.Rejected refused && refused.Unmet.Any(u => u.Name == "expected-version"))
            {
                continue;
            }

            // Another host that carries the same plan out was faster.
            if (result is CommandResult.Accepted { IsRepeat: true } && await IsPastInTurnAsync(plan).ConfigureAwait(false))
            {
                return null;
            }

            var units = DossierUnits.Of(dossier);
            return new DossierReorganised(code, units, units.After(handOver), result switch
            {
                CommandResult.Accepted { IsRepeat: false } => [],
                CommandResult.Rejected rejected => rejected.Unmet,
                _ => [new UnmetGuard("hand-over", "this plan handed it over before, and it came back since: assign it by hand")],
            });
        }

        throw new ContendedDossierException(code);
    }

    /// <summary>Does what timers ask for now, and tells whether there was anything.</summary>
    public async ValueTask<bool> WakeInTurnAsync()
    {
        await ConfirmInTurnAsync().ConfigureAwait(false);

        // A firing that comes after its cause has gone is stale and changes nothing.
        if (_dossier is not { NextWakeUp: { } wakeAt } dossier || wakeAt > parts.Now)
        {
            return false;
        }

        var id = string.Create(CultureInfo.InvariantCulture, $"wake-{dossier.Version}-{wakeAt.ToUnixTimeMilliseconds()}");
        var request = new CommandRequest(new CommandId(id), Actor.System) { Caller = TimerCaller };
        if (await ExecuteInTurnAsync(new WakeDossier(), request).ConfigureAwait(false) is not CommandResult.Accepted { IsRepeat: false })
        {
            return false;
        }

        parts.Instruments.TimerFired(parts.Now - wakeAt);
        return true;
    }

    // The answer to a command that does not decide, or null when what decided it was behind the store.
    private async ValueTask<CommandResult?> RefuseInTurnAsync(
        Dossier dossier, GivenCommand given, IReadOnlyList<UnmetGuard> unmet, long revision, bool fresh)
    {
        if (parts.Store.IsExclusive)
        {
            return await FindRowAsync(given).ConfigureAwait(false) is { } earlier ? given.Repeated(earlier) : new CommandResult.Rejected(code, dossier.Version, unmet);
        }

        // Id, version and revision are of one moment, so nothing that another writer commits can come between them.
        var standing = await parts.Confirmations.AskAsync(new Confirmation(code.Value, given.Request.Caller, given.Request.Id.Value)).ConfigureAwait(false);
        if (standing.CommandVersion > 0)
        {
            return given.Repeated(await RequireRowAsync(code.Value, given).ConfigureAwait(false));
        }

        if (standing.Revision != revision)
        {
            await parts.Definitions.RefreshAsync(revision).ConfigureAwait(false);
            return null;
        }

        // What was read during this call was true during this call, however fast others are.
        if (standing.Version != dossier.Version && !fresh)
        {
            _dossier = null;
            return null;
        }

        return new CommandResult.Rejected(code, dossier.Version, unmet);
    }

    // The answer, or null when the version was taken or something was published since the revision.
    private async ValueTask<CommandResult?> AppendInTurnAsync(
        GivenCommand given, IReadOnlyList<DossierEvent> events, Dossier next, long revision, IDossierHold? hold)
    {
        var append = Recording.Of(given, events, next, _hash, parts.Salts.SaltOf(code, next.Version), revision);
        AppendResult result;
        try
        {
            var unit = CommandUnit.Of(parts.Units, code, _dossier, given.Command, given.Request);
            result = hold is null ? await parts.Writer.AppendAsync(unit, append).ConfigureAwait(false) : await OfferHeldAsync(hold, unit, append).ConfigureAwait(false);
        }
        catch (StorageUnavailableException)
        {
            // Its fate is not known here any more, so memory proves nothing.
            _dossier = null;
            throw;
        }

        switch (result.Outcome)
        {
            case AppendOutcome.Committed:
                append.Hash.CopyTo(_hash);
                _dossier = next;
                return new CommandResult.Accepted(code, next.Version, events, IsRepeat: false);
            case AppendOutcome.Repeat:
                return given.Repeated(await RequireRowAsync(code.Value, given).ConfigureAwait(false));
            case AppendOutcome.RepeatedSubmission:
                return given.Repeated(await RequireRowAsync(result.Code!, given).ConfigureAwait(false));
            case AppendOutcome.Conflict:
                parts.Instruments.Conflict();
                HasLost = true;
                _dossier = null;
                return null;
            case AppendOutcome.Outdated:
                await parts.Definitions.RefreshAsync(revision).ConfigureAwait(false);
                return null;
            default:
                return new CommandResult.Rejected(next.Version == 1 ? null : code, next.Version - 1, [new UnmetGuard("storable", result.Reason!)]);
        }
    }

    private async ValueTask<JournalRow?> FindRowAsync(GivenCommand given) =>
        (await parts.Store.FindCommandAsync(code.Value, given.Request.Caller, given.Request.Id.Value, CancellationToken.None).ConfigureAwait(false))?.Row;

    private async ValueTask<JournalRow> RequireRowAsync(string of, GivenCommand given) =>
        (await parts.Store.FindCommandAsync(of, given.Request.Caller, given.Request.Id.Value, CancellationToken.None).ConfigureAwait(false))?.Row
        ?? throw new StorageCorruptException($"The store knows command {given.Request.Id} of dossier {of} as done, but has no row of it: run an audit of the journal.");

    private DateTimeOffset OccurredAt(GivenCommand given, Dossier dossier) =>
        given.Request.OccurredAt is { } told ? EngineParts.Told(told) : Later(parts.Now, dossier.LastOccurredAt);

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a < b ? b : a;

    [InlineArray(HashChain.Length)]
    private struct ChainHash
    {
        private byte _first;
    }
}
