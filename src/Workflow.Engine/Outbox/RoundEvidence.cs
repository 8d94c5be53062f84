namespace Workflow.Engine.Outbox;

/// <summary>What the answers of a round tell of the subscriber as a whole. Safe to share between threads.</summary>
/// <param name="atOnce">How many deliveries go side by side.</param>
internal sealed class RoundEvidence(int atOnce)
{
    // One dossier alone tells nothing.
    private readonly int _enough = Math.Max(2, atOnce);

    private int _taken;
    private int _refused;
    private int _away;
    private int _gone;

    /// <summary>How many deliveries were taken.</summary>
    public int Taken => Volatile.Read(ref _taken);

    /// <summary>Whether it took a delivery, or looked at one and refused it: then what else fails is its dossier's trouble.</summary>
    public bool IsUp => Taken > 0 || Volatile.Read(ref _refused) > 0;

    /// <summary>Whether it is gone for good.</summary>
    public bool IsGone => Volatile.Read(ref _gone) > 0;

    /// <summary>Whether more tries would tell nothing more: where many wait for one that does not answer, a few are enough.</summary>
    public bool IsOver => IsGone || (Volatile.Read(ref _away) >= _enough && !IsUp);

    public void Count(DeliveryFate fate)
    {
        switch (fate)
        {
            case DeliveryFate.Taken:
                Interlocked.Increment(ref _taken);
                break;
            case DeliveryFate.Refused:
                Interlocked.Increment(ref _refused);
                break;
            case DeliveryFate.Gone:
                Interlocked.Increment(ref _gone);
                break;
            case DeliveryFate.Unavailable or DeliveryFate.Failed:
                Interlocked.Increment(ref _away);
                break;
        }
    }

    /// <summary>The answer that tells that the subscriber is away; null when it is up or gone, or when too little was tried to tell.</summary>
    /// <param name="fresh">The dossiers of the page.</param>
    /// <param name="due">The owed ones that were tried.</param>
    public DeliveryAnswer? Down(IReadOnlyList<DossierChain> fresh, IReadOnlyList<DossierChain> due)
    {
        var away = fresh.Where(c => c.IsAway).ToList();
        return IsUp || IsGone || away.Count == 0 || (away.Count + due.Count(c => c.IsAway) < 2 && away[0].Failure!.Value.Fate == DeliveryFate.Failed)
            ? null
            : Longest(away);
    }

    /// <summary>Of the answers that a subscriber which is away gave, the one that wants the longest rest; null when there is none.</summary>
    public static DeliveryAnswer? Longest(IEnumerable<DossierChain> chains) =>
        chains.Where(c => c.IsAway).Select(c => c.Failure).MaxBy(f => f!.Value.RetryAfter ?? TimeSpan.Zero);
}
