using Workflow.Core.Definitions;
using Workflow.Core.Procedures;

namespace Workflow.Core.Verification;

/// <summary>WF0410: can the join of a state become impossible while nothing follows from that?</summary>
/// <remarks>
/// A leg can end badly when its procedure, read from the catalogue, has a way to a refusal, a withdrawal or a stop before any decision. A
/// leg that a state leaves behind is recalled, so other ways out of the state are no defect; they only make this one less grave.
/// </remarks>
internal static class JoinCheck
{
    public static void Check(ProcedureView view, DefectList defects)
    {
        for (var i = 0; i < view.Count; i++)
        {
            var state = view.States[i];
            if (state is { Legs.Count: > 0, Join: { Otherwise: null } join } && Impossible(state, join, view) is { } how)
            {
                var elsewhere = view.Leaving(i).ToArray().Any(e => e.CanBeTaken && e.Transition.Definition.Trigger != join.Fire);
                defects.Add(
                    DefectCodes.UnsynchronisedJoin,
                    elsewhere ? DefectSeverity.Warning : DefectSeverity.Error,
                    state.Place,
                    $"the join of '{state.Name}' can never fire once {how}, and {(elsewhere ? "the system then waits on" : "nothing else leads out of the state")}",
                    "add 'otherwise: <trigger>' to the join for what follows then",
                    []);
            }
        }
    }

    // What makes the rule impossible, in words; null when that cannot be proven.
    private static string? Impossible(StateDefinition state, JoinDefinition join, ProcedureView view)
    {
        var legs = view.Content.Legs.Where(l => state.Legs.Contains(l.Name)).ToList();
        switch (join.Rule)
        {
            case JoinRule.All when legs.Find(l => LegEnds.CanEndBadly(l, view)) is { } leg:
                return $"the leg '{leg.Name}' is refused, withdrawn or stopped";
            case JoinRule.Any when legs.TrueForAll(l => l.When is not null) && view.Guards.MayAllBeUnheld([.. legs.Select(l => l.When!)]):
                return "no leg is part of the case";
            case JoinRule.Any when legs.TrueForAll(l => LegEnds.CanEndBadly(l, view)):
                return "every leg is refused, withdrawn or stopped";
            case JoinRule.Guard when legs.TrueForAll(l => l.When is null)
                && view.Guards.UnmetOnceEnded(join.When!, legs.Select(l => (l.Name, LegEnds.CanEndBadly(l, view)))) is { } ends:
                return $"the legs have ended with {ends}";
            default:
                return null;
        }
    }
}
