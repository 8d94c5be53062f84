using Workflow.Core.Definitions;
using Workflow.Core.Units;

namespace Workflow.Core.Reorganisations;

/// <summary>Makes the tree that a plan comes to, and says why it cannot.</summary>
internal static class PlanTree
{
    /// <exception cref="DefinitionException">The plan does not fit the tree.</exception>
    public static UnitTree Apply(Reorganisation plan, UnitTree tree)
    {
        var defects = new DefectList();
        var known = tree.Units.ToDictionary(u => u.Code, StringComparer.Ordinal);
        var added = Added(plan, known, defects);
        foreach (var change in plan.Changes)
        {
            CheckChange(plan, change, known, added, defects);
        }

        defects.ThrowIfErrors();
        List<Unit> units = [.. tree.Units.Select(u => Changed(plan, u)), .. added];
        foreach (var problem in UnitTreeCheck.Of(units, levels: true))
        {
            defects.Error(DefectCodes.PlanTree, PlaceOf(plan, problem.Unit), $"from {plan.On:yyyy-MM-dd} on {problem.Message}", problem.Mend);
        }

        defects.ThrowIfErrors();
        return new UnitTree(units);
    }

    // What the tree has already, just so, is not added again.
    private static List<Unit> Added(Reorganisation plan, Dictionary<string, Unit> known, DefectList defects)
    {
        var added = new List<Unit>();
        foreach (var unit in plan.Units)
        {
            if (!known.TryGetValue(unit.Code, out var there))
            {
                added.Add(unit with { From = plan.On });
            }
            else if (there.From != plan.On || there.Level != unit.Level || there.ParentOn(plan.On) != unit.Parent)
            {
                defects.Error(DefectCodes.PlanUnit, plan.UnitPlaces.GetValueOrDefault(unit.Code, plan.Place), $"there is a unit '{unit.Code}' already", "give the new unit a code that no unit ever had");
            }
        }

        return added;
    }

    private static void CheckChange(Reorganisation plan, UnitChange change, Dictionary<string, Unit> known, List<Unit> added, DefectList defects)
    {
        var before = plan.On.AddDays(-1);
        foreach (var code in change is UnitMoved moved ? [moved.Unit] : change.Sources)
        {
            if (Require(code, change) is not { } unit || IsDone(plan, change, unit))
            {
                continue;
            }

            if (!unit.ExistsOn(before))
            {
                defects.Error(DefectCodes.PlanUnit, change.Place, $"unit '{code}' does not exist on {before:yyyy-MM-dd}, the day before the plan", "change a unit that exists then, or correct 'on'");
            }
            else if (unit.Until is { } until)
            {
                defects.Error(DefectCodes.PlanUnit, change.Place, $"unit '{code}' ends on {until:yyyy-MM-dd} in another way already", "leave it out of the plan, or take its end back first");
            }
            else if (unit.FormerParents.Any(f => f.Until >= before))
            {
                defects.Error(DefectCodes.PlanUnit, change.Place, $"unit '{code}' moves after the plan's day already", "order the reorganisations by their days");
            }
        }

        foreach (var code in change is UnitMoved { Under: { } under } ? [under] : change.Targets)
        {
            if (Require(code, change) is { } unit && !unit.ExistsOn(plan.On))
            {
                defects.Error(DefectCodes.PlanUnit, change.Place, $"unit '{code}' does not exist on {plan.On:yyyy-MM-dd}", "name a unit that exists then, or define it under 'units'");
            }
        }

        foreach (var rule in change is UnitSplit split ? split.Rules : [])
        {
            foreach (var code in rule.ReceivedBy)
            {
                Require(code, change, rule.Place);
            }
        }

        Unit? Require(string code, UnitChange of, SourcePlace? place = null)
        {
            var unit = known.GetValueOrDefault(code) ?? added.Find(u => u.Code == code);
            if (unit is null)
            {
                defects.Error(
                    DefectCodes.UnknownUnit,
                    place ?? of.Place,
                    $"there is no unit '{code}'",
                    UnitTreeCheck.Nearest(code, known.Keys.Concat(added.Select(u => u.Code)), "correct the code, or define it under 'units'"));
            }

            return unit;
        }
    }

    private static bool IsDone(Reorganisation plan, UnitChange change, Unit unit) => change switch
    {
        UnitMoved moved => unit.FormerParents.Any(f => f.Until == plan.On.AddDays(-1)) && unit.ParentOn(plan.On) == moved.Under,
        _ when change.Targets.Contains(unit.Code) => false,
        _ => unit.Until == plan.On.AddDays(-1) && unit.Successors.ToHashSet(StringComparer.Ordinal).SetEquals(change.Targets),
    };

    private static Unit Changed(Reorganisation plan, Unit unit)
    {
        foreach (var change in plan.Changes)
        {
            if (change is UnitMoved moved && moved.Unit == unit.Code && !IsDone(plan, change, unit))
            {
                return unit with { Parent = moved.Under, FormerParents = [.. unit.FormerParents, new FormerParent(unit.Parent, plan.On.AddDays(-1))] };
            }

            if (change.Ending.Contains(unit.Code) && !IsDone(plan, change, unit))
            {
                return unit with { Until = plan.On.AddDays(-1), Successors = [.. change.Targets] };
            }
        }

        return unit;
    }

    // A unit that the plan does not name is hurt by what becomes of the one above it.
    private static SourcePlace PlaceOf(Reorganisation plan, Unit unit) =>
        plan.UnitPlaces.TryGetValue(unit.Code, out var place) ? place
        : (Naming(plan, unit.Code) ?? Naming(plan, unit.Parent))?.Place ?? plan.Place;

    private static UnitChange? Naming(Reorganisation plan, string? code) =>
        plan.Changes.FirstOrDefault(c => code is not null && (c.Sources.Contains(code) || (c is UnitMoved moved && moved.Unit == code)));
}
