using Workflow.Core.Deadlines;
using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

/// <summary>Where the legal clock stands still.</summary>
internal static class ClockRules
{
    /// <summary>Whether a portal status suspends the clock: 5 unless the procedure says that a supplement does not, 6 always, and so does 8 where work may go on.</summary>
    public static bool StatusSuspends(Procedure procedure, PortalStatus? status) => status switch
    {
        PortalStatus.SupplementRequested => procedure.Content.Clock != ClockPolicy.None,
        PortalStatus.PaymentRequested or PortalStatus.Stopped => true,
        _ => false,
    };

    /// <summary>Whether a state suspends the clock: by its status, or because its time is not counted.</summary>
    public static bool Suspends(Procedure procedure, StateDefinition state) => state.SuspendsClock || StatusSuspends(procedure, state.Status);
}
