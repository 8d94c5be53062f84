namespace Workflow.Engine.Journal;

/// <summary>One row of the journal: an accepted command with what it caused.</summary>
public sealed record JournalRow
{
    /// <summary>The place in the journal of all dossiers, ascending in commit order; gaps may occur.</summary>
    public required long Position { get; init; }

    /// <inheritdoc cref="JournalAppend.Code"/>
    public required string Code { get; init; }

    /// <summary>The number of this command among the dossier's accepted commands, from 1.</summary>
    public required int Version { get; init; }

    /// <inheritdoc cref="JournalAppend.OccurredAt"/>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When the store wrote the row, by its own clock.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <inheritdoc cref="JournalAppend.Actor"/>
    public required string Actor { get; init; }

    /// <inheritdoc cref="JournalAppend.Caller"/>
    public required string Caller { get; init; }

    /// <inheritdoc cref="JournalAppend.CommandId"/>
    public required string CommandId { get; init; }

    /// <inheritdoc cref="JournalAppend.CommandDigest"/>
    public required byte[] CommandDigest { get; init; }

    /// <inheritdoc cref="JournalAppend.Salt"/>
    public required byte[] Salt { get; init; }

    /// <inheritdoc cref="JournalAppend.Data"/>
    public required byte[] Data { get; init; }

    /// <inheritdoc cref="JournalAppend.Personal"/>
    public byte[]? Personal { get; init; }

    /// <inheritdoc cref="JournalAppend.PersonalDigest"/>
    public required byte[] PersonalDigest { get; init; }

    /// <inheritdoc cref="JournalAppend.Hash"/>
    public required byte[] Hash { get; init; }

    /// <inheritdoc cref="JournalAppend.TraceContext"/>
    public string? TraceContext { get; init; }
}
