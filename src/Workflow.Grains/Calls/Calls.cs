using Workflow.Core.Dossiers;
using Workflow.Core.Engines;

namespace Workflow.Grains.Calls;

/// <summary>A command to a dossier.</summary>
/// <remarks>As all messages to and from grains: immutable, so that within a process it is handed over and not copied; JSON on the wire, where unknown members are ignored and missing ones have their default.</remarks>
/// <param name="Command">The command; anything but a submission.</param>
/// <param name="Request">Who gives it, under which id.</param>
[Immutable]
[Alias("workflow.DossierCall")]
public sealed record DossierCall(DossierCommand Command, CommandRequest Request);

/// <summary>A submission.</summary>
/// <param name="Command">The submission.</param>
/// <param name="Request">Who gives it, under which id.</param>
[Immutable]
[Alias("workflow.SubmissionCall")]
public sealed record SubmissionCall(SubmitDossier Command, CommandRequest Request);

/// <summary>The question what a person may do.</summary>
/// <param name="Actor">The person.</param>
[Immutable]
[Alias("workflow.PermittedCall")]
public sealed record PermittedCall(Actor Actor);

/// <summary>The question for accepted commands.</summary>
/// <param name="FromVersion">The first version, from 1.</param>
/// <param name="Limit">The most to return, 1 to 1000.</param>
[Immutable]
[Alias("workflow.HistoryCall")]
public sealed record HistoryCall(int FromVersion, int Limit);
