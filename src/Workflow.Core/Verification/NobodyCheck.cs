using Workflow.Core.Definitions;
using Workflow.Core.Procedures;

namespace Workflow.Core.Verification;

/// <summary>WF0110: is there a transition for the system alone that the system does not fire?</summary>
/// <remarks>A request for supplement that the one-stop shop may not make is found when the procedure is compiled (WF0203).</remarks>
internal static class NobodyCheck
{
    public static void Check(ProcedureView view, DefectList defects)
    {
        var fired = new HashSet<TransitionDefinition>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < view.Count; i++)
        {
            foreach (var edge in view.Leaving(i))
            {
                if (ProcedureView.SystemFires(view.States[i], edge.Transition.Definition.Trigger))
                {
                    fired.Add(edge.Transition.Definition);
                }
            }
        }

        foreach (var transition in view.Transitions)
        {
            if (transition.Roles.Count > 0 && transition.Roles.All(r => r == ProcedureContent.SystemRole) && !fired.Contains(transition.Definition))
            {
                defects.Warn(
                    DefectCodes.NobodyMayFire,
                    transition.Definition.Place,
                    $"{transition.Name} is for the system alone, and no timeout and no join of '{transition.Definition.From}' fires it",
                    $"add 'timeout: {{ after: ..., fire: {transition.Definition.Trigger} }}' to the state, or name a role that people hold");
            }
        }
    }
}
