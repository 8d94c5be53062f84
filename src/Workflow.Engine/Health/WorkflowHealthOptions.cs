namespace Workflow.Engine.Health;

/// <summary>From when on a host of the engine is not well. Times are real time, except that timers are late by the engine's clock.</summary>
public sealed class WorkflowHealthOptions
{
    /// <summary>How long the store may take to answer; above zero. Two seconds unless told.</summary>
    public TimeSpan StoreTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How long a shared commit may wait for the store; beyond it the host is not ready. Ten seconds unless told.</summary>
    public TimeSpan OldestAppend { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How late the earliest timer may be; beyond it the host is degraded. Five minutes unless told.</summary>
    public TimeSpan TimerLateness { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How old the oldest entry may be that a follower was not given; beyond it the host is degraded. Ten minutes unless told.</summary>
    public TimeSpan FollowerLag { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many parked deliveries there may be; beyond them the host is degraded. None unless told.</summary>
    public int ParkedDeliveries { get; set; }
}
