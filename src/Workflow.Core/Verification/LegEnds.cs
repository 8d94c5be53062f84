using Workflow.Core.Procedures;

namespace Workflow.Core.Verification;

/// <summary>How the dossier of a leg may end.</summary>
internal static class LegEnds
{
    /// <summary>Whether the leg's procedure has a way to a refusal, a withdrawal or a stop before any decision. False when the catalogue lacks it.</summary>
    public static bool CanEndBadly(LegDefinition leg, ProcedureView view)
    {
        if (view.Context.Procedures?.Find(leg.Procedure) is not { } procedure)
        {
            return false;
        }

        var other = new ProcedureView(procedure, VerificationContext.None);
        var undecided = other.Entered(e => e.CanBeTaken && e.Transition.Act != Act.Sign);
        for (var i = 0; i < other.Count; i++)
        {
            foreach (var edge in undecided[i] ? other.Leaving(i) : [])
            {
                if (edge.CanBeTaken && edge.Transition.Act != Act.Sign && IsBad(edge, other.States[edge.To]))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool IsBad(Edge edge, StateDefinition to) =>
        edge.Transition.Act == Act.Refuse
        || (to.IsFinal && (edge.Transition.Act is Act.Withdraw or Act.Stop || to.Status is PortalStatus.NotAccepted or PortalStatus.Withdrawn or PortalStatus.Stopped));
}
