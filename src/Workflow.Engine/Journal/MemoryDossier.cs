namespace Workflow.Engine.Journal;

/// <summary>A dossier of the journal in memory; its members are reached in the store's turn alone.</summary>
internal sealed class MemoryDossier(string code, StoredSnapshot snapshot)
{
    public string Code { get; } = code;

    /// <summary>The row of version n stands at n - 1.</summary>
    public List<JournalRow> Rows { get; } = [];

    public Dictionary<(string Caller, string CommandId), int> Commands { get; } = [];

    /// <summary>The snapshot after the last row.</summary>
    public StoredSnapshot Snapshot { get; private set; } = snapshot;

    /// <summary>When the dossier closed, or null while it is open.</summary>
    public DateTimeOffset? ClosedAt => Snapshot.Closed ? Rows[^1].OccurredAt : null;

    /// <summary>Whether it counts as archived. In memory there is no other place to move it to.</summary>
    public bool IsArchived { get; set; }

    /// <summary>The wake-up of the snapshot, when a row stands.</summary>
    public WakeUp? WakeUp => Rows.Count > 0 && Snapshot.WakeAt is { } wakeAt ? new WakeUp(Code, wakeAt) : null;

    public void AppendInTurn(JournalRow row, StoredSnapshot snapshot)
    {
        Rows.Add(row);
        Commands.Add((row.Caller, row.CommandId), row.Version);
        IsArchived = false;
        Snapshot = snapshot with
        {
            Due = snapshot.Due is { } due ? StoredTime.Floor(due) : null,
            WakeAt = snapshot.WakeAt is { } wakeAt ? StoredTime.Ceiling(wakeAt) : null,
        };
    }

    public static JournalRow Row(JournalAppend append, long position, DateTimeOffset recordedAt) => new()
    {
        Cursor = JournalCursor.At(position),
        Code = append.Code,
        Version = append.Version,
        OccurredAt = StoredTime.Floor(append.OccurredAt),
        RecordedAt = recordedAt,
        Actor = append.Actor,
        Caller = append.Caller,
        CommandId = append.CommandId,
        CommandDigest = append.CommandDigest,
        Salt = append.Salt,
        Data = append.Data,
        Personal = append.Personal,
        PersonalDigest = append.PersonalDigest,
        Hash = append.Hash,
        TraceContext = append.TraceContext,
    };
}
