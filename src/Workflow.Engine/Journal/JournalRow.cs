namespace Workflow.Engine.Journal;

/// <summary>One row of the journal: an accepted command with what it caused.</summary>
public sealed record JournalRow : JournalRecord
{
    /// <summary>The place in the journal of all dossiers, ascending in commit order; gaps may occur.</summary>
    public required long Position { get; init; }

    /// <summary>When the store wrote the row, by its own clock.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
