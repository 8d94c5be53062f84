using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Units;

namespace Workflow.Core.Reorganisations;

/// <summary>A plan by which units merge, split, move and end on a day, and their open dossiers go over to those that take their place.</summary>
/// <remarks>Immutable and safe to share between threads. Pure: the same plan and tree give the same tree, the same plan and dossier the same units.</remarks>
public sealed class Reorganisation
{
    // The change by which dossiers leave a unit.
    private readonly Dictionary<string, UnitChange> _bySource = new(StringComparer.Ordinal);

    /// <summary>Creates a plan.</summary>
    /// <param name="on">The first day on which it holds.</param>
    /// <param name="ground">The legal ground, not empty.</param>
    /// <param name="units">The new units; their <see cref="Unit.From"/> may be left out.</param>
    /// <param name="changes">The changes. Not empty.</param>
    /// <exception cref="DefinitionException">The plan contradicts itself; all defects are named.</exception>
    public Reorganisation(DateOnly on, string ground, IReadOnlyList<Unit> units, IReadOnlyList<UnitChange> changes)
        : this(on, ground, units, changes, SourcePlace.Code, new Dictionary<string, SourcePlace>())
    {
    }

    internal Reorganisation(
        DateOnly on, string ground, IReadOnlyList<Unit> units, IReadOnlyList<UnitChange> changes, SourcePlace place, IReadOnlyDictionary<string, SourcePlace> unitPlaces)
    {
        (On, Ground, Units, Changes, Place, UnitPlaces) = (on, ground, [.. units], [.. changes], place, unitPlaces);
        var defects = new DefectList();
        PlanCheck.Of(this, defects);
        defects.ThrowIfErrors();
        foreach (var change in Changes)
        {
            foreach (var source in change.Sources)
            {
                _bySource.Add(source, change);
            }
        }

        Id = PlanId.Of(this);
    }

    /// <summary>
    /// The id under which dossiers are handed over: the day and eight digits over the units and changes. Another ground, or other rules
    /// for the dossiers of a split, leave it as it is, so that a corrected plan goes on where the first one came to.
    /// </summary>
    public string Id { get; }

    /// <summary>The first day on which the new units exist; the old ones end the day before.</summary>
    public DateOnly On { get; }

    /// <summary>The legal ground.</summary>
    public string Ground { get; }

    /// <summary>The new units.</summary>
    public IReadOnlyList<Unit> Units { get; }

    /// <summary>The changes. Never empty.</summary>
    public IReadOnlyList<UnitChange> Changes { get; }

    /// <summary>Where the plan stands.</summary>
    internal SourcePlace Place { get; }

    /// <summary>Where its new units stand; one that is missing stands where the plan does.</summary>
    internal IReadOnlyDictionary<string, SourcePlace> UnitPlaces { get; }

    /// <summary>Returns the tree that the plan makes of one: old units end, new ones begin, successors and former parents are filled in.</summary>
    /// <remarks>A tree that is as the plan says already is returned with the same content, so a plan may be applied again.</remarks>
    /// <exception cref="DefinitionException">The plan does not fit the tree; all defects are named.</exception>
    public UnitTree Apply(UnitTree tree)
    {
        ArgumentNullException.ThrowIfNull(tree);
        return PlanTree.Apply(this, tree);
    }

    /// <summary>Returns the command that hands a dossier over to the units that take the place of its own; null when its own stay.</summary>
    /// <remarks>Whether the command is accepted is the decider's to say: a closed dossier, for one, stays where it ended.</remarks>
    public HandOverDossier? HandOverOf(Dossier dossier)
    {
        ArgumentNullException.ThrowIfNull(dossier);
        var handOver = new HandOverDossier(Id, Ground)
        {
            ReceivingUnit = Changed(dossier.ReceivingUnit, dossier),
            CompetentUnit = Changed(dossier.CompetentUnit, dossier),
            Unit = Changed(dossier.Unit, dossier),
        };
        return handOver is { ReceivingUnit: null, CompetentUnit: null, Unit: null } ? null : handOver;
    }

    // The unit that takes a unit's place for a dossier, or null when it is the same.
    private string? Changed(string unit, Dossier dossier)
    {
        var to = _bySource.GetValueOrDefault(unit) switch
        {
            UnitsMerged merged => merged.Into,
            UnitDissolved dissolved => dissolved.Into,
            UnitSplit split => split.Rules.FirstOrDefault(r => r.Holds(dossier))?.To ?? split.Default,
            _ => unit,
        };
        return to == unit ? null : to;
    }
}
