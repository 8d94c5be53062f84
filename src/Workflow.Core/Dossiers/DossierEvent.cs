using System.Text.Json.Serialization;
using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

/// <summary>A recorded fact about a dossier. Immutable.</summary>
/// <remarks>
/// The JSON forms are stored for ever. A changed form gets a new discriminator, and the old one an upcaster. Everything that
/// <see cref="Dossier.Apply(IReadOnlyList{DossierEvent}, DateTimeOffset)"/> needs is in the event, so that no calendar or procedure change can alter the past.
/// </remarks>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(DossierSubmitted), "submitted.1")]
[JsonDerivedType(typeof(DossierMoved), "moved.1")]
[JsonDerivedType(typeof(DossierAccepted), "accepted.1")]
[JsonDerivedType(typeof(DossierRefused), "refused.1")]
[JsonDerivedType(typeof(SupplementRequested), "supplement-requested.1")]
[JsonDerivedType(typeof(SupplementReceived), "supplement-received.1")]
[JsonDerivedType(typeof(PaymentRequested), "payment-requested.1")]
[JsonDerivedType(typeof(PaymentReceived), "payment-received.1")]
[JsonDerivedType(typeof(DossierTransferred), "transferred.1")]
[JsonDerivedType(typeof(DossierAssigned), "assigned.1")]
[JsonDerivedType(typeof(DocumentsAttached), "documents-attached.1")]
[JsonDerivedType(typeof(FieldsSet), "fields-set.1")]
[JsonDerivedType(typeof(DecisionSigned), "decision-signed.1")]
[JsonDerivedType(typeof(DossierReappointed), "reappointed.1")]
[JsonDerivedType(typeof(ClockSuspended), "clock-suspended.1")]
[JsonDerivedType(typeof(ClockResumed), "clock-resumed.1")]
[JsonDerivedType(typeof(ClockStopped), "clock-stopped.1")]
[JsonDerivedType(typeof(StepOverdue), "step-overdue.1")]
[JsonDerivedType(typeof(TimeoutDeferred), "timeout-deferred.1")]
[JsonDerivedType(typeof(DueNear), "due-near.1")]
[JsonDerivedType(typeof(DeadlineMissed), "deadline-missed.1")]
[JsonDerivedType(typeof(DossierHandedOver), "handed-over.1")]
[JsonDerivedType(typeof(DossierMigrated), "migrated.1")]
[JsonDerivedType(typeof(MigrationTakenBack), "migration-taken-back.1")]
[JsonDerivedType(typeof(LegsAwaited), "legs-awaited.1")]
[JsonDerivedType(typeof(LegDispatched), "leg-dispatched.1")]
[JsonDerivedType(typeof(LegOpened), "leg-opened.1")]
[JsonDerivedType(typeof(LegAcknowledged), "leg-acknowledged.1")]
[JsonDerivedType(typeof(LegUnacknowledged), "leg-unacknowledged.1")]
[JsonDerivedType(typeof(LegLate), "leg-late.1")]
[JsonDerivedType(typeof(LegEnded), "leg-ended.1")]
[JsonDerivedType(typeof(LegDeemedAgreed), "leg-deemed-agreed.1")]
[JsonDerivedType(typeof(LegRecalled), "leg-recalled.1")]
[JsonDerivedType(typeof(LegsDeferred), "legs-deferred.1")]
[JsonDerivedType(typeof(LegRescheduled), "leg-rescheduled.1")]
[JsonDerivedType(typeof(AcknowledgementReported), "acknowledgement-reported.1")]
[JsonDerivedType(typeof(OutcomeReported), "outcome-reported.1")]
[JsonDerivedType(typeof(PromiseRecomputed), "promise-recomputed.1")]
public abstract record DossierEvent
{
    /// <summary>The personal part, stored apart from the rest; null when there is none or it was erased.</summary>
    [JsonIgnore]
    public PersonalData? Personal { get; init; }
}

/// <summary>The dossier exists.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Procedure">The procedure's code.</param>
/// <param name="ProcedureVersion">The procedure's version, which the dossier keeps.</param>
/// <param name="ContentHash">The procedure's content hash.</param>
/// <param name="State">The initial state.</param>
/// <param name="Status">Its portal status, or null.</param>
/// <param name="Role">The role that has it, or null.</param>
/// <param name="ReceivingUnit">The unit that receives it.</param>
/// <param name="CompetentUnit">The unit that settles it.</param>
/// <param name="Channel">How it came in.</param>
/// <param name="OnlineLevel">The level of the online service at that time, or null.</param>
/// <param name="Owner">The account that submitted it.</param>
public sealed record DossierSubmitted(
    string Code,
    string Procedure,
    int ProcedureVersion,
    string ContentHash,
    string State,
    PortalStatus? Status,
    string? Role,
    string ReceivingUnit,
    string CompetentUnit,
    Channel Channel,
    int? OnlineLevel,
    string Owner) : DossierEvent
{
    /// <summary>When the first step's limit passes, or null.</summary>
    public DateTimeOffset? StepDue { get; init; }

    /// <summary>When the first state's timeout fires, or null.</summary>
    public DateTimeOffset? TimeoutAt { get; init; }

    /// <summary>The documents handed in.</summary>
    public IReadOnlyList<SubmittedDocument> Documents { get; init; } = [];

    /// <summary>The values of fields that are not personal.</summary>
    public IReadOnlyList<FieldValue> Fields { get; init; } = [];

    /// <summary>The code of the dossier whose leg this is, or null.</summary>
    public string? Parent { get; init; }

    /// <summary>The number of the leg there; null exactly when <see cref="Parent"/> is.</summary>
    public int? LegNumber { get; init; }
}

/// <summary>The dossier took a transition.</summary>
/// <param name="Trigger">The trigger.</param>
/// <param name="Act">The trigger's act.</param>
/// <param name="From">The state it left.</param>
/// <param name="To">The state it entered.</param>
/// <param name="Status">The portal status there, or null.</param>
/// <param name="Role">The role that has it there, or null.</param>
public sealed record DossierMoved(string Trigger, Act Act, string From, string To, PortalStatus? Status, string? Role) : DossierEvent
{
    /// <summary>When the step's limit passes, or null.</summary>
    public DateTimeOffset? StepDue { get; init; }

    /// <summary>When the state's timeout fires, or null.</summary>
    public DateTimeOffset? TimeoutAt { get; init; }

    /// <summary>Whether the dossier ends here.</summary>
    public bool Closes { get; init; }

    /// <summary>Whether no state was left: the machine was in the destination already, and its timers run on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Stays { get; init; }
}

/// <summary>A valid dossier was accepted: receipt and promised date (Decree 61/2018 Art 17; form 01).</summary>
/// <param name="Limit">The time limit as text, or null when the law sets none.</param>
/// <param name="Promise">The promised date, or null.</param>
/// <param name="Fees">The fees assessed, in dong.</param>
public sealed record DossierAccepted(string? Limit, Promise? Promise, long Fees) : DossierEvent;

/// <summary>A promised date as it was computed.</summary>
/// <param name="Due">The promised moment.</param>
/// <param name="LimitEnd">Where the limit itself ends, before days off move it (Civil Code 2015 Art 148.5).</param>
/// <param name="NearDue">When the warning is given, or null.</param>
/// <param name="Calendar">The version of the calendar that it was computed with.</param>
public sealed record Promise(DateTimeOffset Due, DateTimeOffset LimitEnd, DateTimeOffset? NearDue, string Calendar);

/// <summary>The dossier was refused with reason and ground (form 03). The reason is in the personal part.</summary>
/// <param name="Ground">The legal ground.</param>
public sealed record DossierRefused(string Ground) : DossierEvent;

/// <summary>The applicant was asked for a supplement (form 02). The reason is in the personal part.</summary>
/// <param name="Items">What has to be supplemented. Not empty.</param>
public sealed record SupplementRequested(IReadOnlyList<string> Items) : DossierEvent;

/// <summary>The applicant supplemented the dossier.</summary>
public sealed record SupplementReceived : DossierEvent;

/// <summary>The applicant was asked to pay.</summary>
/// <param name="Added">What was assessed beyond the fees, in dong, 0 or more.</param>
/// <param name="Outstanding">What is to be paid in all, in dong.</param>
public sealed record PaymentRequested(long Added, long Outstanding) : DossierEvent;

/// <summary>Money came in.</summary>
/// <param name="Payment">The payment.</param>
public sealed record PaymentReceived(Payment Payment) : DossierEvent;

/// <summary>The dossier was handed to the competent unit (Decree 61/2018 Art 18).</summary>
/// <param name="FromUnit">The unit that had it.</param>
/// <param name="ToUnit">The unit that has it now.</param>
/// <param name="DueBy">When the hand-over was due: the end of the day of acceptance, or of the next working day's first office hours after 15:00.</param>
/// <param name="IsLate">Whether it came after that.</param>
public sealed record DossierTransferred(string FromUnit, string ToUnit, DateTimeOffset DueBy, bool IsLate) : DossierEvent;

/// <summary>The dossier was given to a unit, a role or an officer.</summary>
/// <param name="Unit">The unit, or null when unchanged.</param>
/// <param name="Role">The role, or null when unchanged.</param>
/// <param name="Officer">The officer's account id, or null when unchanged.</param>
public sealed record DossierAssigned(string? Unit, string? Role, string? Officer) : DossierEvent;

/// <summary>Documents were added.</summary>
/// <param name="Documents">The documents. Not empty.</param>
public sealed record DocumentsAttached(IReadOnlyList<SubmittedDocument> Documents) : DossierEvent;

/// <summary>Fields were given values. Those of personal fields are in the personal part.</summary>
/// <param name="Fields">The values of fields that are not personal.</param>
public sealed record FieldsSet(IReadOnlyList<FieldValue> Fields) : DossierEvent;

/// <summary>The competent person decided.</summary>
/// <param name="Result">The number or code of the result, or null.</param>
public sealed record DecisionSigned(string? Result) : DossierEvent;

/// <summary>A new date was promised with an apology (form 04). The reason is in the personal part.</summary>
/// <param name="OldDue">The date promised before.</param>
/// <param name="NewDue">The date promised now.</param>
/// <param name="NearDue">When the warning is given, or null.</param>
/// <param name="ApologyDocument">The number of the written apology.</param>
public sealed record DossierReappointed(DateTimeOffset OldDue, DateTimeOffset NewDue, DateTimeOffset? NearDue, string ApologyDocument) : DossierEvent;

/// <summary>The legal clock was suspended.</summary>
/// <param name="Status">The portal status that suspends it; null where the procedure says that the time in the state is not counted.</param>
public sealed record ClockSuspended(PortalStatus? Status) : DossierEvent;

/// <summary>The legal clock went on, or started again.</summary>
/// <param name="Restarted">Whether the whole limit counts again from now (Decree 61/2018 Art 19.4).</param>
/// <param name="Promise">The date promised now.</param>
public sealed record ClockResumed(bool Restarted, Promise Promise) : DossierEvent;

/// <summary>The legal clock stopped for good.</summary>
/// <param name="Due">The moment promised last.</param>
/// <param name="Timeliness">How the end stands to it.</param>
public sealed record ClockStopped(DateTimeOffset Due, Timeliness Timeliness) : DossierEvent;

/// <summary>A step took longer than its limit.</summary>
/// <param name="State">The state.</param>
/// <param name="Due">When the limit passed.</param>
public sealed record StepOverdue(string State, DateTimeOffset Due) : DossierEvent;

/// <summary>A state's timeout came and its trigger was refused; it is tried again.</summary>
/// <param name="Trigger">The trigger.</param>
/// <param name="Unmet">The names of the unmet guards. Not empty.</param>
/// <param name="NextTry">When it is tried again.</param>
public sealed record TimeoutDeferred(string Trigger, IReadOnlyList<string> Unmet, DateTimeOffset NextTry) : DossierEvent;

/// <summary>The promised date is near.</summary>
/// <param name="Due">The promised moment.</param>
public sealed record DueNear(DateTimeOffset Due) : DossierEvent;

/// <summary>The promised date passed.</summary>
/// <param name="Due">The promised moment.</param>
public sealed record DeadlineMissed(DateTimeOffset Due) : DossierEvent;

/// <summary>Other units took the place of the dossier's own in a reorganisation. Where one stays, from and to are the same.</summary>
/// <param name="Plan">The id of the plan.</param>
/// <param name="Ground">The legal ground of the reorganisation.</param>
/// <param name="FromReceivingUnit">The unit that had received it.</param>
/// <param name="ToReceivingUnit">The unit that counts as having received it from now on.</param>
/// <param name="FromCompetentUnit">The unit that was to settle it.</param>
/// <param name="ToCompetentUnit">The unit that settles it from now on.</param>
/// <param name="FromUnit">The unit that had it.</param>
/// <param name="ToUnit">The unit that has it now.</param>
public sealed record DossierHandedOver(
    string Plan,
    string Ground,
    string FromReceivingUnit,
    string ToReceivingUnit,
    string FromCompetentUnit,
    string ToCompetentUnit,
    string FromUnit,
    string ToUnit) : DossierEvent
{
    internal bool ChangesReceivingUnit => FromReceivingUnit != ToReceivingUnit;

    internal bool ChangesCompetentUnit => FromCompetentUnit != ToCompetentUnit;

    internal bool ChangesUnit => FromUnit != ToUnit;
}
