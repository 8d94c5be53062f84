namespace Workflow.Engine.Journal;

/// <summary>A dossier's current state: the engine's bytes, and the columns that work lists and timers read.</summary>
public sealed record StoredSnapshot
{
    /// <summary>The serialized state, without personal data.</summary>
    public required byte[] Data { get; init; }

    /// <summary>The personal part of the state, or null when there is none.</summary>
    public byte[]? Personal { get; init; }

    /// <summary>The code of the procedure that the dossier follows.</summary>
    public required string Procedure { get; init; }

    /// <summary>The version of that procedure.</summary>
    public required string ProcedureVersion { get; init; }

    /// <summary>The unit that is responsible for the dossier.</summary>
    public required string Unit { get; init; }

    /// <summary>The state of the machine.</summary>
    public required string State { get; init; }

    /// <summary>The code of the national portal for this state, or null when it has none.</summary>
    public int? PortalStatus { get; init; }

    /// <summary>The role whose turn it is, or null.</summary>
    public string? Role { get; init; }

    /// <summary>The officer who has taken the dossier, or null.</summary>
    public string? Assignee { get; init; }

    /// <summary>The moment up to which (included) the work in hand is on time, or null when no time limit runs.</summary>
    public DateTimeOffset? Due { get; init; }

    /// <summary>The next moment at which the dossier wants to be looked at, or null.</summary>
    public DateTimeOffset? WakeAt { get; init; }

    /// <summary>Whether the dossier is closed for good.</summary>
    public required bool Closed { get; init; }
}
