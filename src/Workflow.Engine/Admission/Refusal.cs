namespace Workflow.Engine.Admission;

/// <summary>Why a command was not let in.</summary>
internal enum RefusalReason
{
    /// <summary>No place is free.</summary>
    Full,

    /// <summary>Its unit has as many commands under way as it may; places are left for others.</summary>
    UnitShare,

    /// <summary>The engine ends.</summary>
    Draining,
}

/// <summary>A command that was not let in.</summary>
/// <param name="Reason">Why.</param>
/// <param name="RetryAfter">When it is worth trying again.</param>
internal readonly record struct Refusal(RefusalReason Reason, TimeSpan RetryAfter);
