using Workflow.Core.Definitions;

namespace Workflow.Core.Verification;

/// <summary>WF0109: do two transitions of one trigger hold at once? The machine picks none of them.</summary>
internal static class OverlapCheck
{
    public static void Check(ProcedureView view, DefectList defects)
    {
        foreach (var alternatives in view.Transitions.Where(t => !t.NeverHolds).GroupBy(t => (t.Definition.From, t.Definition.Trigger)))
        {
            var all = alternatives.ToList();
            for (var i = 1; i < all.Count; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    var (one, other) = (all[j].Definition, all[i].Definition);
                    if (view.Guards.Overlap(one.Guards, other.Guards) is { } witness)
                    {
                        defects.Warn(
                            DefectCodes.OverlappingTransitions,
                            other.Place,
                            $"'{other.Trigger}' in '{other.From}' leads to '{one.To}' and to '{other.To}' at once{(witness.Length == 0 ? string.Empty : $", such as for {witness}")}, and is refused then",
                            "let the guards exclude each other");
                    }
                }
            }
        }
    }
}
