using System.Text.Json.Serialization;
using Workflow.Core.Deadlines;
using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

/// <summary>The stored form of a dossier: everything that its events came to, by name, so that it loads at one cost whatever its history.</summary>
/// <remarks>Stored data. A member is added, never renamed or given another meaning; a missing one has its default.</remarks>
public sealed record DossierSnapshot
{
    /// <summary>The code.</summary>
    public required string Code { get; init; }

    /// <summary>The procedure's code.</summary>
    public required string Procedure { get; init; }

    /// <summary>The procedure's version.</summary>
    public required int ProcedureVersion { get; init; }

    /// <summary>The number of accepted commands.</summary>
    public required int Version { get; init; }

    /// <summary>The state's name.</summary>
    public required string State { get; init; }

    /// <inheritdoc cref="Dossier.Owner"/>
    public required string Owner { get; init; }

    /// <inheritdoc cref="Dossier.ReceivingUnit"/>
    public required string ReceivingUnit { get; init; }

    /// <inheritdoc cref="Dossier.CompetentUnit"/>
    public required string CompetentUnit { get; init; }

    /// <inheritdoc cref="Dossier.Unit"/>
    public required string Unit { get; init; }

    /// <inheritdoc cref="Dossier.Role"/>
    public string? Role { get; init; }

    /// <inheritdoc cref="Dossier.Assignee"/>
    public string? Assignee { get; init; }

    /// <inheritdoc cref="Dossier.Channel"/>
    public Channel Channel { get; init; }

    /// <inheritdoc cref="Dossier.OnlineLevel"/>
    public int? OnlineLevel { get; init; }

    /// <inheritdoc cref="Dossier.SubmittedAt"/>
    public DateTimeOffset SubmittedAt { get; init; }

    /// <inheritdoc cref="Dossier.AcceptedAt"/>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <inheritdoc cref="Dossier.LastOccurredAt"/>
    public DateTimeOffset LastOccurredAt { get; init; }

    /// <inheritdoc cref="Dossier.EnteredAt"/>
    public DateTimeOffset EnteredAt { get; init; }

    /// <inheritdoc cref="Dossier.ClosedAt"/>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <inheritdoc cref="Dossier.Clock"/>
    public ClockSnapshot? Clock { get; init; }

    /// <inheritdoc cref="Dossier.Calendar"/>
    public string? Calendar { get; init; }

    /// <inheritdoc cref="Dossier.Timeliness"/>
    public Timeliness? Timeliness { get; init; }

    /// <inheritdoc cref="Dossier.SupplementCount"/>
    public int SupplementCount { get; init; }

    /// <inheritdoc cref="Dossier.SupplementedAt"/>
    public DateTimeOffset? SupplementedAt { get; init; }

    /// <inheritdoc cref="Dossier.ReappointmentCount"/>
    public int ReappointmentCount { get; init; }

    /// <inheritdoc cref="Dossier.HasDecision"/>
    public bool HasDecision { get; init; }

    /// <inheritdoc cref="Dossier.Result"/>
    public string? Result { get; init; }

    /// <inheritdoc cref="Dossier.FeesAssessed"/>
    public long FeesAssessed { get; init; }

    /// <inheritdoc cref="Dossier.FeesPaid"/>
    public long FeesPaid { get; init; }

    /// <inheritdoc cref="Dossier.Documents"/>
    public IReadOnlyList<SubmittedDocument>? Documents { get; init; }

    /// <inheritdoc cref="Dossier.Fields"/>
    public IReadOnlyList<FieldValue>? Fields { get; init; }

    /// <summary>When the step's limit passes; null when it has none or was reported.</summary>
    public DateTimeOffset? StepDue { get; init; }

    /// <summary>When the state's timeout fires, or null.</summary>
    public DateTimeOffset? TimeoutAt { get; init; }

    /// <summary>When the warning is given; null when it was or there is none.</summary>
    public DateTimeOffset? NearDueAt { get; init; }

    /// <summary>Whether the missed deadline was reported.</summary>
    public bool DeadlineReported { get; init; }

    /// <inheritdoc cref="Dossier.Migration"/>
    public DossierMigration? Migration { get; init; }
    /// <inheritdoc cref="Dossier.Parent"/>
    public string? Parent { get; init; }

    /// <inheritdoc cref="Dossier.LegNumber"/>
    public int? LegNumber { get; init; }

    /// <summary>Whether the dossier told its parent that the agency has taken it up.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool AcknowledgementReported { get; init; }

    /// <summary>Whether this leg of another dossier was refused. Kept for legs alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool WasRefused { get; init; }

    /// <inheritdoc cref="Dossier.Legs"/>
    public IReadOnlyList<DossierLeg>? Legs { get; init; }

    /// <inheritdoc cref="Dossier.LegRound"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int LegRound { get; init; }

    /// <summary>When what follows from the legs is tried again, or null.</summary>
    public DateTimeOffset? LegsRetryAt { get; init; }

    /// <inheritdoc cref="Dossier.Personal"/>
    [JsonIgnore]
    public PersonalData? Personal { get; init; }
}

/// <summary>The stored form of a legal clock.</summary>
/// <param name="Limit">The time limit as text.</param>
/// <param name="Policy">What a suspension does to it.</param>
/// <param name="StartedAt">When it started.</param>
/// <param name="LimitEnd">Where the limit itself ends, before days off move it.</param>
/// <param name="Due">The moment promised last, suspended or not.</param>
/// <param name="SuspendedAt">When it was suspended, or null.</param>
/// <param name="StoppedAt">When it stopped for good, or null.</param>
public sealed record ClockSnapshot(string Limit, ClockPolicy Policy, DateTimeOffset StartedAt, DateTimeOffset LimitEnd, DateTimeOffset Due, DateTimeOffset? SuspendedAt, DateTimeOffset? StoppedAt)
{
    /// <summary>How the limit ran, so that it can be counted again; null when it stopped, and where an earlier release did not keep it.</summary>
    public CountSnapshot? Count { get; init; }
}

/// <summary>The stored form of how a limit ran since its count began.</summary>
/// <param name="StartedAt">When the count began: with the clock, or with the last restart.</param>
/// <param name="Reappointed">The date that the office promised in place of the counted one, or null.</param>
/// <param name="Suspensions">The suspensions since then that are over, ascending; null when there was none.</param>
public sealed record CountSnapshot(DateTimeOffset StartedAt, DateTimeOffset? Reappointed, IReadOnlyList<Suspension>? Suspensions);
