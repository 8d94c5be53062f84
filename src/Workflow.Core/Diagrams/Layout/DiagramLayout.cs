namespace Workflow.Core.Diagrams.Layout;

/// <summary>Places a whole picture: the inside of each frame as a level of its own, from the outermost inwards for what goes up or down, and back for the sizes.</summary>
internal sealed class DiagramLayout
{
    // The printable part of an A4 page, in millimetres; and about what heading and legend take, in units of the picture.
    private const double PageWidth = 190;
    private const double PageHeight = 277;
    private const double HeadAndLegend = 170;

    private const double FrameSide = 14;
    private const double LoopReach = 22;

    private readonly DiagramModel _model;

    // How wide the lines in boxes may be: what fits a page best is taken.
    private static readonly double[] s_widths = [176, 200, 232];

    private DiagramLayout(DiagramModel model, double widest)
    {
        _model = model;
        Sizes = [.. model.States.Select(s => StateSize.Of(s, widest))];
        Labels = [.. model.Edges.Select(e => (IReadOnlyList<string>)[.. e.Lines.SelectMany(l => DiagramText.Wrap(l, StateSize.LabelFont, 150, 3))])];
    }

    public IReadOnlyList<StateSize> Sizes { get; }

    /// <summary>The lines of each edge's label.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Labels { get; }

    public static (Drawing Drawing, IReadOnlyList<StateSize> Sizes, IReadOnlyList<IReadOnlyList<string>> Labels) Of(DiagramModel model)
    {
        var trials = s_widths.Select(w =>
        {
            var layout = new DiagramLayout(model, w);
            return (layout.Arrange(null, []).Drawing, layout.Sizes, layout.Labels);
        });
        return trials.MaxBy(t => Math.Min(PageWidth / t.Drawing.Width, PageHeight / (t.Drawing.Height + HeadAndLegend)));
    }

    // An edge that crosses this frame's border: which of its ends is inside, and whether it crosses above or below.
    private readonly record struct Crossing(int Edge, bool Entering, bool Above);

    private (Drawing Drawing, Dictionary<int, double> Ports) Arrange(int? frame, List<Crossing> crossings)
    {
        var nodes = _model.States.Where(s => s.Parent == frame).Select(s => new LevelNode(s.Id)).ToList();
        var byState = nodes.ToDictionary(n => n.Key);
        var inner = LinksWithin(frame, byState);
        var points = crossings.ToDictionary(c => c.Edge, c => new LevelNode(-1 - c.Edge) { Half = 4, IsTopCrossing = c.Above, IsBottomCrossing = !c.Above });
        var links = new List<LevelLink>(inner);
        foreach (var crossing in crossings)
        {
            var edge = _model.Edges[crossing.Edge];
            var inside = byState[ChildOf(frame, crossing.Entering ? edge.To : edge.From)];
            links.Add(crossing.Entering
                ? new LevelLink(crossing.Edge, points[crossing.Edge], inside) { HasHead = inside.Key == edge.To }
                : new LevelLink(crossing.Edge, inside, points[crossing.Edge]) { HasHead = false });
        }

        // An edge between a frame and a state within it begins or ends at the frame's own border.
        foreach (var (edge, index) in _model.Edges.Select((e, i) => (e, i)).Where(p => p.e.From != p.e.To && (p.e.From == frame || p.e.To == frame) && IsWithin(p.e.From == frame ? p.e.To : p.e.From, frame)))
        {
            var (width, height) = StateSize.OfLabel(Labels[index]);
            var point = points[index] = new LevelNode(-1 - index) { Half = 4, IsTopCrossing = edge.From == frame, IsBottomCrossing = edge.From != frame };
            var inside = byState[ChildOf(frame, edge.From == frame ? edge.To : edge.From)];
            links.Add(edge.From == frame
                ? new LevelLink(index, point, inside) { HasHead = inside.Key == edge.To, LabelWidth = width, LabelHeight = height }
                : new LevelLink(index, inside, point) { LabelWidth = width, LabelHeight = height });
        }

        var all = (List<LevelNode>)[.. nodes.OrderByDescending(n => _model.States[n.Key].IsInitial || Holds(n.Key)), .. points.Values];
        Layering.BreakCycles(all, links);
        Layering.AssignLayers(all, links);
        var drawing = new Drawing();
        var insides = new Dictionary<int, Drawing>();
        foreach (var node in nodes)
        {
            if (_model.States[node.Key].IsGroup)
            {
                insides[node.Key] = ArrangeInside(node, links);
            }
            else
            {
                (node.Half, node.Height) = (Sizes[node.Key].Width / 2, Sizes[node.Key].Height);
            }

            MakeRoomForLoops(node);
        }

        LevelLayout.Place(all, links, drawing);
        foreach (var node in nodes)
        {
            var box = new Box(Math.Round(node.X - node.Half, 1), node.Y, 2 * node.Half, node.Height);
            if (insides.TryGetValue(node.Key, out var inside))
            {
                drawing.Take(inside, box.X, box.Y);
            }

            drawing.Boxes.Add(node.Key, box);
            AddLoops(node.Key, box, drawing);
        }

        return (drawing, crossings.ToDictionary(c => c.Edge, c => points[c.Edge].X));
    }

    private List<LevelLink> LinksWithin(int? frame, Dictionary<int, LevelNode> byState)
    {
        var links = new List<LevelLink>();
        for (var i = 0; i < _model.Edges.Count; i++)
        {
            var edge = _model.Edges[i];
            if (!IsWithin(edge.From, frame) || !IsWithin(edge.To, frame))
            {
                continue;
            }

            var (from, to) = (ChildOf(frame, edge.From), ChildOf(frame, edge.To));
            if (from != to)
            {
                var (width, height) = StateSize.OfLabel(Labels[i]);
                links.Add(new LevelLink(i, byState[from], byState[to]) { LabelWidth = width, LabelHeight = height, HasHead = to == edge.To });
            }
        }

        return links;
    }

    // The inside of a frame with its heading and borders; sets the frame's size and where edges cross its border.
    private Drawing ArrangeInside(LevelNode node, List<LevelLink> links)
    {
        var crossings = new List<Crossing>();
        foreach (var link in links.Where(l => l.From == node || l.To == node))
        {
            var entering = link.To == node;
            var end = entering ? _model.Edges[link.Key].To : _model.Edges[link.Key].From;
            if (end != node.Key)
            {
                crossings.Add(new Crossing(link.Key, entering, Above: link.Lower == node));
            }
        }

        var (inside, ports) = Arrange(node.Key, crossings);
        var size = Sizes[node.Key];
        var width = Math.Max(size.Width, inside.Width + (2 * FrameSide));
        var left = Math.Round((width - inside.Width) / 2, 1);
        var framed = new Drawing { Width = width, Height = size.Heading + inside.Height + FrameSide };
        framed.Take(inside, left, size.Heading);
        Extend(framed, [.. crossings, .. OwnBorder(node.Key)], size.Heading);
        (node.Half, node.Height) = (width / 2, framed.Height);
        foreach (var (edge, x) in ports)
        {
            node.FixedPorts[edge] = x + left - (width / 2);
        }

        return framed;
    }

    // Lines that cross the border reach over the heading and the margin.
    private static void Extend(Drawing framed, List<Crossing> crossings, double heading)
    {
        var above = crossings.Where(c => c.Above).Select(c => c.Edge).ToHashSet();
        var below = crossings.Where(c => !c.Above).Select(c => c.Edge).ToHashSet();
        for (var i = 0; i < framed.Routes.Count; i++)
        {
            var route = framed.Routes[i];
            if (above.Contains(route.Edge) && Math.Abs(route.Runs[0].Top - heading) < 0.5)
            {
                framed.Routes[i] = route with { Runs = [route.Runs[0] with { Top = 0 }, .. route.Runs.Skip(1)] };
            }
            else if (below.Contains(route.Edge) && Math.Abs(route.Runs[^1].Bottom - (framed.Height - FrameSide)) < 0.5)
            {
                framed.Routes[i] = route with { Runs = [.. route.Runs.SkipLast(1), route.Runs[^1] with { Bottom = framed.Height }] };
            }
        }
    }

    // Edges between a frame and what is in it end at its border, from within.
    private IEnumerable<Crossing> OwnBorder(int frame)
    {
        for (var i = 0; i < _model.Edges.Count; i++)
        {
            var edge = _model.Edges[i];
            if (edge.From != edge.To && ((edge.From == frame && IsWithin(edge.To, frame)) || (edge.To == frame && IsWithin(edge.From, frame))))
            {
                yield return new Crossing(i, edge.To != frame, Above: edge.From == frame);
            }
        }
    }

    private IEnumerable<int> LoopsOf(int state) => Enumerable.Range(0, _model.Edges.Count).Where(i => _model.Edges[i].From == state && _model.Edges[i].To == state);

    private void MakeRoomForLoops(LevelNode node)
    {
        var labels = LoopsOf(node.Key).Select(i => StateSize.OfLabel(Labels[i])).ToList();
        if (labels.Count > 0)
        {
            node.Extra = LoopReach + labels.Max(l => l.Width);
            node.Height = Math.Max(node.Height, labels.Sum(l => l.Height + 4));
        }
    }

    private void AddLoops(int state, Box box, Drawing drawing)
    {
        var y = box.Y + 2;
        foreach (var edge in LoopsOf(state))
        {
            var (width, height) = StateSize.OfLabel(Labels[edge]);
            drawing.Loops.Add(new Loop(edge, box.Right, y + 2, y + height - 2));
            drawing.Labels.Add(edge, new Box(box.Right + LoopReach, y, width, height));
            y += height + 4;
        }
    }

    private bool IsWithin(int state, int? frame)
    {
        for (var at = _model.States[state].Parent; at is not null; at = _model.States[at.Value].Parent)
        {
            if (at == frame)
            {
                return true;
            }
        }

        return frame is null;
    }

    private int ChildOf(int? frame, int state)
    {
        while (_model.States[state].Parent != frame)
        {
            state = _model.States[state].Parent!.Value;
        }

        return state;
    }

    private bool Holds(int frame) => _model.States.Any(s => s.IsInitial && IsWithin(s.Id, frame));
}
