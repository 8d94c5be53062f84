using Workflow.Engine.Journal;

namespace Workflow.Engine.Outbox;

/// <summary>The deliveries of one dossier in one round, one after the other. Used by one task at a time.</summary>
/// <param name="code">The dossier.</param>
/// <param name="next">The first version that is not delivered.</param>
/// <param name="owed">Its row; null when it has none.</param>
internal sealed class DossierChain(string code, int next, OwedDossier? owed)
{
    public string Code => code;

    public OwedDossier? Owed => owed;

    /// <summary>Its rows of the page, ascending; empty for one that is owed, whose rows are in its history.</summary>
    public List<JournalRow> Rows { get; } = [];

    /// <summary>The first version that is not delivered.</summary>
    public int Next { get; set; } = next;

    public bool IsDone { get; set; }

    public DeliveryAnswer? Failure { get; set; }

    /// <summary>Whether a row says from now on what it is owed.</summary>
    public bool HasRow { get; set; }

    /// <summary>Whether it failed in a way that a subscriber which is away would explain.</summary>
    public bool IsAway => Failure is { Fate: DeliveryFate.Unavailable or DeliveryFate.Failed };

    /// <summary>The first chains of a page's dossiers, in the order of their first rows, without those that are owed.</summary>
    public static List<DossierChain> Of(IReadOnlyList<JournalRow> page, OwedDossiers owed)
    {
        var chains = new List<DossierChain>(page.Count);
        var known = new Dictionary<string, DossierChain>(page.Count, StringComparer.Ordinal);
        foreach (var row in page)
        {
            if (owed.Contains(row.Code))
            {
                continue;
            }

            if (!known.TryGetValue(row.Code, out var chain))
            {
                chain = new DossierChain(row.Code, row.Version, null);
                known.Add(row.Code, chain);
                chains.Add(chain);
            }

            chain.Rows.Add(row);
        }

        return chains;
    }
}
