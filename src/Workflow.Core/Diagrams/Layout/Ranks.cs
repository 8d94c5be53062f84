namespace Workflow.Core.Diagrams.Layout;

/// <summary>The ranks of a level: nodes, labels and passages of edges, in an order with few crossings.</summary>
internal static class Ranks
{
    private const int Sweeps = 24;
    private const double PassageHalf = 5;

    /// <summary>Builds the ranks and orders each.</summary>
    public static IReadOnlyList<Slot[]> Build(IReadOnlyList<LevelNode> nodes, IReadOnlyList<LevelLink> links)
    {
        var slots = nodes.ToDictionary(n => n, n => new Slot { Rank = 2 * n.Layer, Half = n.Half, Extra = n.Extra, Height = n.Height, Node = n });
        var ranks = new List<Slot>[(nodes.Count == 0 ? 0 : nodes.Max(n => n.Layer) * 2) + 1];
        for (var i = 0; i < ranks.Length; i++)
        {
            ranks[i] = [];
        }

        foreach (var link in links)
        {
            Chain(link, slots);
        }

        // The first order is that of a walk from the top: what belongs together is met together. Its mirror image is tried as well.
        var met = new HashSet<Slot>();
        foreach (var node in nodes.OrderBy(n => n.Layer))
        {
            Meet(slots[node]);
        }

        var first = Improved([.. ranks.Select(r => r.OrderBy(s => s.IsAside).ToArray())]);
        var second = Improved([.. ranks.Select(r => r.AsEnumerable().Reverse().OrderBy(s => s.IsAside).ToArray())]);
        return Crossings(second) < Crossings(first) ? second : first;

        void Meet(Slot first)
        {
            var stack = new Stack<Slot>([first]);
            while (stack.TryPop(out var slot))
            {
                if (!met.Add(slot))
                {
                    continue;
                }

                ranks[slot.Rank].Add(slot);
                for (var i = slot.Down.Count - 1; i >= 0; i--)
                {
                    stack.Push(slot.Down[i].Other);
                }
            }
        }
    }

    private static List<Slot[]> Improved(List<Slot[]> trial)
    {
        var best = trial.ConvertAll(r => (Slot[])r.Clone());
        var fewest = Crossings(best);
        for (var sweep = 0; sweep < Sweeps && fewest > 0; sweep++)
        {
            Sweep(trial, down: sweep % 2 == 0);
            if (sweep % 4 == 3)
            {
                Transpose(trial);
            }

            var crossings = Crossings(trial);
            if (crossings < fewest)
            {
                fewest = crossings;
                best = trial.ConvertAll(r => (Slot[])r.Clone());
            }
        }

        Transpose(best);
        return best;
    }

    private static void Chain(LevelLink link, Dictionary<LevelNode, Slot> slots)
    {
        var (upper, lower) = (slots[link.Upper], slots[link.Lower]);
        var labelRank = link.LabelWidth <= 0 ? -1 : link.IsReversed ? lower.Rank - 1 : upper.Rank + 1;
        var aside = link.IsReversed && lower.Rank - upper.Rank > 2;
        link.Chain.Add(upper);
        for (var rank = upper.Rank + 1; rank < lower.Rank; rank++)
        {
            var isLabel = rank == labelRank;
            var slot = new Slot
            {
                Rank = rank,
                Half = isLabel ? link.LabelWidth / 2 : PassageHalf,
                Height = isLabel ? link.LabelHeight : 0,
                Link = link,
                IsAside = aside,
            };
            link.Label = isLabel ? slot : link.Label;
            link.Chain.Add(slot);
        }

        link.Chain.Add(lower);
        for (var i = 1; i < link.Chain.Count; i++)
        {
            var (a, b) = (link.Chain[i - 1], link.Chain[i]);
            var weight = (a.Node is null ? 3.0 : 1.0) * (b.Node is null ? 3.0 : 1.0);
            var offset = (a.Node?.FixedPorts.GetValueOrDefault(link.Key) ?? 0) - (b.Node?.FixedPorts.GetValueOrDefault(link.Key) ?? 0);
            a.Down.Add(new SlotLink(b, -offset, weight));
            b.Up.Add(new SlotLink(a, offset, weight));
        }
    }

    private static void Sweep(List<Slot[]> ranks, bool down)
    {
        for (var i = 1; i < ranks.Count; i++)
        {
            var (at, fixedAt) = down ? (i, i - 1) : (ranks.Count - 1 - i, ranks.Count - i);
            var place = Places(ranks[fixedAt]);
            var keyed = ranks[at].Select((slot, position) =>
            {
                var neighbours = down ? slot.Up : slot.Down;
                var centre = neighbours.Count == 0 ? position : neighbours.Average(n => place[n.Other] + (n.Offset / 10_000));
                return (slot, centre, position);
            });
            ranks[at] = [.. keyed.OrderBy(k => k.slot.IsAside).ThenBy(k => k.centre).ThenBy(k => k.position).Select(k => k.slot)];
        }
    }

    // Neighbours change places as long as that takes crossings away.
    private static void Transpose(List<Slot[]> ranks)
    {
        for (var better = true; better;)
        {
            better = false;
            for (var r = 0; r < ranks.Count; r++)
            {
                var above = r > 0 ? Places(ranks[r - 1]) : [];
                var below = r + 1 < ranks.Count ? Places(ranks[r + 1]) : [];
                for (var i = 1; i < ranks[r].Length; i++)
                {
                    var (a, b) = (ranks[r][i - 1], ranks[r][i]);
                    if (a.IsAside == b.IsAside && Crossings(b, a, above, below) < Crossings(a, b, above, below))
                    {
                        (ranks[r][i - 1], ranks[r][i]) = (b, a);
                        better = true;
                    }
                }
            }
        }
    }

    private static int Crossings(Slot left, Slot right, Dictionary<Slot, int> above, Dictionary<Slot, int> below) =>
        left.Up.Sum(l => right.Up.Count(r => above[l.Other] > above[r.Other])) + left.Down.Sum(l => right.Down.Count(r => below[l.Other] > below[r.Other]));

    private static int Crossings(List<Slot[]> ranks)
    {
        var crossings = 0;
        for (var r = 1; r < ranks.Count; r++)
        {
            var place = Places(ranks[r - 1]);
            var seen = new List<int>();
            foreach (var slot in ranks[r])
            {
                crossings += slot.Up.Sum(u => seen.Count(s => s > place[u.Other]));
                seen.AddRange(slot.Up.Select(u => place[u.Other]));
            }
        }

        return crossings;
    }

    private static Dictionary<Slot, int> Places(Slot[] rank)
    {
        var places = new Dictionary<Slot, int>(rank.Length);
        for (var i = 0; i < rank.Length; i++)
        {
            places[rank[i]] = i;
        }

        return places;
    }
}
