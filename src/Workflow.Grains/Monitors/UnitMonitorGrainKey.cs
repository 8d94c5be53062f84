namespace Workflow.Grains.Monitors;

/// <summary>The key of a unit's monitor: the code behind <c>unit/</c>, because a bare key that reads as a number is stored as one.</summary>
public static class UnitMonitorGrainKey
{
    private const string Prefix = "unit/";

    /// <summary>The key of a unit's monitor.</summary>
    /// <param name="unit">The unit's code.</param>
    /// <exception cref="ArgumentException"><paramref name="unit"/> is empty.</exception>
    public static string Of(string unit)
    {
        ArgumentException.ThrowIfNullOrEmpty(unit);
        return Prefix + unit;
    }

    /// <summary>The unit's code in a key.</summary>
    /// <exception cref="ArgumentException">The key is none of a unit's monitor.</exception>
    internal static string UnitOf(string key) => key.StartsWith(Prefix, StringComparison.Ordinal) && key.Length > Prefix.Length
        ? key[Prefix.Length..]
        : throw new ArgumentException($"The key of a unit's monitor is '{Prefix}' and the unit's code, not '{key}': make it by UnitMonitorGrainKey.Of.", nameof(key));
}
