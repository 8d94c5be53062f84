namespace Workflow.Engine.Journal;

/// <summary>A dossier as it stands in the store.</summary>
/// <param name="Code">The dossier's code.</param>
/// <param name="Version">The number of its accepted commands, at least 1.</param>
/// <param name="Hash">The hash of its last row: the head of its chain.</param>
/// <param name="Snapshot">Its current state.</param>
public sealed record StoredDossier(string Code, int Version, byte[] Hash, StoredSnapshot Snapshot);

/// <summary>What an earlier command of a dossier caused.</summary>
/// <param name="Row">Its row of the journal: the digest tells a repeat from other content, the data hold the outcome.</param>
public sealed record StoredCommand(JournalRow Row)
{
    /// <summary>The version that the command made.</summary>
    public int Version => Row.Version;
}

/// <summary>What an earlier submission became.</summary>
/// <param name="Code">The dossier's code; the submission itself is its version 1.</param>
public sealed record StoredSubmission(string Code);

/// <summary>The end of a dossier's hash chain.</summary>
/// <param name="Code">The dossier's code.</param>
/// <param name="Version">The number of rows in the chain.</param>
/// <param name="Hash">The hash of the last row.</param>
public sealed record ChainHead(string Code, int Version, byte[] Hash)
{
    /// <summary>The digest of where its rows stand in the journal of all dossiers; null where that was not read, as in anchors of earlier releases.</summary>
    public byte[]? Places { get; init; }
}

/// <summary>A dossier that wants to be looked at.</summary>
/// <param name="Code">The dossier's code.</param>
/// <param name="WakeAt">Since when, or from when on.</param>
public readonly record struct WakeUp(string Code, DateTimeOffset WakeAt);

/// <summary>How much a store holds, its archive included.</summary>
/// <param name="Dossiers">The number of dossiers.</param>
/// <param name="Events">The number of rows of the journal, one per accepted command.</param>
public readonly record struct JournalTotals(long Dossiers, long Events);
