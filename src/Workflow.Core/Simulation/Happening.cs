using Workflow.Core.Dossiers;
using Workflow.Core.Machines;

namespace Workflow.Core.Simulation;

internal enum HappeningKind
{
    /// <summary>The dossier comes to the desks of those who do the next step.</summary>
    Arrival,

    /// <summary>Somebody does the next step.</summary>
    Action,

    /// <summary>The state's timeout passes.</summary>
    Timeout,

    /// <summary>A new date is promised, if it is still needed.</summary>
    Reappointment,
}

/// <summary>Something on the agenda of a simulation. It is void once the dossier has left the state that it was planned in.</summary>
internal sealed record Happening(HappeningKind Kind, SimulatedCase Case, StateId State, Actor? Actor);
