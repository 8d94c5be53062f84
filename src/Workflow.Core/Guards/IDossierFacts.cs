namespace Workflow.Core.Guards;

/// <summary>What a guard may ask about a dossier, the command before it and the person who gives it.</summary>
/// <remarks>Valid during one decision only; a guard must not keep it. Every member is a pure look-up.</remarks>
public interface IDossierFacts
{
    /// <summary>The legal time of the command.</summary>
    DateTimeOffset Time { get; }

    /// <summary>The acting person's id.</summary>
    string ActorId { get; }

    /// <summary>The code of the acting person's unit, or null for the applicant and the system.</summary>
    string? ActorUnit { get; }

    /// <summary>Whether every required document is there.</summary>
    bool DocumentsComplete { get; }

    /// <summary>What is still to be paid, in dong; 0 or less when nothing is.</summary>
    long FeesOutstanding { get; }

    /// <summary>Whether a decision has been signed.</summary>
    bool HasDecision { get; }

    /// <summary>Whether a document of this code was handed in.</summary>
    bool HasDocument(string code);

    /// <summary>The value of a field as text, or null when it has none.</summary>
    string? Field(string name);
}
