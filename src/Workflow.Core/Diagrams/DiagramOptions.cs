namespace Workflow.Core.Diagrams;

/// <summary>The language of a diagram's words. Names that a definition gives in one language alone stay in that one.</summary>
public enum DiagramLanguage
{
    /// <summary>Vietnamese.</summary>
    Vi,

    /// <summary>English.</summary>
    En,
}

/// <summary>How a diagram is drawn.</summary>
public sealed record DiagramOptions
{
    /// <summary>The language.</summary>
    public DiagramLanguage Language { get; init; }

    /// <summary>Whether the exits that many states have (withdrawal, stopping, refusal) are drawn as edges too, rather than as badges with a legend.</summary>
    public bool AllEdges { get; init; }
}
