namespace Workflow.Core.Diagrams.Layout;

/// <summary>What one level of a picture places: the states of one frame, and the points where edges cross the frame.</summary>
internal sealed class LevelNode(int key)
{
    /// <summary>The state's id; negative for a crossing point.</summary>
    public int Key { get; } = key;

    /// <summary>Half of the box's width. The box stands around the node's anchor.</summary>
    public double Half { get; set; }

    /// <summary>What is needed to the right of the box, for loops.</summary>
    public double Extra { get; set; }

    public double Height { get; set; }

    /// <summary>Where an edge of this key meets the box, from the anchor; for frames, whose inside decides it.</summary>
    public Dictionary<int, double> FixedPorts { get; } = [];

    public bool IsTopCrossing { get; init; }

    public bool IsBottomCrossing { get; init; }

    public bool IsCrossing => IsTopCrossing || IsBottomCrossing;

    /// <summary>Its layer, from 0 at the top.</summary>
    public int Layer { get; set; }

    /// <summary>The anchor's place, the box's centre.</summary>
    public double X { get; set; }

    /// <summary>The box's upper border.</summary>
    public double Y { get; set; }
}

/// <summary>An edge within one level.</summary>
internal sealed class LevelLink(int key, LevelNode from, LevelNode to)
{
    /// <summary>The edge's position in the model.</summary>
    public int Key { get; } = key;

    public LevelNode From { get; } = from;

    public LevelNode To { get; } = to;

    /// <summary>The label's size; nothing when the label stands at another level.</summary>
    public double LabelWidth { get; init; }

    public double LabelHeight { get; init; }

    /// <summary>Whether the arrow's head is drawn at this level.</summary>
    public bool HasHead { get; init; } = true;

    /// <summary>Whether it runs upwards.</summary>
    public bool IsReversed { get; set; }

    public LevelNode Upper => IsReversed ? To : From;

    public LevelNode Lower => IsReversed ? From : To;

    /// <summary>The places it takes from its upper end to its lower.</summary>
    public List<Slot> Chain { get; } = [];

    /// <summary>Where the label is, or null.</summary>
    public Slot? Label { get; set; }
}

/// <summary>A place in a rank: a node, a label, or the passage of an edge. Even ranks hold the nodes, odd ones the labels between them.</summary>
internal sealed class Slot
{
    public required int Rank { get; init; }

    public double Half { get; init; }

    public double Extra { get; init; }

    public double Height { get; init; }

    public LevelNode? Node { get; init; }

    /// <summary>The edge that passes; null for a node.</summary>
    public LevelLink? Link { get; init; }

    /// <summary>Whether it belongs to an edge that goes back over several layers, which is led round the right side.</summary>
    public bool IsAside { get; init; }

    public double X { get; set; }

    public List<SlotLink> Up { get; } = [];

    public List<SlotLink> Down { get; } = [];
}

/// <summary>A neighbour in the next rank.</summary>
/// <param name="Other">The neighbour.</param>
/// <param name="Offset">What the neighbour's port adds to its place, less what the own port adds.</param>
/// <param name="Weight">How much a straight line matters.</param>
internal readonly record struct SlotLink(Slot Other, double Offset, double Weight);
