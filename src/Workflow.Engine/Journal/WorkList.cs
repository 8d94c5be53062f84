namespace Workflow.Engine.Journal;

/// <summary>Which dossiers a work list shows. A filter that is null lets every dossier through.</summary>
/// <remarks>
/// A list of one unit, or of one assignee, costs as much as the page (and what its other filters drop) whatever the store
/// holds. A list with neither visits every dossier. Closed dossiers are shown wherever they are, archived ones included.
/// </remarks>
public sealed record WorkListQuery
{
    /// <summary>Dossiers of this unit.</summary>
    public string? Unit { get; init; }

    /// <summary>Dossiers in this state.</summary>
    public string? State { get; init; }

    /// <summary>Dossiers that wait for this role.</summary>
    public string? Role { get; init; }

    /// <summary>Dossiers that this officer has taken.</summary>
    public string? Assignee { get; init; }

    /// <summary>Whether closed dossiers are left out; true unless told.</summary>
    public bool OpenOnly { get; init; } = true;

    /// <summary>Dossiers due before this moment (excluded); one without a due moment is left out then.</summary>
    public DateTimeOffset? DueBefore { get; init; }

    /// <summary>The last item of the page before, or null for the first page.</summary>
    public WorkListKey? After { get; init; }

    /// <summary>The most items to return, at least 1; 50 unless told.</summary>
    public int Limit { get; init; } = 50;
}

/// <summary>The place of an item in a work list, which is ordered by due moment (none last), then code.</summary>
/// <param name="Due">The item's due moment, or null.</param>
/// <param name="Code">The item's code.</param>
public sealed record WorkListKey(DateTimeOffset? Due, string Code);

/// <summary>One dossier of a work list.</summary>
public sealed record WorkItem
{
    /// <summary>The dossier's code.</summary>
    public required string Code { get; init; }

    /// <summary>The number of its accepted commands.</summary>
    public required int Version { get; init; }

    /// <inheritdoc cref="StoredSnapshot.Procedure"/>
    public required string Procedure { get; init; }

    /// <inheritdoc cref="StoredSnapshot.ProcedureVersion"/>
    public required string ProcedureVersion { get; init; }

    /// <inheritdoc cref="StoredSnapshot.Unit"/>
    public required string Unit { get; init; }

    /// <inheritdoc cref="StoredSnapshot.State"/>
    public required string State { get; init; }

    /// <inheritdoc cref="StoredSnapshot.PortalStatus"/>
    public int? PortalStatus { get; init; }

    /// <inheritdoc cref="StoredSnapshot.Role"/>
    public string? Role { get; init; }

    /// <inheritdoc cref="StoredSnapshot.Assignee"/>
    public string? Assignee { get; init; }

    /// <inheritdoc cref="StoredSnapshot.Due"/>
    public DateTimeOffset? Due { get; init; }

    /// <inheritdoc cref="StoredSnapshot.Closed"/>
    public required bool Closed { get; init; }

    /// <summary>The place of this item, for the page after it.</summary>
    public WorkListKey Key => new(Due, Code);
}
