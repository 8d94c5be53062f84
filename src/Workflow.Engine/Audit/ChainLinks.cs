using Workflow.Core.Dossiers;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Audit;

/// <summary>Holds each row of one dossier against the one before it: its hash, its times, its command and its place. For one thread.</summary>
internal sealed class ChainLinks
{
    private readonly MisplacedRows _misplaced = new();
    private readonly HashSet<(string Caller, string CommandId)> _commands = [];

    // The hash of the row before; null when there is none that could be read.
    private byte[]? _previous = HashChain.Start.ToArray();
    private JournalRow? _before;

    /// <summary>How many rows have lost their personal part.</summary>
    public long Erased { get; private set; }

    /// <summary>The row before is missing: the hash of the next one cannot be computed.</summary>
    public void Skip() => _previous = null;

    /// <summary>The row before cannot be read: nothing of the next one can be held against it.</summary>
    public void Lose() => (_previous, _before) = (null, null);

    /// <summary>Takes in a row; returns why it does not follow, or null.</summary>
    public string? Take(JournalRow row)
    {
        var why = WhyNot(row);
        (_previous, _before) = (row.Hash.Length == HashChain.Length ? row.Hash : null, row);
        return why;
    }

    /// <summary>Says of rows that were swapped that they were, in place of what was said of each.</summary>
    public void NameMisplaced(ChainFaults faults) => faults.Name(_misplaced);

    private string? WhyNot(JournalRow row)
    {
        var expectsPersonal = HashChain.Digest(row.Salt, row.Personal).AsSpan().SequenceEqual(row.PersonalDigest);
        if (!expectsPersonal && row.Personal is null)
        {
            Erased++;
        }
        else if (!expectsPersonal || row.Personal is [])
        {
            return "the personal part or its salt was changed";
        }

        if (_previous is not null)
        {
            var expected = HashChain.Next(
                _previous,
                new ChainedRow(row.Code, row.Version, row.OccurredAt, row.Actor, row.Caller, row.CommandId, row.CommandDigest, row.Data, row.PersonalDigest));
            if (!expected.AsSpan().SequenceEqual(row.Hash))
            {
                _misplaced.Add(row, _previous);
                return "the row was changed: its hash does not follow from it and the row before";
            }
        }

        return StoredTime.Floor(row.OccurredAt) != row.OccurredAt ? "the legal time was changed: it is finer than a millisecond"
            : !_commands.Add((row.Caller, row.CommandId)) ? "the command was done before: its id stands in an earlier row"
            : _before is not null && row.OccurredAt < _before.OccurredAt ? "the legal time goes back"
            : _before is not null && IsPlacedBefore(row, _before) ? "its place in the journal is before that of the row before"
            : null;
    }

    // A row is given its number after the one before was committed, whichever host wrote that. A database that was filled anew may number from the start.
    private static bool IsPlacedBefore(JournalRow row, JournalRow before) =>
        row.Cursor <= before.Cursor || (row.Cursor.Epoch == before.Cursor.Epoch && row.Position <= before.Position);
}
