namespace Workflow.Engine.Followers;

/// <summary>A follower was to catch up, but another host leads it and did not get on for two durations of its lease.</summary>
/// <param name="name">The follower.</param>
public sealed class FollowerLedElsewhereException(string name)
    : Exception($"Another host leads follower '{name}' and does not get on: see its log for why, or end that host, and this one takes over.")
{
    /// <summary>The follower's name.</summary>
    public string Follower { get; } = name;
}
