using Workflow.Core.Calendars;
using Workflow.Core.Indicators;
using Workflow.Core.Procedures;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Audit;

/// <summary>What an audit rests on beside the store.</summary>
/// <param name="Calendar">The working days by which back-dating is judged.</param>
public sealed record AuditOptions(WorkingCalendar Calendar)
{
    /// <summary>Finds versions of procedures that the store's own definitions do not give, such as those whose guards are code; null for none. Called from several threads.</summary>
    public Func<ProcedureVersion, Procedure?>? Procedures { get; init; }

    /// <summary>Opens the anchors that were taken away earlier, ordered by code; null for none. Called twice: to check them, and to hold the store against them.</summary>
    public Func<IEnumerable<ChainHead>>? Anchors { get; init; }

    /// <summary>Opens the definitions that were anchored with <see cref="Anchors"/>; null for none, as in anchors of earlier releases.</summary>
    public Func<IEnumerable<AnchoredDefinition>>? AnchoredDefinitions { get; init; }

    /// <summary>How many working days may lie between what happened and its recording before it counts as back-dated, at least 0.</summary>
    public int BackDatedAfter { get; init; } = 1;

    /// <summary>How many new dates one account may promise within 30 days before they count as many, at least 1.</summary>
    public int ManyExtensions { get; init; } = 10;

    /// <summary>Told how many rows have been verified, now and then; null for nobody.</summary>
    public Action<long>? Progress { get; init; }
}

/// <summary>What an audit found.</summary>
/// <param name="Dossiers">How many dossiers there are.</param>
/// <param name="Events">How many rows the journal has.</param>
/// <param name="Broken">What does not hold, at most 10,000, ordered by dossier and version.</param>
/// <param name="BrokenDossiers">In how many dossiers.</param>
/// <param name="Patterns">What should be asked about, ordered by dossier and version.</param>
/// <param name="Anchored">How many dossiers were held against an anchor; null when there were no anchors.</param>
/// <param name="Erased">How many rows have lost their personal part and its salt proves nothing any more: each should have been erased on purpose.</param>
/// <param name="NotReplayed">The versions of procedures that were not given or do not hold, with how many dossiers could not be replayed for it.</param>
/// <param name="BrokenDefinitions">What does not hold of the published procedures, calendars and units, in the order of their kinds, codes and versions.</param>
public sealed record AuditReport(
    long Dossiers,
    long Events,
    IReadOnlyList<ChainFault> Broken,
    long BrokenDossiers,
    IReadOnlyList<Pattern> Patterns,
    long? Anchored,
    long Erased,
    IReadOnlyList<NotReplayed> NotReplayed,
    IReadOnlyList<DefinitionFault> BrokenDefinitions)
{
    /// <summary>Whether everything was verified and nothing is broken. Patterns do not matter: they are reasons to ask.</summary>
    public bool IsIntact => Broken.Count == 0 && BrokenDefinitions.Count == 0 && NotReplayed.Count == 0;
}

/// <summary>Where a published definition does not hold.</summary>
/// <param name="Kind">One of <see cref="DefinitionKinds"/>.</param>
/// <param name="Code">The code of what is defined.</param>
/// <param name="Version">Its version.</param>
/// <param name="Why">What is wrong, in one line.</param>
public sealed record DefinitionFault(string Kind, string Code, string Version, string Why);

/// <summary>A version of a procedure that an audit was not given.</summary>
/// <param name="Procedure">The version.</param>
/// <param name="Dossiers">How many dossiers could not be replayed for it. Their chains were verified all the same.</param>
public sealed record NotReplayed(ProcedureVersion Procedure, long Dossiers);
