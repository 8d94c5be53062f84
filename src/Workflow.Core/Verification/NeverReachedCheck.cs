using Workflow.Core.Definitions;

namespace Workflow.Core.Verification;

/// <summary>WF0112: is there a state that only transitions lead to which are never taken?</summary>
internal static class NeverReachedCheck
{
    public static void Check(ProcedureView view, DefectList defects)
    {
        var drawn = view.Occupied(_ => true);
        var real = view.Occupied(e => e.CanBeTaken);
        for (var i = 0; i < view.Count; i++)
        {
            if (drawn[i] && !real[i])
            {
                defects.Warn(
                    DefectCodes.NeverReached,
                    view.States[i].Place,
                    $"no dossier comes to the state '{view.States[i].Name}': every way to it needs a transition that is never taken",
                    "correct the guards or the roles on the way to it, or remove it");
            }
        }
    }
}
