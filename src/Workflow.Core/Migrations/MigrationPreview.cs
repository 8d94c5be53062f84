using Workflow.Core.Deadlines;
using Workflow.Core.Dossiers;

namespace Workflow.Core.Migrations;

/// <summary>What a migration would do to a dossier, or did.</summary>
/// <param name="Code">The dossier.</param>
/// <param name="Before">Where it stands.</param>
/// <param name="After">Where it would stand; null when it cannot move.</param>
/// <param name="Unmet">What keeps it from moving; empty when it can.</param>
public sealed record MigrationPreview(DossierCode Code, MigrationStanding Before, MigrationStanding? After, IReadOnlyList<UnmetGuard> Unmet)
{
    /// <summary>Whether it can move.</summary>
    public bool IsMovable => After is not null;

    /// <summary>Whether its promised date, its step's limit or its timeout would change.</summary>
    public bool MovesDeadlines => After is not null && (After.Due, After.StepDue, After.TimeoutAt) != (Before.Due, Before.StepDue, Before.TimeoutAt);
}

/// <summary>A dossier's state and deadlines.</summary>
/// <param name="State">The state.</param>
/// <param name="Due">The promised moment; null when no time limit runs.</param>
/// <param name="StepDue">The first moment at which the step has taken too long; null when it has no limit or was reported.</param>
/// <param name="TimeoutAt">When silence has its consequence, or null.</param>
public sealed record MigrationStanding(string State, DateTimeOffset? Due, DateTimeOffset? StepDue, DateTimeOffset? TimeoutAt)
{
    /// <summary>The state and deadlines of a position.</summary>
    public static MigrationStanding Of(DossierPosition position)
    {
        ArgumentNullException.ThrowIfNull(position);
        var runs = position.Clock is { StoppedAt: null } clock && (clock.SuspendedAt is null || clock.Policy == ClockPolicy.None);
        return new MigrationStanding(position.State, runs ? position.Clock!.Due : null, position.StepDue, position.TimeoutAt);
    }
}
