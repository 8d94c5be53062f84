namespace Workflow.Core.Simulation;

/// <summary>A small generator whose numbers depend on its seed alone, on every machine and in every release (SplitMix64).</summary>
/// <remarks>For simulations, not for secrets. Not thread-safe.</remarks>
internal sealed class SeededRandom(ulong seed)
{
    private ulong _state = seed;

    public ulong NextBits()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0, included, to 1, excluded.</summary>
    public double NextShare() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>From 0, included, to <paramref name="count"/>, excluded.</summary>
    public int Next(int count) => (int)(NextShare() * count);

    public bool Happens(double probability) => NextShare() < probability;

    public double Between(double low, double high) => low + ((high - low) * NextShare());

    /// <summary>Exponentially distributed around a mean.</summary>
    public double Exponential(double mean) => -mean * Math.Log(1 - NextShare());

    /// <summary>The index of a weight, in proportion to the weights.</summary>
    /// <param name="cumulative">The running sums of the weights. Ascending, never empty.</param>
    public int Pick(double[] cumulative)
    {
        var at = Array.BinarySearch(cumulative, NextShare() * cumulative[^1]);
        return Math.Min(at < 0 ? ~at : at + 1, cumulative.Length - 1);
    }
}
