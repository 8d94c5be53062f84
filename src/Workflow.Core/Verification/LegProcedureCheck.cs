using Workflow.Core.Definitions;

namespace Workflow.Core.Verification;

/// <summary>WF0411: does the catalogue have the procedure that each leg follows?</summary>
internal static class LegProcedureCheck
{
    public static void Check(ProcedureView view, DefectList defects)
    {
        if (view.Context.Procedures is not { } catalogue)
        {
            return;
        }

        foreach (var leg in view.Content.Legs.Where(l => catalogue.Find(l.Procedure) is null))
        {
            var nearest = Spelling.Nearest(leg.Procedure, [.. catalogue.Newest.Select(p => p.Code)]);
            defects.Warn(
                DefectCodes.UnknownLegProcedure,
                leg.Place,
                $"the leg '{leg.Name}' follows the procedure '{leg.Procedure}', which is not in the catalogue",
                nearest is null ? "add its file to the catalogue, or correct the code" : $"did you mean '{nearest}'?");
        }
    }
}
