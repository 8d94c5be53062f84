using Workflow.Core.Definitions;
using Workflow.Core.Procedures;

namespace Workflow.Core.Verification;

/// <summary>WF0307: is there a state in which the office waits for somebody else, and nothing says for how long?</summary>
internal static class WaitCheck
{
    private const string CoordinatingRole = "coordinating-agency";

    public static void Check(ProcedureView view, DefectList defects)
    {
        foreach (var state in view.States)
        {
            if (!state.IsFinal && state.Limit is null && state.Budget is null && state.Timeout is null && WaitsFor(state, view) is { } whom)
            {
                defects.Warn(
                    DefectCodes.WaitsWithoutLimit,
                    state.Place,
                    $"the state '{state.Name}' waits for {whom}, and nothing says for how long",
                    "add 'timeout: { after: ..., fire: ... }' for what follows from silence, or 'limit'");
            }
        }
    }

    // Null when the office itself has the dossier, or when the legs bound the wait.
    private static string? WaitsFor(StateDefinition state, ProcedureView view)
    {
        if (state.Legs.Count > 0)
        {
            var unbounded = view.Content.Legs.FirstOrDefault(l => state.Legs.Contains(l.Name) && LegPath.LimitOf(l, view) is null);
            return unbounded is null ? null : $"the leg '{unbounded.Name}'";
        }

        return (state.Role, state.Status) switch
        {
            (ProcedureContent.ApplicantRole, _) => "the applicant",
            (CoordinatingRole, _) => "another agency",
            (null, PortalStatus.SupplementRequested or PortalStatus.PaymentRequested) => "the applicant",
            (null, PortalStatus.Stopped) => "whatever stopped it",
            _ => null,
        };
    }
}
