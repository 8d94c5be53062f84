using Workflow.Core.Dossiers;
using Workflow.Core.Engines;

namespace Workflow.Grains.Calls;

/// <summary>What became of a command. One of the two is set.</summary>
/// <param name="Result">The engine's answer.</param>
/// <param name="Fault">What the engine threw.</param>
[Immutable]
[Alias("workflow.CommandAnswer")]
public sealed record CommandAnswer(CommandResult? Result, EngineFault? Fault = null);

/// <summary>A dossier as it is now.</summary>
/// <param name="Dossier">The dossier; null when there is none, or something was thrown.</param>
/// <param name="Fault">What the engine threw, or null.</param>
[Immutable]
[Alias("workflow.DossierAnswer")]
public sealed record DossierAnswer(DossierSnapshot? Dossier, EngineFault? Fault = null);

/// <summary>What a person may do with a dossier now.</summary>
/// <param name="Triggers">The triggers; null when there is no such dossier, or something was thrown.</param>
/// <param name="Fault">What the engine threw, or null.</param>
[Immutable]
[Alias("workflow.PermittedAnswer")]
public sealed record PermittedAnswer(IReadOnlyList<PermittedTrigger>? Triggers, EngineFault? Fault = null);

/// <summary>The accepted commands of a dossier.</summary>
/// <param name="Entries">Oldest first; empty when there is none, or something was thrown.</param>
/// <param name="Fault">What the engine threw, or null.</param>
[Immutable]
[Alias("workflow.HistoryAnswer")]
public sealed record HistoryAnswer(IReadOnlyList<HistoryEntry> Entries, EngineFault? Fault = null);
