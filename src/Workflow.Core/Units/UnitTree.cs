using System.Collections.Frozen;

namespace Workflow.Core.Units;

/// <summary>The units of an administration and which stands below which. Immutable and safe to share between threads.</summary>
public sealed class UnitTree
{
    private readonly FrozenDictionary<string, Unit> _byCode;

    /// <summary>Creates a tree.</summary>
    /// <exception cref="ArgumentException">Two units share a code, a parent is not among the units, or units stand below themselves.</exception>
    public UnitTree(IReadOnlyList<Unit> units)
    {
        var byCode = new Dictionary<string, Unit>(StringComparer.Ordinal);
        foreach (var unit in units)
        {
            if (!byCode.TryAdd(unit.Code, unit))
            {
                throw new ArgumentException($"Two units bear the code '{unit.Code}'.", nameof(units));
            }
        }

        foreach (var unit in units)
        {
            var steps = 0;
            for (var at = unit; at.Parent is not null; steps++)
            {
                if (!byCode.TryGetValue(at.Parent, out var parent))
                {
                    throw new ArgumentException($"The parent '{at.Parent}' of unit '{at.Code}' is not among the units.", nameof(units));
                }

                if (steps > byCode.Count)
                {
                    throw new ArgumentException($"Unit '{unit.Code}' stands below itself.", nameof(units));
                }

                at = parent;
            }
        }

        Units = [.. units];
        _byCode = byCode.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>All units, in the order of their definition.</summary>
    public IReadOnlyList<Unit> Units { get; }

    /// <summary>Finds a unit by its code; null when there is none.</summary>
    public Unit? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>The units that stand directly below <paramref name="code"/>.</summary>
    public IEnumerable<Unit> Children(string code) => Units.Where(u => u.Parent == code);

    /// <summary>Whether <paramref name="code"/> is <paramref name="ancestor"/> or stands anywhere below it.</summary>
    public bool IsWithin(string code, string ancestor)
    {
        for (var at = Find(code); at is not null; at = at.Parent is null ? null : Find(at.Parent))
        {
            if (at.Code == ancestor)
            {
                return true;
            }
        }

        return false;
    }
}
