using Workflow.Core.Definitions;

namespace Workflow.Core.Reorganisations;

/// <summary>Whether a plan contradicts itself, whatever tree it is for.</summary>
internal static class PlanCheck
{
    public static void Of(Reorganisation plan, DefectList defects)
    {
        if (string.IsNullOrWhiteSpace(plan.Ground))
        {
            defects.Error(DefectCodes.MissingKey, plan.Place, "the plan names no legal ground", "add 'ground: ...', such as the resolution that orders it");
        }

        if (plan.Changes.Count == 0)
        {
            defects.Error(DefectCodes.PlanChange, plan.Place, "the plan changes nothing", "add 'changes:' with at least one of merge, split, move and dissolve");
        }

        CheckUnits(plan, defects);
        CheckOnce(plan, defects);
        foreach (var split in plan.Changes.OfType<UnitSplit>())
        {
            CheckRules(split, defects);
        }
    }

    private static void CheckUnits(Reorganisation plan, DefectList defects)
    {
        foreach (var unit in plan.Units)
        {
            var place = plan.UnitPlaces.GetValueOrDefault(unit.Code, plan.Place);
            if ((unit.From is { } from && from != plan.On) || unit.Until is not null || unit.Successors.Count > 0 || unit.FormerParents.Count > 0)
            {
                defects.Error(
                    DefectCodes.PlanUnit,
                    place,
                    $"the new unit '{unit.Code}' has dates of its own",
                    $"leave out 'from', 'until', 'successor' and 'was-under': it begins on {plan.On:yyyy-MM-dd}");
            }
        }

        if (plan.Units.GroupBy(u => u.Code, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            defects.Error(DefectCodes.DuplicateCode, plan.UnitPlaces.GetValueOrDefault(twice.Key, plan.Place), $"two new units bear the code '{twice.Key}'", "give one of them another code");
        }
    }

    private static void CheckOnce(Reorganisation plan, DefectList defects)
    {
        var changed = new Dictionary<string, UnitChange>(StringComparer.Ordinal);
        var ending = plan.Changes.SelectMany(c => c.Ending).ToHashSet(StringComparer.Ordinal);
        foreach (var change in plan.Changes)
        {
            if ((change is UnitsMerged { Units.Count: 0 }) || (change is UnitSplit { Into.Count: 0 }))
            {
                defects.Error(DefectCodes.PlanChange, change.Place, "the change names no units", "name at least one");
            }

            foreach (var unit in change is UnitMoved moved ? [moved.Unit] : change.Sources)
            {
                if (!changed.TryAdd(unit, change))
                {
                    defects.Error(DefectCodes.PlanChange, change.Place, $"the plan changes unit '{unit}' a second time (first in line {changed[unit].Place.Line})", "keep one of the two changes");
                }
            }

            foreach (var target in change.Targets.Where(ending.Contains))
            {
                defects.Error(DefectCodes.PlanChange, change.Place, $"unit '{target}' cannot take over: the plan ends it", "name a unit that goes on, or a new one");
            }

            if (change.Targets.Count > 0 && !change.Ending.Any() && change.Targets.All(change.Sources.Contains))
            {
                defects.Error(DefectCodes.PlanChange, change.Place, $"unit '{change.Targets[0]}' takes over from itself alone", "name another unit as well, or remove the change");
            }
        }
    }

    private static void CheckRules(UnitSplit split, DefectList defects)
    {
        if (split.Default.Length == 0)
        {
            defects.Error(DefectCodes.PlanRules, split.Place, $"the split of unit '{split.Unit}' does not say who takes the dossiers that no rule names", "end 'dossiers:' with '- default: CODE'");
        }
        else if (!split.Into.Contains(split.Default))
        {
            defects.Error(DefectCodes.PlanRules, split.DefaultPlace ?? split.Place, $"'{split.Default}' takes dossiers of unit '{split.Unit}' and is not among 'into'", $"use one of: {string.Join(", ", split.Into)}");
        }

        foreach (var rule in split.Rules)
        {
            if (!split.Into.Contains(rule.To))
            {
                defects.Error(DefectCodes.PlanRules, rule.Place, $"'{rule.To}' takes dossiers of unit '{split.Unit}' and is not among 'into'", $"use one of: {string.Join(", ", split.Into)}");
            }

            if (rule.IsUnconditional)
            {
                defects.Error(DefectCodes.PlanRules, rule.Place, "the rule names no condition", "add one of procedure, state, received-by and codes, or make it the default");
            }
        }
    }
}
