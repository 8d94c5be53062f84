using Workflow.Core.Definitions;

namespace Workflow.Core.Verification;

/// <summary>WF0111: is there a transition whose guards never hold together?</summary>
internal static class DeadGuardCheck
{
    public static void Check(ProcedureView view, DefectList defects)
    {
        foreach (var transition in view.Transitions.Where(t => t.NeverHolds))
        {
            var guards = string.Join(" and ", transition.Definition.Guards.Select(g => $"'{g}'"));
            defects.Warn(
                DefectCodes.GuardNeverHolds,
                transition.Definition.Place,
                $"{transition.Name} is never taken: {guards} {(transition.Definition.Guards.Count == 1 ? "never holds" : "never hold together")}",
                "correct the guard, or remove the transition");
        }
    }
}
