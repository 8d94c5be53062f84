using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

/// <summary>A recorded fact about the legs of a dossier.</summary>
public abstract record LegEvent : DossierEvent;

/// <summary>The dossier entered a state that waits for legs.</summary>
/// <param name="State">The state.</param>
/// <param name="Legs">The legs that are part of this case, in the order of the procedure; empty when none is.</param>
public sealed record LegsAwaited(string State, IReadOnlyList<PlannedLeg> Legs) : LegEvent;

/// <summary>A leg that a dossier will wait for.</summary>
/// <param name="Number">Its number within the dossier.</param>
/// <param name="Name">Its name in the procedure.</param>
/// <param name="Unit">The unit that receives it.</param>
public sealed record PlannedLeg(int Number, string Name, string Unit);

/// <summary>A leg was sent to its agency, with all that its dossier gets. The applicant and personal fields are in the personal part.</summary>
/// <param name="Number">Its number within the dossier.</param>
/// <param name="Name">Its name in the procedure.</param>
/// <param name="Procedure">The code of its own procedure.</param>
/// <param name="Unit">The unit that receives it.</param>
/// <param name="Channel">How its dossier comes in: as this one did.</param>
/// <param name="Owner">The account that it is for.</param>
public sealed record LegDispatched(int Number, string Name, string Procedure, string Unit, Channel Channel, string Owner) : LegEvent
{
    /// <summary>The last moment at which it is acknowledged in time, or null.</summary>
    public DateTimeOffset? AcknowledgeBy { get; init; }

    /// <summary>The last moment at which it ends in time, or null.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>The first moment at which silence is agreement, or null.</summary>
    public DateTimeOffset? DeemedAt { get; init; }

    /// <summary>The values of fields of its procedure that are not personal here.</summary>
    public IReadOnlyList<FieldValue> Fields { get; init; } = [];

    /// <summary>The documents that it gets.</summary>
    public IReadOnlyList<SubmittedDocument> Documents { get; init; } = [];
}

/// <summary>The dossier of a leg exists.</summary>
/// <param name="Number">The leg's number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Code">The code of its dossier.</param>
public sealed record LegOpened(int Number, string Name, string Code) : LegEvent;

/// <summary>The agency has taken up a leg.</summary>
/// <param name="Number">The leg's number.</param>
/// <param name="Name">Its name.</param>
/// <param name="At">When that was.</param>
public sealed record LegAcknowledged(int Number, string Name, DateTimeOffset At) : LegEvent;

/// <summary>An alert: the agency did not acknowledge a leg in time (Decree 63/2024 Art 7).</summary>
/// <param name="Number">The leg's number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Due">The last moment in time.</param>
public sealed record LegUnacknowledged(int Number, string Name, DateTimeOffset Due) : LegEvent;

/// <summary>A leg did not end in time (Decree 61/2018 Art 19.6).</summary>
/// <param name="Number">The leg's number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Due">The last moment in time.</param>
public sealed record LegLate(int Number, string Name, DateTimeOffset Due) : LegEvent;

/// <summary>The dossier of a leg ended, or could not be submitted.</summary>
/// <param name="Number">The leg's number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="At">When that was.</param>
public sealed record LegEnded(int Number, string Name, LegOutcome Outcome, DateTimeOffset At) : LegEvent
{
    /// <summary>The number or code of its result, or null.</summary>
    public string? Result { get; init; }

    /// <summary>The state in which its dossier ended; null when it was never submitted.</summary>
    public string? State { get; init; }

    /// <summary>The portal status there, or null.</summary>
    public PortalStatus? Status { get; init; }

    /// <summary>The names of the guards for which its submission was refused; empty when it was submitted.</summary>
    public IReadOnlyList<string> Unmet { get; init; } = [];
}

/// <summary>The agency of a leg was silent for too long: it is deemed to agree and is responsible for that (procedure 1.013225).</summary>
/// <param name="Number">The leg's number.</param>
/// <param name="Name">Its name.</param>
/// <param name="Unit">The agency's unit.</param>
/// <param name="DeemedAt">The first moment at which silence was agreement.</param>
public sealed record LegDeemedAgreed(int Number, string Name, string Unit, DateTimeOffset DeemedAt) : LegEvent;

/// <summary>The dossier left the state that waited for this leg before the leg had ended: the agency need not go on.</summary>
/// <param name="Number">The leg's number.</param>
/// <param name="Name">Its name.</param>
public sealed record LegRecalled(int Number, string Name) : LegEvent;

/// <summary>What follows from the legs (a next leg, or the way on) could not be done; it is tried again.</summary>
/// <param name="Trigger">The trigger that was refused; null when it did not come to one.</param>
/// <param name="Unmet">The names of the unmet guards.</param>
/// <param name="NextTry">When it is tried again.</param>
public sealed record LegsDeferred(string? Trigger, IReadOnlyList<string> Unmet, DateTimeOffset NextTry) : LegEvent;

/// <summary>The moments of an agency were computed again with a calendar that was published later.</summary>
/// <param name="Number">The leg.</param>
/// <param name="Calendar">The version of that calendar.</param>
public sealed record LegRescheduled(int Number, string Calendar) : LegEvent
{
    /// <summary>The last moment at which it is acknowledged in time, or null.</summary>
    public DateTimeOffset? AcknowledgeBy { get; init; }

    /// <summary>The last moment at which it ends in time, or null.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>The first moment at which silence is agreement, or null.</summary>
    public DateTimeOffset? DeemedAt { get; init; }
}

/// <summary>What a leg's dossier has to tell the dossier that waits for it; the engine carries it there.</summary>
/// <param name="Parent">The code of the dossier that waits.</param>
/// <param name="LegNumber">The leg's number there.</param>
public abstract record LegReport(string Parent, int LegNumber) : DossierEvent;

/// <summary>The agency has taken up this leg: it accepted the dossier, or an officer moved it.</summary>
/// <inheritdoc cref="LegReport"/>
public sealed record AcknowledgementReported(string Parent, int LegNumber) : LegReport(Parent, LegNumber);

/// <summary>This leg ended.</summary>
/// <param name="Parent">The code of the dossier that waits.</param>
/// <param name="LegNumber">The leg's number there.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="State">The final state.</param>
/// <param name="Status">The portal status there, or null.</param>
public sealed record OutcomeReported(string Parent, int LegNumber, LegOutcome Outcome, string State, PortalStatus? Status) : LegReport(Parent, LegNumber)
{
    /// <summary>The number or code of the result, or null.</summary>
    public string? Result { get; init; }
}
