using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

/// <summary>A trigger of a dossier's state: for whom it is and, where this person may not fire it now, why not.</summary>
/// <param name="Trigger">The trigger's name.</param>
/// <param name="Act">Its act.</param>
/// <param name="Roles">The roles that may fire it; empty when anybody may.</param>
/// <param name="Unmet">What is unmet for this person now; empty when the trigger may be fired.</param>
public sealed record PermittedTrigger(string Trigger, Act Act, IReadOnlyList<string> Roles, IReadOnlyList<UnmetGuard> Unmet)
{
    /// <summary>Whether this person may fire it now.</summary>
    public bool IsPermitted => Unmet.Count == 0;
}
