using System.Text.Json.Serialization;
using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

/// <summary>A request to change a dossier. Immutable; its JSON form is stable, because its digest tells a repeat from a reuse.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "command")]
[JsonDerivedType(typeof(SubmitDossier), "submit")]
[JsonDerivedType(typeof(FireTrigger), "fire")]
[JsonDerivedType(typeof(AssignDossier), "assign")]
[JsonDerivedType(typeof(AttachDocuments), "attach")]
[JsonDerivedType(typeof(RecordPayment), "record-payment")]
[JsonDerivedType(typeof(ReappointDossier), "reappoint")]
[JsonDerivedType(typeof(WakeDossier), "wake")]
[JsonDerivedType(typeof(HandOverDossier), "hand-over")]
[JsonDerivedType(typeof(MigrateDossier), "migrate")]
[JsonDerivedType(typeof(TakeBackMigration), "take-back-migration")]
[JsonDerivedType(typeof(OpenLeg), "open-leg")]
[JsonDerivedType(typeof(AcknowledgeLeg), "acknowledge-leg")]
[JsonDerivedType(typeof(EndLeg), "end-leg")]
[JsonDerivedType(typeof(ProjectDeadline), "project-deadline")]
public abstract record DossierCommand
{
    /// <summary>Returns the kind of the command alone: what it brings may be personal and belongs in no log.</summary>
    public sealed override string ToString() => GetType().Name;
}

/// <summary>Submits a new dossier.</summary>
/// <param name="Procedure">The code of the procedure.</param>
/// <param name="ReceivingUnit">The code of the unit whose one-stop shop receives it.</param>
public sealed record SubmitDossier(string Procedure, string ReceivingUnit) : DossierCommand
{
    /// <summary>The version of the procedure; null for the newest.</summary>
    public int? ProcedureVersion { get; init; }

    /// <summary>The unit that settles it; null when the receiving one does.</summary>
    public string? CompetentUnit { get; init; }

    /// <summary>How it came in.</summary>
    public Channel Channel { get; init; } = Channel.Direct;

    /// <summary>Who it is for. Required where the procedure is shown on the portal.</summary>
    public Applicant? Applicant { get; init; }

    /// <summary>Values of the procedure's fields.</summary>
    public IReadOnlyList<FieldValue> Fields { get; init; } = [];

    /// <summary>The documents handed in.</summary>
    public IReadOnlyList<SubmittedDocument> Documents { get; init; } = [];

    /// <summary>A trigger to fire in the same command, right after the submission; null for none.</summary>
    public string? Trigger { get; init; }

    /// <summary>Whose leg it is: the parent's code, the leg's number and the account it is for. Given by the engine alone; null for none.</summary>
    public LegOrigin? LegOf { get; init; }
}

/// <summary>Fires a trigger of the procedure. Which of the data is needed depends on the trigger's act.</summary>
/// <param name="Trigger">The trigger's name.</param>
public sealed record FireTrigger(string Trigger) : DossierCommand
{
    /// <summary>Why. Needed by a refusal and a request for supplement; may name somebody, so it is kept as personal data.</summary>
    public string? Reason { get; init; }

    /// <summary>The legal ground. Needed by a refusal.</summary>
    public string? Ground { get; init; }

    /// <summary>What has to be supplemented. Needed by a request for supplement.</summary>
    public IReadOnlyList<string> Items { get; init; } = [];

    /// <summary>Documents handed in with it.</summary>
    public IReadOnlyList<SubmittedDocument> Documents { get; init; } = [];

    /// <summary>Values of fields given with it.</summary>
    public IReadOnlyList<FieldValue> Fields { get; init; } = [];

    /// <summary>A payment. Needed by the act <see cref="Act.Pay"/>.</summary>
    public Payment? Payment { get; init; }

    /// <summary>A further amount to be paid, in dong, with a request for payment; null when the assessed fees are meant.</summary>
    public long? Amount { get; init; }

    /// <summary>The number or code of the result, with a decision.</summary>
    public string? Result { get; init; }
}

/// <summary>Gives the dossier to a role, an officer or a unit. What is null stays as it is.</summary>
public sealed record AssignDossier : DossierCommand
{
    /// <summary>The unit, or null.</summary>
    public string? Unit { get; init; }

    /// <summary>The role, or null.</summary>
    public string? Role { get; init; }

    /// <summary>The officer's account id, or null.</summary>
    public string? Officer { get; init; }
}

/// <summary>Adds documents while the dossier is open.</summary>
/// <param name="Documents">The documents. Not empty.</param>
public sealed record AttachDocuments(IReadOnlyList<SubmittedDocument> Documents) : DossierCommand;

/// <summary>Records a payment that moves nothing in the machine.</summary>
/// <param name="Payment">The payment.</param>
public sealed record RecordPayment(Payment Payment) : DossierCommand;

/// <summary>Promises a new date with an apology: once, and at the latest one day before the old date (Decree 61/2018 Art 19.9; form 04).</summary>
/// <param name="NewDue">The new date's moment, later than the old one.</param>
/// <param name="Reason">Why. May name somebody, so it is kept as personal data.</param>
/// <param name="ApologyDocument">The number of the written apology.</param>
public sealed record ReappointDossier(DateTimeOffset NewDue, string Reason, string ApologyDocument) : DossierCommand;

/// <summary>Does what timers ask for at the command's time. Given by the engine alone; changes nothing when nothing is due.</summary>
public sealed record WakeDossier : DossierCommand;

/// <summary>Hands an open dossier over to the units that take the place of its own in a reorganisation. What is null stays as it is.</summary>
/// <remarks>Number, promises, clock, state, timers and history stay as they are; the officer that has it is let go when the unit that has it changes.</remarks>
/// <param name="Plan">The id of the plan.</param>
/// <param name="Ground">The legal ground of the reorganisation.</param>
public sealed record HandOverDossier(string Plan, string Ground) : DossierCommand
{
    /// <summary>The unit that counts as having received it from now on, or null.</summary>
    public string? ReceivingUnit { get; init; }

    /// <summary>The unit that settles it from now on, or null.</summary>
    public string? CompetentUnit { get; init; }

    /// <summary>The unit that has it from now on, or null.</summary>
    public string? Unit { get; init; }
}
