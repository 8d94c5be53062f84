using Workflow.Core.Indicators;
using Workflow.Engine.Commits;
using Workflow.Engine.Journal;

namespace Workflow.Silo.Monitors;

/// <summary>Counts the figures of a unit from the journal's beginning. Not thread-safe.</summary>
internal sealed class UnitScan(IJournalStore store, string unit)
{
    private const int PageLength = 2_000;

    private readonly Dictionary<string, UnitStanding> _standings = new(StringComparer.Ordinal);
    private readonly UnitTally _tally = new();

    /// <summary>Up to where it has counted.</summary>
    public JournalCursor Cursor { get; private set; }

    public UnitFigures Figures => _tally.Units.GetValueOrDefault(unit, UnitFigures.None);

    /// <summary>Counts on to where the journal ends now.</summary>
    public async ValueTask AdvanceAsync(CancellationToken ct)
    {
        while (await store.ReadJournalAsync(Cursor, PageLength, ct).ConfigureAwait(false) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                _standings[row.Code] = _tally.Fold(_standings.GetValueOrDefault(row.Code), Recording.Read(row).Events);
            }

            Cursor = rows[^1].Cursor;
        }
    }
}
