using System.Text.Json.Serialization;
using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

/// <summary>The dossier was moved to another version of its procedure on a legal ground. Nothing that entering a state does was done again.</summary>
/// <param name="FromVersion">The version that it followed.</param>
/// <param name="ToVersion">The version that it follows from now on.</param>
/// <param name="ContentHash">The content hash of that version.</param>
/// <param name="Status">The portal status there, or null.</param>
/// <param name="Ground">The legal ground.</param>
/// <param name="Batch">The migration that moved it, together with others.</param>
/// <param name="Before">Where it stood.</param>
/// <param name="After">Where it stands.</param>
public sealed record DossierMigrated(
    int FromVersion, int ToVersion, string ContentHash, PortalStatus? Status, string Ground, string Batch, DossierPosition Before, DossierPosition After) : DossierEvent;

/// <summary>A migration was taken back: the dossier follows its old version again and stands where it stood.</summary>
/// <param name="FromVersion">The version that it had been moved to.</param>
/// <param name="ToVersion">The version that it follows again.</param>
/// <param name="ContentHash">The content hash of that version.</param>
/// <param name="Status">The portal status there, or null.</param>
/// <param name="Batch">The migration that is taken back.</param>
/// <param name="FromState">The state that it leaves.</param>
/// <param name="After">Where it stands: as before the migration, less what was reported since.</param>
public sealed record MigrationTakenBack(
    int FromVersion, int ToVersion, string ContentHash, PortalStatus? Status, string Batch, string FromState, DossierPosition After) : DossierEvent;

/// <summary>Where a dossier stands in its procedure: all that a migration changes beside the version.</summary>
/// <remarks>Stored data. A member is added, never renamed.</remarks>
/// <param name="State">The state's name.</param>
public sealed record DossierPosition(string State)
{
    /// <summary>The role that has it, or null.</summary>
    public string? Role { get; init; }

    /// <summary>The officer that has it, or null.</summary>
    public string? Assignee { get; init; }

    /// <summary>When the step's limit passes; null when it has none or was reported.</summary>
    public DateTimeOffset? StepDue { get; init; }

    /// <summary>When the state's timeout fires, or null.</summary>
    public DateTimeOffset? TimeoutAt { get; init; }

    /// <summary>When the warning is given; null when it was or there is none.</summary>
    public DateTimeOffset? NearDueAt { get; init; }

    /// <summary>The legal clock, or null.</summary>
    public ClockSnapshot? Clock { get; init; }

    /// <summary>The version of the calendar behind the promise, or null.</summary>
    public string? Calendar { get; init; }

    /// <summary>Whether the missed deadline was reported.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool DeadlineReported { get; init; }
}

/// <summary>What a dossier knows of the migration that moved it last.</summary>
/// <param name="Batch">The migration.</param>
/// <param name="FromVersion">The version that the dossier followed before.</param>
public sealed record DossierMigration(string Batch, int FromVersion)
{
    /// <summary>Where it stood before; null once the dossier went on, so that the migration can no longer be taken back.</summary>
    public DossierPosition? Before { get; init; }

    /// <summary>Where it stood right after; null exactly when <see cref="Before"/> is.</summary>
    public DossierPosition? After { get; init; }
}
