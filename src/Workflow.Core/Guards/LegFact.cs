namespace Workflow.Core.Guards;

/// <summary>How another agency's part of a dossier stands.</summary>
public enum LegFact
{
    /// <summary>It has not ended.</summary>
    Running,

    /// <summary>It ended as it should.</summary>
    EndedWell,

    /// <summary>It ended without its result.</summary>
    EndedBadly,
}
