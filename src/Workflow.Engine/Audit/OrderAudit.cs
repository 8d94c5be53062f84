using Workflow.Core.Indicators;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Audit;

/// <summary>Holds the rows of all dossiers against those around them in the journal, in the order in which followers see them. Not thread-safe.</summary>
/// <remarks>No chain covers a row's place. That a dossier's places ascend is verified with its rows; anchors tell of every other one that was changed.</remarks>
internal sealed class OrderAudit(bool hasOneWriter)
{
    // Where hosts share a store, their clocks differ, and of two commits under way the later one may be the first to end.
    private static readonly TimeSpan s_shared = TimeSpan.FromMinutes(1);

    private readonly RecordingOrder _order = new(hasOneWriter ? TimeSpan.Zero : s_shared);
    private JournalMoment? _last;

    /// <summary>What does not hold so far.</summary>
    public List<ChainFault> Faults { get; } = [];

    /// <summary>Takes in the next row; returns the pattern that it shows, or null.</summary>
    public Pattern? Take(JournalMoment row)
    {
        if (_last is { } last && last.Cursor == row.Cursor)
        {
            Faults.Add(AtOnePlace(last, row));
            Faults.Add(AtOnePlace(row, last));
        }

        _last = row;
        return _order.Fold(row.Code, row.Version, row.Actor, row.RecordedAt);
    }

    private static ChainFault AtOnePlace(JournalMoment row, JournalMoment other) =>
        new(row.Code, row.Version, $"it stands at the same place of the journal as {other.Code} version {other.Version}: one of them was moved there");
}
