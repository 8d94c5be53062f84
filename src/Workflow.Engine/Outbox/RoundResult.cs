using Workflow.Engine.Journal;

namespace Workflow.Engine.Outbox;

/// <summary>What a round of deliveries came to.</summary>
/// <param name="Cursor">Up to where everything was delivered, passed over or is owed by a row.</param>
/// <param name="Rows">How many rows of the page that are.</param>
/// <param name="Taken">How many deliveries were taken.</param>
/// <param name="Changes">What became of owed dossiers.</param>
internal sealed record RoundResult(JournalCursor Cursor, int Rows, int Taken, IReadOnlyList<OwedChange> Changes)
{
    /// <summary>Whether the subscriber took or refused something, which it does not while it is away.</summary>
    public bool IsUp { get; init; }

    /// <summary>The answer that tells that the subscriber is away; null when it is not.</summary>
    public DeliveryAnswer? Down { get; init; }

    /// <summary>The answer that tells that it is gone for good; null when it is not.</summary>
    public DeliveryAnswer? Gone { get; init; }

    /// <summary>Until when the dossiers that were tried rest, where nobody knows whose trouble it is; null when that is known.</summary>
    public DateTimeOffset? DoubtUntil { get; init; }
}
