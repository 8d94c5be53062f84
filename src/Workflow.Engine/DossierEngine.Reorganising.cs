using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Reorganisations;
using Workflow.Core.Units;
using Workflow.Engine.Activation;
using Workflow.Engine.Journal;
using Workflow.Engine.Reorganising;
using Workflow.Engine.Setup;

namespace Workflow.Engine;

public sealed partial class DossierEngine
{
    // So many hand-overs share commits without holding up everybody else's commands.
    private const int HandOversAtOnce = 128;

    private readonly SemaphoreSlim _reorganising = new(1, 1);

    /// <summary>The units that decisions go by: those that the engine was given, or those that reorganisations in its store made of them.</summary>
    public UnitTree Units => _parts.Units;

    /// <summary>Tries a plan of reorganisation, or carries it out: the tree it makes is published and in force, then open dossiers are handed over.</summary>
    /// <remarks>
    /// What was interrupted is finished by carrying the same plan out again: nothing happens twice. Every hand-over is a command of the system
    /// with the id <c>plan/code</c>. One reorganisation runs at a time; other commands go on meanwhile. Other hosts of a shared store go by the
    /// new tree at once: what they commit after its publication was decided with it.
    /// </remarks>
    /// <param name="plan">The plan.</param>
    /// <param name="apply">Whether it is carried out; otherwise nothing is changed.</param>
    /// <param name="progress">Is told how many open dossiers were looked at; null for nobody.</param>
    /// <param name="cancellationToken">Stops between dossiers; those handed over stay so.</param>
    /// <exception cref="DefinitionException">The plan does not fit the units; all defects are named, and nothing was changed.</exception>
    /// <exception cref="PlanAheadException">It is to be carried out before its day; nothing was changed.</exception>
    /// <exception cref="StorageException">The storage failed; carry the plan out again.</exception>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public async ValueTask<ReorganisationReport> ReorganiseAsync(
        Reorganisation plan, bool apply, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ThrowIfDisposed();
        await _reorganising.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // In this order: a crash in between leaves dossiers with their old units, which the next run finds.
            var after = await ChangeUnitsAsync(plan, apply, cancellationToken).ConfigureAwait(false);
            return new ReorganisationReport(plan.Id, apply, await ReorganiseDossiersAsync(plan, after, apply, progress, cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            _reorganising.Release();
        }
    }

    // Returns the units as the plan makes them, published and in force when it is carried out.
    private async ValueTask<UnitTree> ChangeUnitsAsync(Reorganisation plan, bool apply, CancellationToken ct)
    {
        while (true)
        {
            // Another host may reorganise meanwhile: then the plan is applied to what that one made.
            await _parts.Definitions.CatchUpAsync(ct).ConfigureAwait(false);
            var revision = _parts.Definitions.Revision;
            var before = _parts.Units;
            var after = plan.Apply(before);
            if (!apply)
            {
                return after;
            }

            if (WorkingCalendar.DayOf(_parts.Now) < plan.On)
            {
                throw new PlanAheadException(plan.On);
            }

            if (await PublishedUnits.TryPublishAsync(_parts.Store, plan, before, after, revision, _parts.Now, ct).ConfigureAwait(false))
            {
                await _parts.Definitions.AdoptAsync(after).ConfigureAwait(false);
                return after;
            }
        }
    }

    // All open dossiers are looked at: the unit that the store lists a dossier by is only one of its three.
    private async ValueTask<List<DossierReorganised>> ReorganiseDossiersAsync(
        Reorganisation plan, UnitTree after, bool apply, IProgress<long>? progress, CancellationToken ct)
    {
        var found = new List<DossierReorganised>();
        long seen = 0;
        await foreach (var codes in _parts.Store.ReadAllOpenAsync(new OpenDossiers(), ct).Chunk(HandOversAtOnce).WithCancellation(ct).ConfigureAwait(false))
        {
            var answers = await Task.WhenAll(codes.Select(c => ReorganiseDossierAsync(new DossierCode(c), plan, after, apply, ct))).ConfigureAwait(false);
            found.AddRange(answers.OfType<DossierReorganised>());
            seen += codes.Length;
            progress?.Report(seen);
        }

        return found;
    }

    // Null when the plan does not concern the dossier.
    private async Task<DossierReorganised?> ReorganiseDossierAsync(DossierCode code, Reorganisation plan, UnitTree after, bool apply, CancellationToken ct)
    {
        try
        {
            if (await ReadAsync(code, ct).ConfigureAwait(false) is not { IsClosed: false } dossier || plan.HandOverOf(dossier) is not { } handOver)
            {
                return null;
            }

            return apply ? await HandOverAsync(code, plan).ConfigureAwait(false) : Tried(dossier, handOver, plan, after);
        }
        catch (MissingProcedureException missing)
        {
            return new DossierReorganised(code, default, default, [new UnmetGuard("procedure-exists", missing.Message)]);
        }
    }

    private async ValueTask<DossierReorganised?> HandOverAsync(DossierCode code, Reorganisation plan)
    {
        Admit();
        try
        {
            var entry = await _directory.EnterAsync(code).ConfigureAwait(false);
            try
            {
                return await entry.Active.HandOverInTurnAsync(plan).ConfigureAwait(false);
            }
            finally
            {
                _directory.Leave(entry);
            }
        }
        finally
        {
            Discharge();
        }
    }

    private DossierReorganised Tried(Dossier dossier, HandOverDossier handOver, Reorganisation plan, UnitTree after)
    {
        var at = new[] { _parts.Now, dossier.LastOccurredAt, WorkingCalendar.At(plan.On, TimeOnly.MinValue) }.Max();
        var decision = DossierDecider.Decide(dossier, handOver, new DecisionContext(at, Actor.System, _parts.Calendar.KnownAt(at), after));
        var units = DossierUnits.Of(dossier);
        return new DossierReorganised(dossier.Code, units, units.After(handOver), decision.Unmet);
    }
}
