namespace Workflow.Core.Diagrams.Layout;

/// <summary>Where each slot of each rank stands, so that lines are as straight as the order allows.</summary>
internal static class Coordinates
{
    private const double Gap = 14;
    private const int Sweeps = 60;

    // Every node is drawn a little to the middle, at 0, so that a long procedure does not run off to one side.
    private const double AxisPull = 0.12;

    /// <summary>Sets every slot's place from left to right; the leftmost border is at 0. Returns the width.</summary>
    public static double Assign(IReadOnlyList<Slot[]> ranks, IReadOnlyList<LevelLink> links)
    {
        foreach (var rank in ranks)
        {
            Settle(rank, [.. rank.Select(_ => 0.0)], [.. rank.Select(_ => 1.0)]);
        }

        for (var sweep = 0; sweep < Sweeps; sweep++)
        {
            var both = sweep >= Sweeps - 8;
            for (var i = 0; i < ranks.Count; i++)
            {
                var rank = ranks[sweep % 2 == 0 ? i : ranks.Count - 1 - i];
                Pull(rank, up: both || sweep % 2 == 0, down: both || sweep % 2 == 1);
            }
        }

        Straighten(ranks, links);
        var slots = ranks.SelectMany(r => r).ToList();
        if (slots.Count == 0)
        {
            return 0;
        }

        var left = slots.Min(s => s.X - s.Half);
        foreach (var slot in slots)
        {
            slot.X = Math.Round(slot.X - left, 1);
        }

        return slots.Max(s => s.X + s.Half + s.Extra);
    }

    /// <summary>The places nearest to the wished ones, by weighted squares, that keep the distances: pooling of adjacent violators.</summary>
    public static double[] Nearest(IReadOnlyList<double> wished, IReadOnlyList<double> weights, IReadOnlyList<double> distances)
    {
        var count = wished.Count;
        var offsets = new double[count];
        var pools = new List<(double Sum, double Weight, int Count)>();
        for (var i = 0; i < count; i++)
        {
            offsets[i] = i == 0 ? 0 : offsets[i - 1] + distances[i - 1];
            pools.Add(((wished[i] - offsets[i]) * weights[i], weights[i], 1));
            while (pools.Count > 1 && pools[^2].Sum / pools[^2].Weight > pools[^1].Sum / pools[^1].Weight)
            {
                var (a, b) = (pools[^2], pools[^1]);
                pools.RemoveRange(pools.Count - 2, 2);
                pools.Add((a.Sum + b.Sum, a.Weight + b.Weight, a.Count + b.Count));
            }
        }

        var places = new double[count];
        var at = 0;
        foreach (var (sum, weight, size) in pools)
        {
            for (var n = 0; n < size; n++, at++)
            {
                places[at] = (sum / weight) + offsets[at];
            }
        }

        return places;
    }

    // The passages of an edge are moved into one line as far as their neighbours leave room.
    private static void Straighten(IReadOnlyList<Slot[]> ranks, IReadOnlyList<LevelLink> links)
    {
        var place = ranks.SelectMany(r => r.Select((slot, i) => (slot, i))).ToDictionary(p => p.slot, p => p.i);
        foreach (var link in links.OrderByDescending(l => l.Chain.Count))
        {
            var line = new List<Slot>();
            var (least, most) = (double.MinValue, double.MaxValue);
            foreach (var slot in link.Chain.Skip(1).SkipLast(1))
            {
                var (low, room) = Room(ranks[slot.Rank], place[slot]);
                var high = Math.Max(low, room);
                if (Math.Max(low, least) > Math.Min(high, most))
                {
                    Align(line, least, most);
                    line.Clear();
                    (least, most) = (low, high);
                }

                (least, most) = (Math.Max(low, least), Math.Min(high, most));
                line.Add(slot);
            }

            Align(line, least, most);
        }

        static void Align(List<Slot> line, double least, double most)
        {
            if (line.Count > 0)
            {
                var x = Math.Clamp(line.Average(s => s.X), least, most);
                line.ForEach(s => s.X = x);
            }
        }
    }

    private static (double Low, double High) Room(Slot[] rank, int at) => (
        at == 0 ? -1e9 : rank[at - 1].X + rank[at - 1].Half + rank[at - 1].Extra + rank[at].Half + Gap,
        at == rank.Length - 1 ? 1e9 : rank[at + 1].X - rank[at + 1].Half - rank[at].Extra - rank[at].Half - Gap);

    private static void Pull(Slot[] rank, bool up, bool down)
    {
        var wished = new double[rank.Length];
        var weights = new double[rank.Length];
        for (var i = 0; i < rank.Length; i++)
        {
            var neighbours = (up ? rank[i].Up : []).Concat(down ? rank[i].Down : []).ToList();
            if (neighbours.Count == 0)
            {
                neighbours = [.. rank[i].Up, .. rank[i].Down];
            }

            var weight = neighbours.Sum(n => n.Weight);
            var axis = rank[i].Node is null ? 0 : AxisPull;
            wished[i] = neighbours.Sum(n => (n.Other.X + n.Offset) * n.Weight) / Math.Max(weight + axis, 0.01);
            weights[i] = Math.Max(weight + axis, 0.01);
        }

        Settle(rank, wished, weights);
    }

    private static void Settle(Slot[] rank, double[] wished, double[] weights)
    {
        var distances = new double[Math.Max(0, rank.Length - 1)];
        for (var i = 1; i < rank.Length; i++)
        {
            distances[i - 1] = rank[i - 1].Half + rank[i - 1].Extra + rank[i].Half + Gap;
        }

        var places = Nearest(wished, weights, distances);
        for (var i = 0; i < rank.Length; i++)
        {
            rank[i].X = places[i];
        }
    }
}
