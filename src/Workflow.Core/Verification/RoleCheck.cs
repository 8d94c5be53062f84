using Workflow.Core.Definitions;
using Workflow.Core.Procedures;

namespace Workflow.Core.Verification;

/// <summary>WF0209: is there a role that no unit holds?</summary>
/// <remarks>Asked only where the units of the procedure's levels say which roles they hold. An agency of another level may take part and counts as well.</remarks>
internal static class RoleCheck
{
    public static void Check(ProcedureView view, DefectList defects)
    {
        if (view.Context.Units is not { } tree)
        {
            return;
        }

        var levels = view.Content.Levels;
        var units = tree.Units.Where(u => levels.Count == 0 || levels.Contains(u.Level)).ToList();
        if (!units.Exists(u => u.Roles.Count > 0))
        {
            return;
        }

        var held = units.Concat(tree.Units.Where(u => u.Agency is not null)).SelectMany(u => u.Roles).ToHashSet(StringComparer.Ordinal);
        foreach (var role in view.Content.Roles.Where(r => r is not (ProcedureContent.ApplicantRole or ProcedureContent.SystemRole) && !held.Contains(r)))
        {
            defects.Warn(
                DefectCodes.RoleWithoutUnit,
                FirstUse(view, role),
                $"no unit that settles this procedure, and no agency, is said to hold the role '{role}'",
                $"add '{role}' to the roles of a unit, or correct the role");
        }
    }

    private static SourcePlace FirstUse(ProcedureView view, string role)
    {
        foreach (var state in view.States)
        {
            if (state.Role == role)
            {
                return state.Place;
            }
        }

        return view.Transitions.FirstOrDefault(t => t.Roles.Contains(role))?.Definition.Place ?? view.Content.Place;
    }
}
