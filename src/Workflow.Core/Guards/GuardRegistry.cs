using System.Collections.Frozen;

namespace Workflow.Core.Guards;

/// <summary>The guards that a host knows by name. Immutable and safe to share between threads.</summary>
/// <remarks>A procedure that refers to a guard which the registry lacks is refused by name when it is built.</remarks>
public sealed class GuardRegistry
{
    private readonly FrozenDictionary<string, GuardDefinition> _byReference;
    private readonly FrozenDictionary<string, GuardDefinition> _newest;

    private GuardRegistry(IEnumerable<GuardDefinition> guards)
    {
        var all = guards.ToList();
        _byReference = all.ToFrozenDictionary(g => g.Reference, StringComparer.Ordinal);
        _newest = all.GroupBy(g => g.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.MaxBy(d => d.Version)!, StringComparer.Ordinal);
    }

    /// <summary>The guards that every host has: <c>documents-complete</c>, <c>fees-paid</c>, <c>fees-due</c>, <c>no-decision</c>.</summary>
    public static GuardRegistry Standard { get; } = new(
    [
        new GuardDefinition("documents-complete", 1, "a required document is missing", f => f.DocumentsComplete),
        new GuardDefinition("fees-paid", 1, "the fees are not paid", f => f.FeesOutstanding <= 0),
        new GuardDefinition("fees-due", 1, "there is nothing to pay", f => f.FeesOutstanding > 0),
        new GuardDefinition("no-decision", 1, "a decision has been signed", f => !f.HasDecision),
    ]);

    /// <summary>The names of all guards, in ordinal order.</summary>
    public IEnumerable<string> Names => _newest.Keys.Order(StringComparer.Ordinal);

    /// <summary>Returns a registry that has these guards as well.</summary>
    /// <exception cref="ArgumentException">A guard of the same name and version is there already.</exception>
    public GuardRegistry With(params IEnumerable<GuardDefinition> guards) => new(_byReference.Values.Concat(guards));

    /// <summary>Finds a guard by <c>name@version</c>, or the newest one by <c>name</c>; null when there is none.</summary>
    public GuardDefinition? Find(string reference) =>
        _byReference.TryGetValue(reference, out var exact) ? exact : _newest.GetValueOrDefault(reference);
}
