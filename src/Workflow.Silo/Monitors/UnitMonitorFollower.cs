using Workflow.Core.Indicators;
using Workflow.Engine.Followers;
using Workflow.Engine.Journal;
using Workflow.Grains.Monitors;

namespace Workflow.Silo.Monitors;

/// <summary>Tells the monitors of units what the journal changes in their figures, a batch per unit and page.</summary>
/// <remarks>
/// What an entry changes is a function of the journal up to it, so whoever leads the follower sends the same. A page is handled when every unit
/// has stored it; units that stored it before a fault pass over it when it comes again.
/// </remarks>
internal sealed class UnitMonitorFollower(IGrainFactory grains, IJournalStore store) : IJournalFollower
{
    private readonly StandingCache _standings = new(store);

    // The last change that each unit was told of by this process. It stays true when other hosts lead meanwhile.
    private readonly Dictionary<string, string> _told = new(StringComparer.Ordinal);

    // Behind the start of an empty journal nothing was before, and units that nobody was told of have no figures to miss.
    private bool _fromStart;
    private bool _started;

    public string Name => "unit-monitors";

    public async ValueTask HandleAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        await LookForStartAsync(entries[0].Cursor, cancellationToken).ConfigureAwait(false);
        var changes = new Dictionary<string, List<UnitChange>>(StringComparer.Ordinal);
        var page = new Dictionary<string, (int Version, UnitStanding Standing)>(StringComparer.Ordinal);
        foreach (var entry in entries)
        {
            var before = page.TryGetValue(entry.Code.Value, out var known) && known.Version == entry.Version - 1
                ? known.Standing
                : await _standings.FindAsync(entry.Code.Value, entry.Version - 1, cancellationToken).ConfigureAwait(false);
            var tally = new UnitTally();
            page[entry.Code.Value] = (entry.Version, tally.Fold(before, entry.Events));
            foreach (var (unit, change) in tally.Units)
            {
                if (change != UnitFigures.None)
                {
                    Of(unit).Add(new UnitChange(entry.Cursor.ToString(), change));
                }
            }
        }

        await Task.WhenAll(changes.Select(c => TellAsync(c.Key, c.Value, cancellationToken))).ConfigureAwait(false);
        foreach (var (unit, told) in changes)
        {
            _told[unit] = told[^1].Cursor;
        }

        _standings.Keep(page);

        List<UnitChange> Of(string unit) => changes.TryGetValue(unit, out var list) ? list : changes[unit] = [];
    }

    private Task TellAsync(string unit, List<UnitChange> changes, CancellationToken ct)
    {
        var after = _told.TryGetValue(unit, out var last) ? last : _fromStart ? default(JournalCursor).ToString() : null;
        return grains.GetGrain<IUnitMonitorFeed>(UnitMonitorGrainKey.Of(unit)).CountAsync(new UnitBatch(after, changes)).AsTask().WaitAsync(ct);
    }

    private async ValueTask LookForStartAsync(JournalCursor first, CancellationToken ct)
    {
        if (!_started)
        {
            _fromStart = await store.ReadJournalAsync(default, 1, ct).ConfigureAwait(false) is [var begin] && begin.Cursor >= first;
            _started = true;
        }
    }
}
