namespace Workflow.Core.Diagrams.Layout;

/// <summary>A rectangle; <paramref name="X"/> and <paramref name="Y"/> are its upper left corner.</summary>
internal readonly record struct Box(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public Box Moved(double dx, double dy) => new(X + dx, Y + dy, Width, Height);

    /// <summary>Whether both share more than a border.</summary>
    public bool Overlaps(Box other) => X < other.Right && other.X < Right && Y < other.Bottom && other.Y < Bottom;

    public bool Contains(Box other) => X <= other.X && Y <= other.Y && Right >= other.Right && Bottom >= other.Bottom;
}

/// <summary>A vertical stretch of a line. Between two of them the line swings over.</summary>
internal readonly record struct Run(double X, double Top, double Bottom)
{
    public Run Moved(double dx, double dy) => new(X + dx, Top + dy, Bottom + dy);
}

/// <summary>A piece of an edge from its upper end to its lower.</summary>
/// <param name="Edge">The edge.</param>
/// <param name="Runs">The stretches, from above.</param>
/// <param name="Head">Where the arrow's head is: -1 above, 1 below, 0 at another piece.</param>
/// <param name="IsBack">Whether it runs upwards.</param>
internal sealed record Route(int Edge, IReadOnlyList<Run> Runs, int Head, bool IsBack);

/// <summary>An edge from a state to itself, to the right of its box.</summary>
internal sealed record Loop(int Edge, double X, double Top, double Bottom);

/// <summary>A picture with every place decided.</summary>
internal sealed class Drawing
{
    public double Width { get; set; }

    public double Height { get; set; }

    /// <summary>The boxes of states and the frames of superstates, by id.</summary>
    public Dictionary<int, Box> Boxes { get; } = [];

    /// <summary>The labels, by edge.</summary>
    public Dictionary<int, Box> Labels { get; } = [];

    public List<Route> Routes { get; } = [];

    public List<Loop> Loops { get; } = [];

    /// <summary>Takes over another drawing, moved.</summary>
    public void Take(Drawing other, double dx, double dy)
    {
        foreach (var (id, box) in other.Boxes)
        {
            Boxes.Add(id, box.Moved(dx, dy));
        }

        foreach (var (edge, box) in other.Labels)
        {
            Labels.Add(edge, box.Moved(dx, dy));
        }

        Routes.AddRange(other.Routes.Select(r => r with { Runs = [.. r.Runs.Select(u => u.Moved(dx, dy))] }));
        Loops.AddRange(other.Loops.Select(l => new Loop(l.Edge, l.X + dx, l.Top + dy, l.Bottom + dy)));
    }
}
