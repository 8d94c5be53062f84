namespace Workflow.Host.Loading;

/// <summary>How long commands took, counted in buckets that are 3% wide, so that any number of them takes the same room. Thread-safe.</summary>
internal sealed class Latencies
{
    // Per doubling; from 1 microsecond to more than an hour.
    private const int Steps = 24;
    private const int Doublings = 33;

    private readonly long[] _counts = new long[Steps * Doublings];

    public void Add(TimeSpan time)
    {
        var bucket = (int)(Math.Log2(Math.Max(1, time.TotalMicroseconds)) * Steps);
        Interlocked.Increment(ref _counts[Math.Min(bucket, _counts.Length - 1)]);
    }

    /// <summary>The time in milliseconds within which a share of the commands was done; 0 when there was none.</summary>
    /// <param name="share">Above 0, at most 1.</param>
    public double Percentile(double share)
    {
        var wanted = (long)Math.Ceiling(_counts.Sum() * share);
        var seen = 0L;
        for (var i = 0; i < _counts.Length; i++)
        {
            seen += _counts[i];
            if (seen >= wanted && seen > 0)
            {
                return Math.Pow(2, (i + 1.0) / Steps) / 1000;
            }
        }

        return 0;
    }
}
