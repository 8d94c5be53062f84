using Workflow.Core.Guards;
using Workflow.Core.Procedures;

namespace Workflow.Core.Migrations;

/// <summary>What changed between two definitions of a procedure, part by part. Immutable and safe to share between threads.</summary>
/// <remarks>
/// Between two compiled contents of one version, the content hashes are equal exactly when nothing differs but <c>sources</c> and
/// <c>unverified</c>, which no hash covers. Places in files are no part of a definition.
/// </remarks>
public sealed class ProcedureDiff
{
    private ProcedureDiff(IReadOnlyList<ProcedureDifference> differences) => Differences = differences;

    /// <summary>Every difference, in the order of definition files: what the second definition has and, in its place, what the first had.</summary>
    public IReadOnlyList<ProcedureDifference> Differences { get; }

    /// <summary>Whether anything differs beside what people read.</summary>
    public bool ChangesBehaviour => Differences.Any(d => d.Weight != DifferenceWeight.ForPeople);

    /// <summary>Whether running dossiers may rest on what is gone, or lack what is now demanded.</summary>
    public bool BreaksRunning => Differences.Any(d => d.Weight == DifferenceWeight.Breaking);

    /// <summary>Compares two definitions, which need not be of one procedure.</summary>
    /// <param name="a">The first.</param>
    /// <param name="b">The second.</param>
    /// <param name="guards">The guards that they refer to, so that <c>fees-paid</c> and <c>fees-paid@1</c> are the same; <see cref="GuardRegistry.Standard"/> when null.</param>
    public static ProcedureDiff Between(ProcedureContent a, ProcedureContent b, GuardRegistry? guards = null)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        var registry = guards ?? GuardRegistry.Standard;
        return new ProcedureDiff([.. Compare(ProcedureFacts.Of(a, registry), ProcedureFacts.Of(b, registry))]);
    }

    private static IEnumerable<ProcedureDifference> Compare(ProcedureFacts before, ProcedureFacts after)
    {
        // What is gone stands behind what stood before it.
        var gone = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        var anchor = string.Empty;
        foreach (var fact in before.All)
        {
            if (after.Find(fact.Path) is not null)
            {
                anchor = fact.Path;
            }
            else if (gone.TryGetValue(anchor, out var list))
            {
                list.Add(fact.Path);
            }
            else
            {
                gone.Add(anchor, [fact.Path]);
            }
        }

        var paths = after.All.Select(f => f.Path).Prepend(string.Empty).SelectMany(p => gone.TryGetValue(p, out var list) ? list.Prepend(p) : [p]).Skip(1);

        // The members of a part that is new or gone are told with it.
        var whole = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            var (old, now) = (before.Find(path), after.Find(path));
            var fact = (old ?? now)!;
            var isTold = fact.Part is { } part && whole.Contains(part);
            var difference = isTold ? null : Difference(path, old, now);
            if (fact.IsPart && (isTold || difference is not null))
            {
                whole.Add(path);
            }

            if (difference is not null)
            {
                yield return difference;
            }
        }
    }

    private static ProcedureDifference? Difference(string path, ProcedureFact? old, ProcedureFact? now)
    {
        if (old is { Keys: not null } || now is { Keys: not null })
        {
            // Parts that one of them lacks are told by themselves.
            var (first, second) = (Common(old, now), Common(now, old));
            return first.SequenceEqual(second, StringComparer.Ordinal)
                ? null
                : new ProcedureDifference(DifferenceKind.Reordered, path, ProcedureFacts.List(first), ProcedureFacts.List(second), (now ?? old)!.Weight);
        }

        // What a part says that both have is compared member by member.
        if (old?.Value == now?.Value || (old is not null && now is { IsPart: true }))
        {
            return null;
        }

        var kind = old is null ? DifferenceKind.Added : now is null ? DifferenceKind.Removed : DifferenceKind.Changed;
        var weight = kind switch
        {
            DifferenceKind.Added => now!.WhenAdded,
            DifferenceKind.Removed => old!.WhenRemoved,
            _ => old!.Weight > now!.Weight ? old.Weight : now.Weight,
        };
        return new ProcedureDifference(kind, path, old?.Value, now?.Value, weight);
    }

    private static List<string> Common(ProcedureFact? of, ProcedureFact? with) =>
        [.. (of?.Keys ?? []).Where(k => (with?.Keys ?? []).Contains(k, StringComparer.Ordinal))];
}
