using Workflow.Core.Dossiers;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Audit;

/// <summary>Tells rows of one dossier that stand in each other's place from rows that were changed.</summary>
internal sealed class MisplacedRows
{
    // Pairs are tried, so few are kept.
    private const int Most = 20;

    private readonly List<(JournalRow Row, byte[] Previous)> _rows = [];

    /// <summary>Keeps a row that does not follow from the one before.</summary>
    /// <param name="row">The row.</param>
    /// <param name="previous">The hash of the row before, as it stands.</param>
    public void Add(JournalRow row, byte[] previous)
    {
        if (_rows.Count < Most)
        {
            _rows.Add((row, previous));
        }
    }

    /// <summary>Says of rows that were swapped that they were, in place of what was said of each, and of those behind them that fit again.</summary>
    public void Name(List<ChainFault> faults, string code)
    {
        for (var i = 0; i < _rows.Count; i++)
        {
            for (var j = i + 1; j < _rows.Count; j++)
            {
                var (first, second) = (_rows[i], _rows[j]);
                if (!Fits(first.Row, second) || !Fits(second.Row, first))
                {
                    continue;
                }

                var at = faults.FindIndex(f => f.Version == first.Row.Version);
                faults.RemoveAll(f => f.Version == first.Row.Version || f.Version == second.Row.Version
                    || _rows.Exists(r => r.Row.Version == f.Version && (Follows(r.Row, r.Row.Version, first.Row.Hash) || Follows(r.Row, r.Row.Version, second.Row.Hash))));
                faults.Insert(Math.Max(0, at), new ChainFault(code, first.Row.Version, $"the rows of versions {first.Row.Version} and {second.Row.Version} stand in each other's place"));
                return;
            }
        }
    }

    // Where two neighbours were swapped, the hash that came before the second one stands in its own place now.
    private static bool Fits(JournalRow row, (JournalRow Row, byte[] Previous) place) =>
        Follows(row, place.Row.Version, place.Previous) || Follows(row, place.Row.Version, place.Row.Hash);

    private static bool Follows(JournalRow row, int version, byte[] previous) => previous.Length == HashChain.Length && HashChain.Next(
        previous,
        new ChainedRow(row.Code, version, row.OccurredAt, row.Actor, row.Caller, row.CommandId, row.CommandDigest, row.Data, row.PersonalDigest)).AsSpan().SequenceEqual(row.Hash);
}
