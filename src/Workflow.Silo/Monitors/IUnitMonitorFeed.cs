using Workflow.Core.Indicators;

namespace Workflow.Silo.Monitors;

/// <summary>The side of a unit's monitor to which the follower of the journal tells what changed.</summary>
[Alias("workflow.IUnitMonitorFeed")]
internal interface IUnitMonitorFeed : IGrainWithStringKey
{
    /// <summary>Counts changes and stores the figures before it answers. Those that are counted already count no more.</summary>
    /// <remarks>Where figures are missing that a batch builds on, the whole journal is counted first, which may take minutes.</remarks>
    [Alias("Count")]
    [ResponseTimeout("00:10:00")]
    ValueTask CountAsync(UnitBatch batch);
}

/// <summary>What happened to a unit's figures, in the order of the journal.</summary>
/// <param name="After">The cursor behind which these changes are all that the unit's figures have had; null when the follower does not know what was before.</param>
/// <param name="Changes">The changes, ascending by cursor. Never empty.</param>
[GenerateSerializer]
[Immutable]
[Alias("workflow.UnitBatch")]
internal sealed record UnitBatch([property: Id(0)] string? After, [property: Id(1)] IReadOnlyList<UnitChange> Changes);

/// <summary>By how much one entry of the journal changes a unit's figures.</summary>
/// <param name="Cursor">The entry's cursor.</param>
/// <param name="Change">The change.</param>
[GenerateSerializer]
[Immutable]
[Alias("workflow.UnitChange")]
internal sealed record UnitChange([property: Id(0)] string Cursor, [property: Id(1)] UnitFigures Change);
