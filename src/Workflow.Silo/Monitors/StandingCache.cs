using Workflow.Core.Indicators;
using Workflow.Engine.Commits;
using Workflow.Engine.Journal;

namespace Workflow.Silo.Monitors;

/// <summary>Where dossiers stand that moved lately; the others are folded from their histories. Not thread-safe.</summary>
internal sealed class StandingCache(IJournalStore store, int size = 50_000)
{
    private const int PageLength = 500;

    // Those that moved since the last turn of generations, and those of the generation before.
    private Dictionary<string, (int Version, UnitStanding Standing)> _young = new(StringComparer.Ordinal);
    private Dictionary<string, (int Version, UnitStanding Standing)> _old = new(StringComparer.Ordinal);

    /// <summary>Where a dossier stood at a version; null at version 0.</summary>
    /// <exception cref="StorageCorruptException">Its history ends before that version.</exception>
    public async ValueTask<UnitStanding?> FindAsync(string code, int version, CancellationToken ct)
    {
        if (version == 0)
        {
            return null;
        }

        return (_young.TryGetValue(code, out var known) || _old.TryGetValue(code, out known)) && known.Version == version
            ? known.Standing
            : await FoldAsync(code, version, ct).ConfigureAwait(false);
    }

    public void Keep(Dictionary<string, (int Version, UnitStanding Standing)> page)
    {
        foreach (var (code, known) in page)
        {
            _young[code] = known;
        }

        if (_young.Count >= size / 2)
        {
            (_old, _young) = (_young, new(StringComparer.Ordinal));
        }
    }

    private async ValueTask<UnitStanding?> FoldAsync(string code, int version, CancellationToken ct)
    {
        var tally = new UnitTally();
        var standing = default(UnitStanding);
        for (var reached = 0; reached < version;)
        {
            var rows = await store.ReadHistoryAsync(code, reached + 1, Math.Min(PageLength, version - reached), ct).ConfigureAwait(false);
            if (rows.Count == 0)
            {
                throw new StorageCorruptException($"The history of dossier {code} ends at version {reached}, and its version {version + 1} is in the journal: restore the last backup.");
            }

            foreach (var row in rows)
            {
                standing = tally.Fold(standing, Recording.Read(row).Events);
            }

            reached = rows[^1].Version;
        }

        return standing;
    }
}
