using System.Collections.Frozen;

namespace Workflow.Core.Units;

/// <summary>The units of an administration of all times and which stands below which. Immutable and safe to share between threads.</summary>
/// <remarks>
/// The tree itself holds every unit that ever was, so that old dossiers keep the names of theirs, each below its last parent. What holds
/// on a day is the tree that <see cref="At"/> returns.
/// </remarks>
public sealed class UnitTree
{
    private readonly FrozenDictionary<string, Unit> _byCode;
    private readonly UnitTree _whole;

    // The days from which other units exist, or stand elsewhere, than the day before; ascending, without duplicates.
    private readonly DateOnly[] _turns;

    // The tree before the first turn, then the one from each turn on; each is made when it is first asked for.
    private readonly UnitTree?[] _views;

    /// <summary>Creates a tree.</summary>
    /// <exception cref="ArgumentException">
    /// Two units share a code, a parent or successor is not among the units or does not exist when it should, or units stand below themselves.
    /// </exception>
    public UnitTree(IReadOnlyList<Unit> units)
    {
        ArgumentNullException.ThrowIfNull(units);
        if (UnitTreeCheck.Of(units, levels: false) is [var problem, ..])
        {
            throw new ArgumentException($"{problem.Message}: {problem.Mend}.", nameof(units));
        }

        _whole = this;
        Units = [.. units];
        _byCode = units.ToFrozenDictionary(u => u.Code, StringComparer.Ordinal);
        _turns = [.. UnitTreeCheck.Turns(units)];
        _views = new UnitTree?[_turns.Length + 1];
        if (_turns.Length == 0)
        {
            _views[0] = this;
        }
    }

    private UnitTree(UnitTree whole, DateOnly day)
    {
        _whole = whole;
        (_turns, _views) = ([], []);
        Units = [.. whole.Units.Where(u => u.ExistsOn(day)).Select(u => u.FormerParents.Count == 0 ? u : u with { Parent = u.ParentOn(day) })];
        _byCode = Units.ToFrozenDictionary(u => u.Code, StringComparer.Ordinal);
    }

    /// <summary>All units, in the order of their definition.</summary>
    public IReadOnlyList<Unit> Units { get; }

    /// <summary>The days from which other units exist, or stand elsewhere, than the day before; ascending. Empty when nothing ever changes.</summary>
    public IReadOnlyList<DateOnly> Turns => _whole._turns;

    /// <summary>Returns the tree in force on a day: the units that exist then, each below its parent of then.</summary>
    /// <remarks>A tree that was returned from here may be asked too: it answers for the whole one that it comes from.</remarks>
    public UnitTree At(DateOnly day)
    {
        var turns = _whole._turns;
        var index = 0;
        if (turns.Length > 0)
        {
            var found = Array.BinarySearch(turns, day);
            index = found >= 0 ? found + 1 : ~found;
        }

        // Two threads may both make it; either serves.
        return _whole._views[index] ??= new UnitTree(_whole, index == 0 ? turns[0].AddDays(-1) : turns[index - 1]);
    }

    /// <summary>Finds a unit by its code; null when there is none.</summary>
    public Unit? Find(string code) => _byCode.GetValueOrDefault(code);

    /// <summary>The units that stand directly below <paramref name="code"/>.</summary>
    public IEnumerable<Unit> Children(string code) => Units.Where(u => u.Parent == code);

    /// <summary>The units that exist on a day and have taken the place of <paramref name="code"/>, directly or after others; empty when it exists itself, or when nobody has.</summary>
    public IReadOnlyList<Unit> SuccessorsOf(string code, DateOnly day)
    {
        var found = new List<Unit>();
        var seen = new HashSet<string>(StringComparer.Ordinal) { code };
        var open = new Queue<string>(_whole.Find(code) is { } unit && !unit.ExistsOn(day) ? unit.Successors : []);
        while (open.TryDequeue(out var next))
        {
            if (!seen.Add(next) || _whole.Find(next) is not { } successor)
            {
                continue;
            }

            if (successor.ExistsOn(day))
            {
                found.Add(successor);
                continue;
            }

            foreach (var further in successor.Successors)
            {
                open.Enqueue(further);
            }
        }

        return found;
    }

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
