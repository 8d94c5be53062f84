using System.Security.Cryptography;
using System.Text.Json;
using Workflow.Core.Reorganisations;
using Workflow.Core.Units;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Setup;

/// <summary>The trees of units that were published into a store, and which of them is in force.</summary>
/// <remarks>
/// As long as no reorganisation was carried out in a store, its units are those that the host was given. From the first one on they
/// are the newest that the store holds: a host that is given units that the store knew before goes on with those of the store, and one
/// that is given new ones must have in them what the reorganisations did.
/// </remarks>
internal static class PublishedUnits
{
    private const string Code = "units";
    private const string PlanPrefix = "plan-";
    private const int HashDigits = 16;

    /// <summary>Returns the units to go by, given those of the host, and publishes them when they are new.</summary>
    /// <exception cref="OutdatedUnitsException">The units given are new and lack what a reorganisation did.</exception>
    /// <exception cref="StorageCorruptException">A published tree cannot be read.</exception>
    public static async ValueTask<UnitTree> ChooseAsync(IJournalStore store, UnitTree given, DateTimeOffset now, CancellationToken ct)
    {
        var definition = Define(given, null, now);
        while (true)
        {
            // Another host may publish meanwhile: then it is looked at again.
            var revision = await store.ConfirmAsync([], [], ct).ConfigureAwait(false);
            var published = await store.ReadDefinitionsAsync(DefinitionKinds.Units, ct).ConfigureAwait(false);
            var plan = published.LastOrDefault(IsOfPlan);
            if (published.Any(p => p.ContentHash == definition.ContentHash))
            {
                return plan is null ? given : Read(published[^1]);
            }

            if (plan is not null)
            {
                RequireContinued(Read(published[^1]), given, plan);
            }

            var added = plan is null ? definition : definition with { KnownFrom = After(published, now) };
            if (await store.TryPublishAsync(added, revision, ct).ConfigureAwait(false))
            {
                return given;
            }
        }
    }

    /// <summary>Returns the units to go by of a host that has gone by <paramref name="present"/> until now.</summary>
    /// <exception cref="StorageCorruptException">A published tree cannot be read.</exception>
    public static async ValueTask<UnitTree> NewestAsync(IJournalStore store, UnitTree present)
    {
        var published = await store.ReadDefinitionsAsync(DefinitionKinds.Units, CancellationToken.None).ConfigureAwait(false);
        return !published.Any(IsOfPlan) || published[^1].ContentHash == Define(present, null, default).ContentHash ? present : Read(published[^1]);
    }

    /// <summary>Publishes what a plan made of the units, unless that is in force already, or something was published since a revision.</summary>
    /// <returns>False when something was, and these units are not published.</returns>
    public static async ValueTask<bool> TryPublishAsync(
        IJournalStore store, Reorganisation plan, UnitTree before, UnitTree after, long revision, DateTimeOffset now, CancellationToken ct)
    {
        var definition = Define(after, plan, now);
        if (definition.ContentHash == Define(before, null, now).ContentHash)
        {
            return true;
        }

        var published = await store.ReadDefinitionsAsync(DefinitionKinds.Units, ct).ConfigureAwait(false);
        return await store.TryPublishAsync(definition with { KnownFrom = After(published, now) }, revision, ct).ConfigureAwait(false);
    }

    /// <summary>Returns every tree that was published, in the order in which they were known.</summary>
    /// <exception cref="StorageCorruptException">A published tree cannot be read.</exception>
    public static async ValueTask<IReadOnlyList<UnitTree>> ReadAllAsync(IJournalStore store, CancellationToken ct) =>
        [.. (await store.ReadDefinitionsAsync(DefinitionKinds.Units, ct).ConfigureAwait(false)).Select(Read)];

    /// <summary>Returns whether a version may be that of a content with this hash.</summary>
    public static bool IsVersionOf(string version, string hash) =>
        version == hash || (version.StartsWith(PlanPrefix, StringComparison.Ordinal) && version.EndsWith($"-{hash[..HashDigits]}", StringComparison.Ordinal));

    // Units bear no version of their own: each content is one.
    private static PublishedDefinition Define(UnitTree units, Reorganisation? plan, DateTimeOffset now)
    {
        var content = DefinitionJson.Write(units.Units);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        return new PublishedDefinition(DefinitionKinds.Units, Code, plan is null ? hash : $"{PlanPrefix}{plan.Id}-{hash[..HashDigits]}", hash, now, content);
    }

    private static bool IsOfPlan(PublishedDefinition definition) => definition.Version.StartsWith(PlanPrefix, StringComparison.Ordinal);

    // Trees are read in the order in which they were known, so each is known later than those before, whatever the clock does.
    private static DateTimeOffset After(IReadOnlyList<PublishedDefinition> published, DateTimeOffset now) =>
        published.Count > 0 && published[^1].KnownFrom >= now ? published[^1].KnownFrom.AddMilliseconds(1) : now;

    private static UnitTree Read(PublishedDefinition definition)
    {
        try
        {
            return new UnitTree(DefinitionJson.ReadUnits(definition.Content));
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new StorageCorruptException($"The store's units {definition.Version} cannot be read: use the release that published them, or restore a copy of the store.", e);
        }
    }

    private static void RequireContinued(UnitTree stored, UnitTree given, PublishedDefinition plan)
    {
        foreach (var unit in stored.Units)
        {
            if (given.Find(unit.Code) is not { } other)
            {
                throw new OutdatedUnitsException(unit.Code, $"is missing, and {plan.Version} in this store has it");
            }

            if (!Continues(other, unit))
            {
                throw new OutdatedUnitsException(unit.Code, $"differs in its level, its dates, its successors or what it stands below from what {plan.Version} made of it in this store");
            }
        }
    }

    // What is past stays; a unit may end or move later than the store knows.
    private static bool Continues(Unit unit, Unit before) =>
        unit.Level == before.Level && unit.From == before.From
        && (before.Until is null || (unit.Until == before.Until && unit.Successors.ToHashSet(StringComparer.Ordinal).SetEquals(before.Successors)))
        && unit.FormerParents.Take(before.FormerParents.Count).SequenceEqual(before.FormerParents)
        && (unit.FormerParents.Count > before.FormerParents.Count ? unit.FormerParents[before.FormerParents.Count].Parent : unit.Parent) == before.Parent;
}

/// <summary>The units that a host was given are new and lack what a reorganisation did in the store.</summary>
/// <param name="unit">The code of the first such unit.</param>
/// <param name="why">What is wrong with it.</param>
public sealed class OutdatedUnitsException(string unit, string why)
    : Exception($"The units are older than the store's: unit '{unit}' {why}: take over what the reorganisation did, or go back to the units of before.")
{
    /// <summary>The code of the unit.</summary>
    public string Unit { get; } = unit;
}
