namespace Workflow.Core.Diagrams.Layout;

/// <summary>Which edges go back, and on which layer each node stands.</summary>
internal static class Layering
{
    /// <summary>Turns the edges that close a cycle, seen from the first node, so that all lead downwards.</summary>
    public static void BreakCycles(IReadOnlyList<LevelNode> nodes, IReadOnlyList<LevelLink> links)
    {
        var leaving = links.ToLookup(l => l.From);
        var open = new HashSet<LevelNode>();
        var done = new HashSet<LevelNode>();
        foreach (var root in nodes.OrderBy(n => n.IsBottomCrossing))
        {
            Visit(root);
        }

        // Depth first without recursion: a procedure may be a chain of thousands of states.
        void Visit(LevelNode root)
        {
            if (done.Contains(root))
            {
                return;
            }

            var stack = new Stack<(LevelNode Node, IEnumerator<LevelLink> Links)>();
            open.Add(root);
            stack.Push((root, leaving[root].GetEnumerator()));
            while (stack.TryPeek(out var top))
            {
                if (!top.Links.MoveNext())
                {
                    stack.Pop();
                    open.Remove(top.Node);
                    done.Add(top.Node);
                    continue;
                }

                var link = top.Links.Current;
                if (link.To.IsTopCrossing || link.From.IsBottomCrossing || (!link.From.IsTopCrossing && !link.To.IsBottomCrossing && open.Contains(link.To)))
                {
                    link.IsReversed = true;
                }
                else if (!done.Contains(link.To) && open.Add(link.To))
                {
                    stack.Push((link.To, leaving[link.To].GetEnumerator()));
                }
            }
        }
    }

    /// <summary>Gives each node the longest way from the top, then moves nodes so that edges become shorter.</summary>
    public static void AssignLayers(IReadOnlyList<LevelNode> nodes, IReadOnlyList<LevelLink> links)
    {
        var down = links.ToLookup(l => l.Upper, l => l.Lower);
        var up = links.ToLookup(l => l.Lower, l => l.Upper);
        var order = TopDown(nodes, down, up);
        foreach (var node in order)
        {
            node.Layer = up[node].Select(n => n.Layer + 1).DefaultIfEmpty(0).Max();
        }

        // A node may stand anywhere between its neighbours; where more edges lead out than in, lower is shorter.
        for (var pass = 0; pass < 4; pass++)
        {
            foreach (var node in order.AsEnumerable().Reverse().Where(n => down[n].Any() && !n.IsCrossing))
            {
                var lowest = down[node].Min(n => n.Layer) - 1;
                if (up[node].Count() < down[node].Count() && lowest > node.Layer && up[node].Any())
                {
                    node.Layer = lowest;
                }
            }
        }

        if (nodes.Any(n => n.IsTopCrossing))
        {
            foreach (var node in nodes)
            {
                node.Layer = node.IsTopCrossing ? 0 : Math.Max(node.Layer, 1);
            }

            foreach (var node in order.Where(n => !n.IsTopCrossing))
            {
                node.Layer = Math.Max(node.Layer, up[node].Select(n => n.Layer + 1).DefaultIfEmpty(1).Max());
            }
        }

        var last = nodes.Where(n => !n.IsBottomCrossing).Select(n => n.Layer).DefaultIfEmpty(0).Max() + 1;
        foreach (var node in nodes.Where(n => n.IsBottomCrossing))
        {
            node.Layer = last;
        }
    }

    private static List<LevelNode> TopDown(IReadOnlyList<LevelNode> nodes, ILookup<LevelNode, LevelNode> down, ILookup<LevelNode, LevelNode> up)
    {
        var waiting = nodes.ToDictionary(n => n, n => up[n].Count());
        var ready = new Queue<LevelNode>(nodes.Where(n => waiting[n] == 0));
        var order = new List<LevelNode>();
        while (ready.TryDequeue(out var node))
        {
            order.Add(node);
            foreach (var next in down[node])
            {
                if (--waiting[next] == 0)
                {
                    ready.Enqueue(next);
                }
            }
        }

        return order;
    }
}
