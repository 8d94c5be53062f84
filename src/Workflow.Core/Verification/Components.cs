namespace Workflow.Core.Verification;

/// <summary>Splits a part of a graph into the sets within which every node reaches every other (Kosaraju).</summary>
internal static class Components
{
    /// <summary>The component of each node, numbered from 0 in no particular order; -1 for nodes that are left out.</summary>
    /// <param name="within">Which nodes take part.</param>
    /// <param name="next">Where a node leads; nodes that do not take part are passed over.</param>
    public static int[] Of(bool[] within, Func<int, IEnumerable<int>> next)
    {
        var leading = new List<int>[within.Length];
        var coming = new List<int>[within.Length];
        for (var i = 0; i < within.Length; i++)
        {
            (leading[i], coming[i]) = ([], []);
        }

        for (var i = 0; i < within.Length; i++)
        {
            foreach (var to in within[i] ? next(i) : [])
            {
                if (within[to])
                {
                    leading[i].Add(to);
                    coming[to].Add(i);
                }
            }
        }

        var component = new int[within.Length];
        Array.Fill(component, -1);
        var finished = Finished(within, leading);
        for (var (i, number) = (finished.Count - 1, 0); i >= 0; i--)
        {
            if (component[finished[i]] < 0)
            {
                Mark(finished[i], number++, coming, component);
            }
        }

        return component;
    }

    // The nodes in the order in which a walk in depth is done with them.
    private static List<int> Finished(bool[] within, List<int>[] leading)
    {
        var finished = new List<int>();
        var seen = new bool[within.Length];
        var open = new Stack<(int Node, int Next)>();
        for (var root = 0; root < within.Length; root++)
        {
            if (!within[root] || seen[root])
            {
                continue;
            }

            seen[root] = true;
            open.Push((root, 0));
            while (open.TryPop(out var at))
            {
                if (at.Next == leading[at.Node].Count)
                {
                    finished.Add(at.Node);
                    continue;
                }

                open.Push((at.Node, at.Next + 1));
                var to = leading[at.Node][at.Next];
                if (!seen[to])
                {
                    seen[to] = true;
                    open.Push((to, 0));
                }
            }
        }

        return finished;
    }

    private static void Mark(int root, int number, List<int>[] coming, int[] component)
    {
        var open = new Stack<int>([root]);
        component[root] = number;
        while (open.TryPop(out var at))
        {
            foreach (var from in coming[at])
            {
                if (component[from] < 0)
                {
                    component[from] = number;
                    open.Push(from);
                }
            }
        }
    }
}
