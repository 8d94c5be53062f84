namespace Workflow.Engine.Journal;

/// <summary>Work lists of the journal in memory: every dossier is visited.</summary>
internal static class MemoryWorkList
{
    public static IReadOnlyList<WorkItem> Page(IEnumerable<MemoryDossier> dossiers, WorkListQuery query)
    {
        var after = query.After is { } key ? key with { Due = key.Due is { } due ? StoredTime.Floor(StoredTime.Clamp(due)) : null } : null;
        var dueBefore = query.DueBefore is { } before ? StoredTime.Floor(StoredTime.Clamp(before)) : (DateTimeOffset?)null;
        return
        [
            .. dossiers
                .Where(dossier => Matches(dossier.Snapshot, query, dueBefore))
                .Select(Item)
                .Where(item => after is null || Compare(item.Key, after) > 0)
                .OrderBy(item => item.Key, Comparer<WorkListKey>.Create(Compare))
                .Take(query.Limit),
        ];
    }

    public static IReadOnlyList<string> Open(IEnumerable<MemoryDossier> dossiers, OpenDossiers which, string? afterCode, int limit) =>
    [
        .. dossiers
            .Where(dossier => !dossier.Snapshot.Closed
                && (which.Procedure is null || dossier.Snapshot.Procedure == which.Procedure)
                && (which.ProcedureVersion is null || dossier.Snapshot.ProcedureVersion == which.ProcedureVersion)
                && (which.Unit is null || dossier.Snapshot.Unit == which.Unit))
            .Select(dossier => dossier.Code)
            .Where(code => afterCode is null || CodeOrder.Instance.Compare(code, afterCode) > 0)
            .Order(CodeOrder.Instance)
            .Take(limit),
    ];

    private static bool Matches(StoredSnapshot snapshot, WorkListQuery query, DateTimeOffset? dueBefore) =>
        (query.Unit is null || snapshot.Unit == query.Unit)
        && (query.State is null || snapshot.State == query.State)
        && (query.Role is null || snapshot.Role == query.Role)
        && (query.Assignee is null || snapshot.Assignee == query.Assignee)
        && !(query.OpenOnly && snapshot.Closed)
        && (dueBefore is null || snapshot.Due < dueBefore);

    private static WorkItem Item(MemoryDossier dossier) => new()
    {
        Code = dossier.Code,
        Version = dossier.Rows.Count,
        Procedure = dossier.Snapshot.Procedure,
        ProcedureVersion = dossier.Snapshot.ProcedureVersion,
        Unit = dossier.Snapshot.Unit,
        State = dossier.Snapshot.State,
        PortalStatus = dossier.Snapshot.PortalStatus,
        Role = dossier.Snapshot.Role,
        Assignee = dossier.Snapshot.Assignee,
        Due = dossier.Snapshot.Due,
        Closed = dossier.Snapshot.Closed,
    };

    private static int Compare(WorkListKey x, WorkListKey y) => (x.Due, y.Due) switch
    {
        (null, not null) => 1,
        (not null, null) => -1,
        ({ } a, { } b) when a != b => a.CompareTo(b),
        _ => CodeOrder.Instance.Compare(x.Code, y.Code),
    };
}
