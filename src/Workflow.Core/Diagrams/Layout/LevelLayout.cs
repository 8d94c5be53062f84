namespace Workflow.Core.Diagrams.Layout;

/// <summary>Places one level whose layers are known: order, places, lines (Sugiyama, Tagawa and Toda 1981).</summary>
internal static class LevelLayout
{
    private const double LeastGap = 5;
    private const double MostGap = 20;
    private const double Head = 7;
    private const double PortMargin = 12;
    private const double PortGap = 13;

    /// <summary>Sets the nodes' places and adds labels and lines to the drawing. Sizes and fixed ports must be set.</summary>
    public static void Place(IReadOnlyList<LevelNode> nodes, IReadOnlyList<LevelLink> links, Drawing drawing)
    {
        var ranks = Ranks.Build(nodes, links);
        drawing.Width = Coordinates.Assign(ranks, links);
        var (tops, bottoms) = Heights(ranks);
        drawing.Height = bottoms[^1];
        foreach (var slot in ranks.SelectMany(r => r).Where(s => s.Node is not null))
        {
            slot.Node!.X = slot.X;
            slot.Node.Y = Math.Round(slot.Node.IsTopCrossing ? tops[slot.Rank] : (tops[slot.Rank] + bottoms[slot.Rank] - slot.Height) / 2, 1);
        }

        var upperPorts = new Dictionary<LevelLink, double>();
        var lowerPorts = new Dictionary<LevelLink, double>();
        foreach (var node in nodes)
        {
            SetPorts(node, [.. links.Where(l => l.Upper == node)], l => l.Chain[1], upperPorts);
            SetPorts(node, [.. links.Where(l => l.Lower == node)], l => l.Chain[^2], lowerPorts);
        }

        foreach (var link in links)
        {
            if (link.Label is { } label)
            {
                var middle = (tops[label.Rank] + bottoms[label.Rank]) / 2;
                drawing.Labels.Add(link.Key, new Box(Rounded(label.X - (link.LabelWidth / 2)), Rounded(middle - (link.LabelHeight / 2)), link.LabelWidth, link.LabelHeight));
            }

            drawing.Routes.Add(new Route(link.Key, Runs(link, upperPorts[link], lowerPorts[link], tops, bottoms), link.HasHead ? link.IsReversed ? -1 : 1 : 0, link.IsReversed));
        }
    }

    private static (double[] Tops, double[] Bottoms) Heights(IReadOnlyList<Slot[]> ranks)
    {
        var tops = new double[ranks.Count];
        var bottoms = new double[ranks.Count];
        for (var r = 0; r < ranks.Count; r++)
        {
            tops[r] = r == 0 ? 0 : Rounded(bottoms[r - 1] + GapAbove(ranks[r]));
            bottoms[r] = Rounded(tops[r] + ranks[r].Select(s => s.Height).DefaultIfEmpty(0).Max());
        }

        return (tops, bottoms);
    }

    // A line that swings far needs room to do so; an arrow's head needs some anyway.
    private static double GapAbove(Slot[] rank)
    {
        var swing = rank.SelectMany(s => s.Up.Select(u => Math.Abs(u.Other.X + u.Offset - s.X))).DefaultIfEmpty(0).Max();
        var heads = rank.Any(s => s.Node is not null || s.Up.Exists(u => u.Other.Node is not null && s.Link is { IsReversed: true })) ? Head : 0;
        return Math.Clamp(LeastGap + (swing * 0.05), LeastGap, MostGap) + heads;
    }

    // Each line meets the box where it comes from, as far as that is above the box and not too near to another's.
    private static void SetPorts(LevelNode node, List<LevelLink> links, Func<LevelLink, Slot> next, Dictionary<LevelLink, double> ports)
    {
        var free = links.Where(l => !node.FixedPorts.ContainsKey(l.Key)).OrderBy(l => next(l).X).ToList();
        foreach (var link in links.Except(free))
        {
            ports[link] = Rounded(node.X + node.FixedPorts[link.Key]);
        }

        if (free.Count == 0)
        {
            return;
        }

        var reach = Math.Max(0, node.Half - PortMargin);
        var gap = free.Count == 1 ? 0 : Math.Min(PortGap, 2 * reach / (free.Count - 1));
        var wished = free.Select(l => Math.Clamp(next(l).X, node.X - reach, node.X + reach)).ToArray();
        var places = Coordinates.Nearest(wished, [.. free.Select(_ => 1.0)], [.. free.Skip(1).Select(_ => gap)]);

        // Pooling may push the outermost beyond the box: each keeps room for those on its outer side.
        for (var i = 0; i < free.Count; i++)
        {
            var outermost = node.X + reach - ((free.Count - 1 - i) * gap);
            ports[free[i]] = Rounded(Math.Clamp(places[i], Math.Min(node.X - reach + (i * gap), outermost), outermost));
        }
    }

    private static List<Run> Runs(LevelLink link, double upperPort, double lowerPort, double[] tops, double[] bottoms)
    {
        var (upper, lower) = (link.Upper, link.Lower);
        var (above, below) = link.HasHead ? (link.IsReversed ? Head : 0, link.IsReversed ? 0 : Head) : (0, 0);
        var runs = new List<Run> { new(upperPort, upper.Y + upper.Height, Rounded(Math.Max(upper.Y + upper.Height, bottoms[link.Chain[0].Rank]) + above)) };
        runs.AddRange(link.Chain.Skip(1).SkipLast(1).Select(s => new Run(s.X, tops[s.Rank], bottoms[s.Rank])));
        runs.Add(new Run(lowerPort, Rounded(Math.Min(lower.Y, tops[link.Chain[^1].Rank]) - below), lower.Y));
        return runs;
    }

    private static double Rounded(double value) => Math.Round(value, 1);
}
