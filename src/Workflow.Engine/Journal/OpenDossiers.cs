namespace Workflow.Engine.Journal;

/// <summary>Which open dossiers a pass over them visits. A filter that is null lets every open dossier through.</summary>
/// <remarks>
/// A pass over one unit costs what the unit has open; any other pass visits every dossier of the store once, however many pages
/// it takes. It is meant for what is done to many dossiers at once, now and then, not for pages that people wait for.
/// </remarks>
public sealed record OpenDossiers
{
    /// <summary>Dossiers of this procedure, by its code.</summary>
    public string? Procedure { get; init; }

    /// <summary>Dossiers of this version, as <see cref="StoredSnapshot.ProcedureVersion"/> keeps it.</summary>
    public string? ProcedureVersion { get; init; }

    /// <summary>Dossiers of this unit.</summary>
    public string? Unit { get; init; }
}
