using Workflow.Core.Dossiers;

namespace Workflow.Core.Indicators;

/// <summary>Finds accounts that promised new dates for many dossiers within a month. Rows come in any order. Not thread-safe.</summary>
/// <param name="most">How many new dates within 30 days are not many yet, at least 1.</param>
public sealed class ManyExtensions(int most)
{
    private static readonly TimeSpan s_month = TimeSpan.FromDays(30);

    private readonly Dictionary<string, List<(DateTimeOffset At, string Dossier, int Version)>> _byActor = new(StringComparer.Ordinal);

    /// <summary>Takes in one accepted command.</summary>
    public void Fold(string dossier, int version, string actor, DateTimeOffset occurredAt, IReadOnlyList<DossierEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is not DossierReappointed)
            {
                continue;
            }

            if (!_byActor.TryGetValue(actor, out var extensions))
            {
                _byActor.Add(actor, extensions = []);
            }

            extensions.Add((occurredAt, dossier, version));
        }
    }

    /// <summary>Returns a pattern per account, at the dossier whose new date was the first one too many, ordered by account.</summary>
    public IReadOnlyList<Pattern> Patterns()
    {
        var found = new List<Pattern>();
        foreach (var (actor, extensions) in _byActor.OrderBy(a => a.Key, StringComparer.Ordinal))
        {
            extensions.Sort((a, b) => a.At != b.At ? a.At.CompareTo(b.At) : string.CompareOrdinal(a.Dossier, b.Dossier));
            for (var last = most; last < extensions.Count; last++)
            {
                if (extensions[last].At - extensions[last - most].At <= s_month)
                {
                    var (at, dossier, version) = extensions[last];
                    found.Add(new Pattern(
                        PatternKind.ManyExtensions, dossier, version, actor,
                        $"the {most + 1}th new date of this account within 30 days up to {at:yyyy-MM-dd}, {extensions.Count} in all"));
                    break;
                }
            }
        }

        return found;
    }
}
