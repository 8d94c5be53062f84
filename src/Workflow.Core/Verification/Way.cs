using Workflow.Core.Definitions;

namespace Workflow.Core.Verification;

/// <summary>A stretch of a dossier's way during which one legal limit runs: from acceptance, or from a supplement that starts it again, until the clock stops or a supplement is asked for.</summary>
/// <param name="States">The states in order, by index. Not empty.</param>
/// <param name="Sum">What they may take of the limit together, a shared budget counted once.</param>
internal sealed record Way(int[] States, TimeSum Sum)
{
    /// <summary>The allowances on the way, in order, a shared budget at its first step alone.</summary>
    public IEnumerable<(int State, Allowance Allowance)> Allowances(StateTime[] times)
    {
        var budgets = new HashSet<int>();
        foreach (var state in States)
        {
            if (times[state].Budget >= 0 && !budgets.Add(times[state].Budget))
            {
                continue;
            }

            foreach (var allowance in times[state].Allowances)
            {
                yield return (state, allowance);
            }
        }
    }

    /// <summary>The sum, line by line, with what it leaves of the limit.</summary>
    public IReadOnlyList<ScheduleLine> Schedule(StateTime[] times, LegalLimit limit)
    {
        var left = TimeSum.Of(limit.Limit);
        var lines = new List<ScheduleLine>();
        foreach (var (_, allowance) in Allowances(times))
        {
            left -= TimeSum.Of(allowance.Limit);
            lines.Add(new ScheduleLine(null, allowance.What, allowance.Limit.ToString(), left.Text(limit.Limit)));
        }

        return lines;
    }
}
