using Workflow.Core.Definitions;

namespace Workflow.Core.Verification;

/// <summary>WF0108: is there a state from which no dossier ends, though the machine draws a way?</summary>
/// <remarks>
/// One defect for each set of states that a dossier can enter, within which it can move about (or only stay), and which it can never
/// leave, since each way out is proven never to be taken. States that only lead there follow from it and are not told apart.
/// </remarks>
internal static class LivelockCheck
{
    // A file may hold thousands of states; a message names a few.
    private const int MostNamed = 5;

    public static void Check(ProcedureView view, Endings endings, DefectList defects)
    {
        if (!Array.Exists(endings.Stuck, s => s))
        {
            return;
        }

        var component = Components.Of(endings.Stuck, i => view.Leaving(i).ToArray().Where(e => e.CanBeTaken).Select(e => e.To));
        foreach (var trap in Enumerable.Range(0, view.Count).Where(i => component[i] >= 0).GroupBy(i => component[i]))
        {
            var edges = trap.SelectMany(i => view.Leaving(i).ToArray()).Where(e => component[e.To] != trap.Key).ToList();
            if (edges.Exists(e => e.CanBeTaken))
            {
                continue;
            }

            var names = string.Join(", ", trap.Take(MostNamed).Select(i => $"'{view.States[i].Name}'")) + (trap.Skip(MostNamed).Any() ? " ..." : string.Empty);
            defects.Error(
                DefectCodes.Livelock,
                view.States[trap.First()].Place,
                $"a dossier that comes to {names} never ends: {edges[0].Transition.Name} is never taken, nor is any other way out",
                "correct its guard or its roles, or add a way out that can be taken");
        }
    }
}
