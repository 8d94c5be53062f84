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

    /// <summary>What was assessed, in dong, with what the command adds.</summary>
    long FeesAssessed { get; }

    /// <summary>What was paid, in dong, with what the command pays.</summary>
    long FeesPaid { get; }

    /// <summary>What is still to be paid, in dong; 0 or less when nothing is.</summary>
    long FeesOutstanding { get; }

    /// <summary>Whether a decision has been signed.</summary>
    bool HasDecision { get; }

    /// <summary>How the dossier came in: <c>direct</c>, <c>online</c> or <c>post</c>.</summary>
    string Channel { get; }

    /// <summary>The code of the portal status that the dossier shows, 1 to 10; null for procedures that no portal shows.</summary>
    int? Status { get; }

    /// <summary>How many supplements were asked for.</summary>
    int Supplements { get; }

    /// <summary>How many new dates were promised.</summary>
    int Reappointments { get; }

    /// <summary>When the dossier was submitted.</summary>
    DateTimeOffset SubmittedAt { get; }

    /// <summary>When it was accepted, or null.</summary>
    DateTimeOffset? AcceptedAt { get; }

    /// <summary>The promised moment, or null while nothing is promised.</summary>
    DateTimeOffset? Due { get; }

    /// <summary>The code of the unit whose one-stop shop received it.</summary>
    string ReceivingUnit { get; }

    /// <summary>The code of the unit that settles it.</summary>
    string CompetentUnit { get; }

    /// <summary>The code of the unit that has it now.</summary>
    string Unit { get; }

    /// <summary>Whether the acting person holds a role.</summary>
    bool HasRole(string role);

    /// <summary>Whether a document of this code was handed in.</summary>
    bool HasDocument(string code);

    /// <summary>The value of a field as text, or null when it has none.</summary>
    string? Field(string name);

    /// <summary>How a leg stands; null when it is not part of the dossier, or nothing is known of it.</summary>
    LegFact? Leg(string name);
}
