namespace Workflow.Core.Verification;

/// <summary>An order of states in which every way on leads forward, those that lead back into a way excepted.</summary>
internal sealed class WayOrder
{
    public WayOrder(IEnumerable<int> starts, Edge[][] next)
    {
        var back = new HashSet<Edge>(ReferenceEqualityComparer.Instance);
        var seen = new bool[next.Length];
        var onWay = new bool[next.Length];
        var open = new Stack<(int State, int Next)>();
        foreach (var start in starts)
        {
            Enter(start);
            while (open.TryPop(out var at))
            {
                if (at.Next == next[at.State].Length)
                {
                    onWay[at.State] = false;
                    States.Add(at.State);
                    continue;
                }

                open.Push((at.State, at.Next + 1));
                var edge = next[at.State][at.Next];
                if (onWay[edge.To])
                {
                    back.Add(edge);
                }
                else
                {
                    Enter(edge.To);
                }
            }
        }

        States.Reverse();
        Forward = [.. next.Select(edges => edges.Where(e => !back.Contains(e)).ToArray())];

        void Enter(int state)
        {
            if (!seen[state])
            {
                seen[state] = onWay[state] = true;
                open.Push((state, 0));
            }
        }
    }

    /// <summary>The states that are reached from the starts.</summary>
    public List<int> States { get; } = [];

    /// <summary>By state: the ways on that lead forward in that order.</summary>
    public Edge[][] Forward { get; }
}
