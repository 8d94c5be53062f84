namespace Workflow.Core.Diagrams;

/// <summary>What a picture shows, in the picture's language, before anything is placed. Texts are clean: see <see cref="DiagramText"/>.</summary>
/// <param name="Title">What the picture is of.</param>
/// <param name="Subtitle">Its code, version and limit.</param>
/// <param name="Words">The words of its language.</param>
/// <param name="States">The states drawn; an id is the position here.</param>
/// <param name="Edges">The edges drawn.</param>
/// <param name="Exits">What the badges mean.</param>
/// <param name="IsPath">Whether it shows a dossier's path.</param>
internal sealed record DiagramModel(
    string Title,
    string Subtitle,
    DiagramWords Words,
    IReadOnlyList<DiagramState> States,
    IReadOnlyList<DiagramEdge> Edges,
    IReadOnlyList<DiagramExit> Exits,
    bool IsPath);

/// <summary>Where a dossier in a state stands, for colours.</summary>
internal enum DiagramPhase
{
    Intake,
    InProcess,
    Waiting,
    Done,
    Refused,
}

/// <summary>A state as it is drawn.</summary>
internal sealed record DiagramState(int Id, string Name, string Title, DiagramPhase Phase)
{
    /// <summary>The superstate's id, or null.</summary>
    public int? Parent { get; init; }

    /// <summary>Whether it is drawn as a frame around its substates.</summary>
    public bool IsGroup { get; init; }

    /// <summary>The number of the portal status, or null.</summary>
    public int? Status { get; init; }

    public bool IsInitial { get; init; }

    public bool IsFinal { get; init; }

    /// <summary>Who has the dossier, how long, and the like; a line each.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    /// <summary>The parts of other agencies; a line each.</summary>
    public IReadOnlyList<string> Legs { get; init; } = [];

    /// <summary>The badges of the common exits that it has.</summary>
    public IReadOnlyList<string> Badges { get; init; } = [];

    /// <summary>Whether the dossier was here; true in a picture of a procedure.</summary>
    public bool IsVisited { get; init; } = true;

    public bool IsCurrent { get; init; }
}

/// <summary>An edge as it is drawn: one or more transitions between two states.</summary>
/// <param name="From">The id of the state that it leaves.</param>
/// <param name="To">The id of the state that it enters.</param>
/// <param name="Lines">What stands at it; a line each. Never empty.</param>
/// <param name="IsTaken">Whether the dossier took it; true in a picture of a procedure.</param>
internal sealed record DiagramEdge(int From, int To, IReadOnlyList<string> Lines, bool IsTaken);

/// <summary>An exit that many states have.</summary>
/// <param name="Badge">The letter that stands in the states.</param>
/// <param name="Trigger">The trigger.</param>
/// <param name="Destination">The final state.</param>
/// <param name="Phase">The final state's phase.</param>
internal sealed record DiagramExit(string Badge, string Trigger, string Destination, DiagramPhase Phase);
