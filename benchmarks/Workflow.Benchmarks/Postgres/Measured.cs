namespace Workflow.Benchmarks.Postgres;

/// <summary>What one measurement came to.</summary>
/// <param name="PerSecond">Commits a second.</param>
/// <param name="P50">The time in milliseconds within which half were done; the mean where no more is known.</param>
/// <param name="P99">The time within which 99 of 100 were done; null where that is not known.</param>
internal sealed record Measured(double PerSecond, double P50, double? P99)
{
    /// <summary>The medians of several.</summary>
    public static Measured MedianOf(IReadOnlyCollection<Measured> all) =>
        new(Median(all.Select(m => m.PerSecond)), Median(all.Select(m => m.P50)), all.All(m => m.P99 is not null) ? Median(all.Select(m => m.P99!.Value)) : null);

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
