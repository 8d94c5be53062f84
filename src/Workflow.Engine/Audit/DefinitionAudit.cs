using Workflow.Core.Procedures;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Audit;

/// <summary>Holds the published procedures, calendars and units against their content hashes, and against anchors.</summary>
internal sealed class DefinitionAudit
{
    private static readonly string[] s_kinds = [DefinitionKinds.Procedure, DefinitionKinds.Calendar, DefinitionKinds.Units];

    /// <summary>What does not hold.</summary>
    public List<DefinitionFault> Faults { get; } = [];

    /// <summary>The procedures that hold.</summary>
    public Dictionary<ProcedureVersion, Procedure> Procedures { get; } = [];

    /// <summary>The procedures whose guards are code that was not given, so that nothing can be said of them.</summary>
    public List<ProcedureVersion> Unverified { get; } = [];

    public static async ValueTask<DefinitionAudit> RunAsync(IJournalStore store, AuditOptions options, CancellationToken ct)
    {
        var audit = new DefinitionAudit();
        var stored = await ReadAsync(store, ct).ConfigureAwait(false);
        foreach (var definition in stored)
        {
            if (audit.WhyNot(definition, options) is { } why)
            {
                audit.Faults.Add(new DefinitionFault(definition.Kind, definition.Code, definition.Version, why));
            }
        }

        var known = stored.ToDictionary(d => (d.Kind, d.Code, d.Version));
        foreach (var anchored in options.AnchoredDefinitions?.Invoke() ?? [])
        {
            if (WhyNot(known.GetValueOrDefault((anchored.Kind, anchored.Code, anchored.Version)), anchored) is { } why)
            {
                audit.Faults.Add(new DefinitionFault(anchored.Kind, anchored.Code, anchored.Version, why));
            }
        }

        return audit;
    }

    /// <summary>Reads all definitions of a store, in the order of their kinds, codes and versions.</summary>
    public static async ValueTask<IReadOnlyList<PublishedDefinition>> ReadAsync(IJournalStore store, CancellationToken ct)
    {
        var all = new List<PublishedDefinition>();
        foreach (var kind in s_kinds)
        {
            all.AddRange((await store.ReadDefinitionsAsync(kind, ct).ConfigureAwait(false)).OrderBy(d => d.Code, CodeOrder.Instance).ThenBy(d => d.Version, CodeOrder.Instance));
        }

        return all;
    }

    private string? WhyNot(PublishedDefinition definition, AuditOptions options)
    {
        try
        {
            return definition.Kind switch
            {
                DefinitionKinds.Calendar => StoredCalendar.WhyNot(definition),
                DefinitionKinds.Units => StoredUnits.WhyNot(definition),
                _ => WhyNotProcedure(definition, options),
            };
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Whoever can write the store can put anything there.
            return "it cannot be read: it is of a newer release, or was changed";
        }
    }

    private string? WhyNotProcedure(PublishedDefinition definition, AuditOptions options)
    {
        var stored = StoredProcedure.Read(definition, options.Procedures);
        if (stored.Why is null && stored.Usable is { } procedure)
        {
            Procedures.Add(procedure.Version, procedure);
        }
        else if (stored.Why is null)
        {
            Unverified.Add(stored.Version);
        }

        return stored.Why;
    }

    private static string? WhyNot(PublishedDefinition? stored, AnchoredDefinition anchored)
    {
        if (stored is null)
        {
            return "it is missing: it was anchored";
        }

        var now = AnchoredDefinition.Of(stored);
        return !now.Sha256.AsSpan().SequenceEqual(anchored.Sha256) ? "it was changed and its hash recomputed, or its row written anew: the anchor has another content"
            : now.KnownFrom != anchored.KnownFrom ? "the time from which it was known was changed: the anchor has another"
            : null;
    }
}
