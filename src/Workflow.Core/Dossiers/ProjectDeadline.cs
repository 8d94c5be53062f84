namespace Workflow.Core.Dossiers;

/// <summary>What becomes of a promised date when a calendar that was published later gives another one.</summary>
public enum ProjectionPolicy
{
    /// <summary>The date is the one that the calendar known now gives, be it earlier or later.</summary>
    Recompute,

    /// <summary>The citizen keeps the earlier of the two; a date that became a day off moves to the next working day, never past the computed one.</summary>
    CitizenFavour,
}

/// <summary>Computes the promised date again with the calendar known now. Given by the engine alone; refused when the date stays as it is.</summary>
/// <param name="Policy">What becomes of a date that another one is computed for.</param>
public sealed record ProjectDeadline(ProjectionPolicy Policy = ProjectionPolicy.Recompute) : DossierCommand;
