using System.Text.Json.Serialization;

namespace Workflow.Core.Dossiers;

/// <summary>Moves the dossier to another version of its procedure on a legal ground (Circular 01/2018/TT-VPCP Art 8: it keeps its version otherwise).</summary>
/// <param name="ToVersion">The version to follow.</param>
/// <param name="FromState">The state for which this was meant: a dossier that went on meanwhile is not moved.</param>
/// <param name="ToState">The state there; null when the mapping names none, which is refused.</param>
/// <param name="Ground">The legal ground. Not empty.</param>
/// <param name="Batch">The migration that it belongs to, 1 to 200 printable characters.</param>
public sealed record MigrateDossier(int ToVersion, string FromState, string? ToState, string Ground, string Batch) : DossierCommand
{
    /// <summary>Whether the new version's limit is counted from the original acceptance; otherwise the promise is kept.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool RecountsClock { get; init; }

    /// <summary>Whether the legal clock may be suspended or go on by it: the mapping names this pair of states itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool MayTurnClock { get; init; }
}

/// <summary>Takes a migration back while nothing but timers' reports came after it.</summary>
/// <param name="Batch">The migration.</param>
public sealed record TakeBackMigration(string Batch) : DossierCommand;
