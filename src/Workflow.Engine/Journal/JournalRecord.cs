namespace Workflow.Engine.Journal;

/// <summary>What a row of the journal says of an accepted command, before and after it is written.</summary>
/// <remarks>
/// Code, caller and command id hold 1 to 256 characters, other texts at most 256 and the trace context at most 1,024;
/// each array at most 16 MiB. What exceeds that, holds U+0000 or half a surrogate pair is unstorable.
/// </remarks>
public abstract record JournalRecord
{
    /// <summary>The dossier's code.</summary>
    public required string Code { get; init; }

    /// <summary>The version that this command makes, from 1; 1 submits the dossier.</summary>
    public required int Version { get; init; }

    /// <summary>The legal time of the command.</summary>
    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>Who acted.</summary>
    public required string Actor { get; init; }

    /// <summary>The system that sent the command; command ids are scoped to it.</summary>
    public required string Caller { get; init; }

    /// <summary>The caller's key that makes the command exactly once.</summary>
    public required string CommandId { get; init; }

    /// <summary>The salted digest of the command, by which a repeat with other content is told.</summary>
    public required byte[] CommandDigest { get; init; }

    /// <summary>The salt of the digests of this row.</summary>
    public required byte[] Salt { get; init; }

    /// <summary>The events, without personal data.</summary>
    public required byte[] Data { get; init; }

    /// <summary>The personal part of the events, or null when there is none.</summary>
    public byte[]? Personal { get; init; }

    /// <summary>The salted digest that stands for the personal part in the hash chain.</summary>
    public required byte[] PersonalDigest { get; init; }

    /// <summary>The hash of this row over the one before: the dossier's chain head.</summary>
    public required byte[] Hash { get; init; }

    /// <summary>The W3C trace context of the command, or null. No part of the hash.</summary>
    public string? TraceContext { get; init; }
}
