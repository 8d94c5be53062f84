using Workflow.Core.Dossiers;

namespace Workflow.Core.Engines;

/// <summary>Who gives a command, under which id.</summary>
/// <param name="Id">The id that makes it exactly once, unique within <see cref="Caller"/>.</param>
/// <param name="Actor">The acting person.</param>
public sealed record CommandRequest(CommandId Id, Actor Actor)
{
    /// <summary>The caller in whose name the id is unique; the actor's id unless it is said otherwise.</summary>
    public string Caller { get; init; } = Actor.Id;

    /// <summary>The version that the caller saw; null not to check.</summary>
    public int? ExpectedVersion { get; init; }

    /// <summary>The legal time, for what happened before it was entered; null for the engine's clock. Never after that clock.</summary>
    public DateTimeOffset? OccurredAt { get; init; }
}
