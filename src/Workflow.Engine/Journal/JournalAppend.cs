namespace Workflow.Engine.Journal;

/// <summary>One accepted command on its way into the journal, with the dossier's state after it. It expects the version before its own.</summary>
public sealed record JournalAppend : JournalRecord
{
    /// <summary>The dossier after this command.</summary>
    public required StoredSnapshot Snapshot { get; init; }

    /// <summary>The revision of the published definitions under which it was decided; see <see cref="Hosts.ISharedStore"/>. Not kept.</summary>
    public long Revision { get; init; }
}
