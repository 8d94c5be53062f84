using Workflow.Engine.Journal;

namespace Workflow.Engine.Leases;

/// <summary>What every store asks of those who take leases.</summary>
internal static class Lease
{
    /// <exception cref="ArgumentException">A text is unstorable or the duration is not above zero.</exception>
    public static void Require(string name, string holder, TimeSpan duration)
    {
        Storable.RequireKey(name, nameof(name));
        Require(holder, duration);
    }

    /// <inheritdoc cref="Require(string, string, TimeSpan)"/>
    public static void Require(string holder, TimeSpan duration)
    {
        Storable.RequireKey(holder, nameof(holder));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
    }
}
