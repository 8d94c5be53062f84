namespace Workflow.Engine.Journal;

/// <summary>One row of the journal: an accepted command with what it caused.</summary>
public sealed record JournalRow : JournalRecord
{
    /// <summary>The place in the journal of all dossiers, ascending in the order in which followers see the rows; gaps may occur.</summary>
    public required JournalCursor Cursor { get; init; }

    /// <summary>The row's number in the store. With one writer it ascends in commit order; gaps may occur.</summary>
    public long Position => Cursor.Position;

    /// <summary>When the store wrote the row, by its own clock.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
