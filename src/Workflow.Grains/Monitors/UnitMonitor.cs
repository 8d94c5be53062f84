using Workflow.Core.Indicators;

namespace Workflow.Grains.Monitors;

/// <summary>The figures of a unit, and up to where in the journal they were counted.</summary>
/// <param name="Unit">The unit's code.</param>
/// <param name="Figures">The figures.</param>
/// <param name="Cursor">The place in the journal of all dossiers of the last change that is counted, as the engine writes it; null where nothing is.</param>
[GenerateSerializer]
[Immutable]
[Alias("workflow.UnitMonitor")]
public sealed record UnitMonitor([property: Id(0)] string Unit, [property: Id(1)] UnitFigures Figures, [property: Id(2)] string? Cursor);
