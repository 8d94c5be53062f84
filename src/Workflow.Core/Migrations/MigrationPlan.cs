using System.Collections.Frozen;
using System.Globalization;
using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;

namespace Workflow.Core.Migrations;

/// <summary>The move of running dossiers from one version of a procedure to another, checked against both. Immutable and safe to share between threads.</summary>
public sealed class MigrationPlan
{
    private readonly FrozenDictionary<string, string> _mapped;
    private readonly FrozenSet<string> _blocked;

    /// <summary>Creates a plan.</summary>
    /// <param name="from">The version that the dossiers follow.</param>
    /// <param name="to">The version that they are to follow.</param>
    /// <param name="mapping">Which state becomes which.</param>
    /// <exception cref="DefinitionException">The mapping does not fit the versions; all its defects are named.</exception>
    public MigrationPlan(Procedure from, Procedure to, StateMapping mapping)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(mapping);
        var defects = new DefectList();
        Check(from, to, mapping, defects);
        defects.ThrowIfErrors();
        (From, To, Mapping) = (from, to, mapping);
        _mapped = mapping.States.ToFrozenDictionary(s => s.From, s => s.To, StringComparer.Ordinal);
        _blocked = mapping.Blocked.Select(b => b.State).ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>The version that the dossiers follow.</summary>
    public Procedure From { get; }

    /// <summary>The version that they are to follow.</summary>
    public Procedure To { get; }

    /// <summary>Which state becomes which, and on which ground.</summary>
    public StateMapping Mapping { get; }

    /// <summary>The id of a batch of this plan: the same plan and ordinal have the same id.</summary>
    /// <param name="ordinal">From 1; a plan that was taken back is applied again under the next one.</param>
    public string BatchId(int ordinal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ordinal, 1);
        return string.Create(CultureInfo.InvariantCulture, $"{From.Code}-{Mapping.From}-{Mapping.To}-{Mapping.ContentHash.AsSpan(0, 8)}-{ordinal}");
    }

    /// <summary>The state that dossiers of a state move to; null when the mapping blocks it or names none.</summary>
    public string? TargetOf(string state) =>
        _blocked.Contains(state) ? null
        : _mapped.TryGetValue(state, out var to) ? to
        : To.Table.TryGetState(state, out _) ? state
        : null;

    /// <summary>The command that moves a dossier as it is now.</summary>
    public MigrateDossier CommandFor(Dossier dossier, string batch)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        var state = dossier.StateName;
        return new MigrateDossier(Mapping.To, state, TargetOf(state), Mapping.Ground, batch)
        {
            RecountsClock = Mapping.Clock == MigratedClock.Recompute,
            MayTurnClock = _mapped.ContainsKey(state),
        };
    }

    /// <summary>Says what would become of a dossier, and changes nothing. A ground that is still missing is not counted against it.</summary>
    /// <param name="dossier">The dossier as it is.</param>
    /// <param name="context">The time, the person, the calendar and the units.</param>
    public MigrationPreview Preview(Dossier dossier, DecisionContext context)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        ArgumentNullException.ThrowIfNull(context);
        var before = MigrationStanding.Of(dossier.Position);
        if (Refusal(dossier) is { } refusal)
        {
            return new MigrationPreview(dossier.Code, before, null, [refusal]);
        }

        var command = CommandFor(dossier, BatchId(1));
        command = command.Ground.Length == 0 ? command with { Ground = "?" } : command;
        var known = new DecisionContext(context.Time, context.Actor, context.Calendar, context.Units) { Procedures = v => v == To.Version ? To : null };
        var decision = DossierDecider.Decide(dossier, command, known);
        return decision.IsAccepted
            ? new MigrationPreview(dossier.Code, before, MigrationStanding.Of(decision.Events.OfType<DossierMigrated>().Single().After), [])
            : new MigrationPreview(dossier.Code, before, null, decision.Unmet);
    }

    /// <summary>Why the plan has no command for a dossier, before anything is decided; null when it has one.</summary>
    public UnmetGuard? Refusal(Dossier dossier)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        return dossier.Procedure.Version != From.Version ? new UnmetGuard("from-version", $"the dossier follows {dossier.Procedure}, not {From}")
            : _blocked.Contains(dossier.StateName) ? new UnmetGuard("state-blocked", $"the mapping leaves dossiers in state '{dossier.StateName}' under {From}")
            : null;
    }

    private static void Check(Procedure from, Procedure to, StateMapping mapping, DefectList defects)
    {
        if (from.Code != mapping.Procedure || to.Code != mapping.Procedure || from.Version.Number != mapping.From || to.Version.Number != mapping.To || mapping.From == mapping.To)
        {
            defects.Error(
                DefectCodes.MigrationVersions, mapping.Place,
                $"the mapping is from {mapping.Procedure}@{mapping.From} to {mapping.Procedure}@{mapping.To}, and the versions are {from} and {to}", "name two versions of one procedure, the same as in the command");
        }

        foreach (var (state, place, table) in mapping.States.Select(s => (s.From, s.Place, from)).Concat(mapping.Blocked.Select(b => (b.State, b.Place, from))).Concat(mapping.States.Select(s => (s.To, s.Place, to))))
        {
            if (!table.Table.TryGetState(state, out _))
            {
                var nearest = Spelling.Nearest(state, table.Table.States);
                defects.Error(
                    DefectCodes.MigrationState, place, $"{table} has no state '{state}'",
                    nearest is null ? $"use one of: {string.Join(", ", table.Table.States)}" : $"did you mean '{nearest}'?");
            }
        }

        foreach (var twice in mapping.Blocked.Where(b => mapping.States.Any(s => s.From == b.State)))
        {
            defects.Error(DefectCodes.MigrationBlocked, twice.Place, $"the state '{twice.State}' is both mapped and blocked", "keep one of them");
        }

        foreach (var twice in mapping.States.GroupBy(s => s.From, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            defects.Error(DefectCodes.MigrationState, twice.Last().Place, $"the state '{twice.Key}' is mapped twice", "keep one of them");
        }
    }
}
