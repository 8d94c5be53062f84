using Workflow.Core.Units;

namespace Workflow.Core.Dossiers;

/// <summary>Whether a unit that a command names exists at the command's time.</summary>
internal static class UnitRules
{
    public static void Check(string code, DecisionContext context, List<UnmetGuard> unmet)
    {
        if (context.UnitsInForce.Find(code) is not null)
        {
            return;
        }

        unmet.Add(context.Units.Find(code) is { } unit
            ? new UnmetGuard("unit-in-force", Absence(unit, context))
            : new UnmetGuard("unit-exists", $"there is no unit '{code}'"));
    }

    private static string Absence(Unit unit, DecisionContext context)
    {
        if (unit.From > context.Day)
        {
            return $"unit '{unit.Code}' exists from {unit.From:yyyy-MM-dd} only";
        }

        var successors = context.Units.SuccessorsOf(unit.Code, context.Day);
        var mend = successors.Count switch
        {
            0 => "it has no successor",
            1 => $"use its successor '{successors[0].Code}'",
            _ => $"use one of its successors: {string.Join(", ", successors.Select(s => s.Code))}",
        };
        return $"unit '{unit.Code}' ended on {unit.Until:yyyy-MM-dd}; {mend}";
    }
}
