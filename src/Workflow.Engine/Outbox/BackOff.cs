namespace Workflow.Engine.Outbox;

/// <summary>How long to wait after a failure: longer each time, and a little differently for each, so that retries do not come all at once.</summary>
/// <remarks>The difference follows from the key and the count alone: the same failure waits as long wherever it is retried.</remarks>
internal static class BackOff
{
    private const double Spread = 0.2;

    /// <param name="failures">How many failures there were, at least 1.</param>
    /// <param name="first">The wait after the first one.</param>
    /// <param name="factor">How much longer each wait is than the one before.</param>
    /// <param name="longest">The longest wait, before it is spread.</param>
    /// <param name="key">Whose failure it is.</param>
    public static TimeSpan After(int failures, TimeSpan first, double factor, TimeSpan longest, string key)
    {
        var wait = Math.Min(first.Ticks * Math.Pow(factor, Math.Min(failures, 60) - 1), longest.Ticks);
        return TimeSpan.FromTicks((long)(wait * (1 - (Spread / 2) + (Spread * Share(key, failures)))));
    }

    // FNV-1a, as a share of one.
    private static double Share(string key, int failures)
    {
        var hash = 2166136261u;
        foreach (var c in key)
            hash = unchecked((hash ^ c) * 16777619u);
        hash = unchecked((hash ^ (uint)failures) * 16777619u);
        hash ^= hash >> 15;
        hash = unchecked(hash * 2246822519u);
        return (hash ^ (hash >> 13)) / (uint.MaxValue + 1.0);
    }
}
