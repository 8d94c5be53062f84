using Workflow.Core.Definitions;

namespace Workflow.Core.Verification;

/// <summary>WF0412: where several agencies work at once, does one of them lead (Decree 61/2018 Art 19.6)?</summary>
internal static class LeadCheck
{
    public static void Check(ProcedureView view, DefectList defects)
    {
        foreach (var state in view.States.Where(s => s.Legs.Count > 1))
        {
            var legs = new LegOrder(state, view.Content).Ordered;
            var depths = new Dictionary<string, int>(StringComparer.Ordinal);
            foreach (var leg in legs)
            {
                depths.Add(leg.Name, 1 + leg.After.Select(a => depths.GetValueOrDefault(a)).DefaultIfEmpty().Max());
            }

            // Legs that all wait for one another in a row are as deep as they are many; fewer levels mean that some run side by side.
            if (legs.Count > 1 && depths.Values.Max() < legs.Count && !legs.Any(l => l.IsLead))
            {
                defects.Warn(
                    DefectCodes.NoLeadingLeg,
                    state.Place,
                    $"legs of '{state.Name}' run side by side, and none of them leads",
                    "mark the leg of the agency whose result is the group's with 'lead: true' (Decree 61/2018 Art 19.6)");
            }
        }
    }
}
