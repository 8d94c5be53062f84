using Workflow.Core.Definitions;
using Workflow.Core.Procedures;
using Workflow.Core.Units;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;

namespace Workflow.Engine.Outbox;

/// <summary>The codes that a subscriber's filter may name, so that a mistyped one is refused rather than never told anything. Immutable.</summary>
public sealed class FilterCodes
{
    private const int MostNamed = 10;

    private readonly SortedSet<string> _procedures = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _units = new(StringComparer.Ordinal);

    private FilterCodes()
    {
    }

    /// <summary>Returns the codes of a store and those given; units that ended count too, since dossiers of before bear them.</summary>
    /// <param name="store">The store.</param>
    /// <param name="procedures">The procedures that dossiers may follow besides those published in the store.</param>
    /// <param name="units">The units besides those that the store has known.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="StorageException">The store failed, or a published definition cannot be read.</exception>
    public static async ValueTask<FilterCodes> ReadAsync(IJournalStore store, IEnumerable<Procedure> procedures, UnitTree units, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(procedures);
        ArgumentNullException.ThrowIfNull(units);
        var codes = new FilterCodes();
        codes._procedures.UnionWith(procedures.Select(p => p.Code));
        codes._procedures.UnionWith((await store.ReadDefinitionsAsync(DefinitionKinds.Procedure, cancellationToken).ConfigureAwait(false)).Select(d => d.Code));
        codes._units.UnionWith(units.Units.Select(u => u.Code));
        foreach (var tree in await PublishedUnits.ReadAllAsync(store, cancellationToken).ConfigureAwait(false))
        {
            codes._units.UnionWith(tree.Units.Select(u => u.Code));
        }

        return codes;
    }

    /// <summary>What a filter names that there is not, in one line that says what there is; null when there is everything.</summary>
    public string? MistakeIn(SubscriberFilter filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return Mistake("procedure", filter.Procedures, _procedures) ?? Mistake("unit", filter.Units, _units);
    }

    private static string? Mistake(string kind, IReadOnlyList<string> named, SortedSet<string> known)
    {
        if (named.FirstOrDefault(code => code is null || !known.Contains(code)) is not { } unknown)
        {
            return named.Any(code => code is null) ? $"the filter names a {kind} that is null: leave it out" : null;
        }

        var mend = Spelling.Nearest(unknown, known) is { } nearest ? $"did you mean '{nearest}'?"
            : known.Count == 0 ? $"no {kind} is known yet: publish it first"
            : $"use one of: {string.Join(", ", known.Take(MostNamed))}{(known.Count > MostNamed ? $" and {known.Count - MostNamed} more" : string.Empty)}";
        return $"the filter names {kind} '{SubscriberTexts.Shown(unknown)}', which there is not: {mend}";
    }
}
