using Workflow.Core.Definitions;

namespace Workflow.Core.Units;

/// <summary>Something that is wrong with a unit among its fellows.</summary>
internal sealed record UnitProblem(Unit Unit, string Code, string Message, string Mend);

/// <summary>What must hold among the units of a tree on every day.</summary>
internal static class UnitTreeCheck
{
    /// <summary>Every problem; those of parents and successors only where codes are unique.</summary>
    /// <param name="units">The units.</param>
    /// <param name="levels">Whether a parent must be of a higher level, or the committee of an agency's own.</param>
    public static IReadOnlyList<UnitProblem> Of(IReadOnlyList<Unit> units, bool levels)
    {
        var problems = new List<UnitProblem>();
        var byCode = new Dictionary<string, Unit>(StringComparer.Ordinal);
        foreach (var unit in units)
        {
            if (!byCode.TryAdd(unit.Code, unit))
            {
                problems.Add(new UnitProblem(unit, DefectCodes.DuplicateCode, $"two units bear the code '{unit.Code}'", "give one of them another code"));
            }
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        foreach (var unit in units)
        {
            CheckDates(unit, problems);
            CheckParents(unit, byCode, levels, problems);
            CheckSuccessors(unit, byCode, problems);
        }

        if (problems.Count == 0)
        {
            CheckCircles(units, byCode, problems);
        }

        return problems;
    }

    /// <summary>The days from which other units exist, or stand elsewhere, than the day before; ascending.</summary>
    public static IEnumerable<DateOnly> Turns(IReadOnlyList<Unit> units)
    {
        var turns = new SortedSet<DateOnly>();
        foreach (var unit in units)
        {
            if (unit.From is { } from && from > DateOnly.MinValue)
            {
                turns.Add(from);
            }

            if (unit.Until is { } until && until < DateOnly.MaxValue)
            {
                turns.Add(until.AddDays(1));
            }

            foreach (var former in unit.FormerParents.Where(f => f.Until < DateOnly.MaxValue))
            {
                turns.Add(former.Until.AddDays(1));
            }
        }

        return turns;
    }

    /// <summary>The nearest known code as a mend.</summary>
    public static string Nearest(string code, IEnumerable<string> known, string otherwise) =>
        Spelling.Nearest(code, known) is { } nearest ? $"did you mean '{nearest}'?" : otherwise;

    private static void CheckDates(Unit unit, List<UnitProblem> problems)
    {
        if (unit.Until < unit.From)
        {
            problems.Add(new UnitProblem(unit, DefectCodes.WrongValue, $"unit '{unit.Code}' ends on {unit.Until:yyyy-MM-dd}, before it begins on {unit.From:yyyy-MM-dd}", "correct 'from' or 'until'"));
        }

        var last = unit.From?.AddDays(-1);
        foreach (var former in unit.FormerParents)
        {
            if (former.Until <= last || former.Until >= (unit.Until ?? DateOnly.MaxValue))
            {
                problems.Add(new UnitProblem(
                    unit, DefectCodes.UnitPeriod, $"unit '{unit.Code}' cannot have stood below '{former.Parent}' until {former.Until:yyyy-MM-dd}", "order 'was-under' by its days, within those of the unit"));
            }

            last = former.Until;
        }
    }

    private static void CheckParents(Unit unit, Dictionary<string, Unit> byCode, bool levels, List<UnitProblem> problems)
    {
        var from = unit.From ?? DateOnly.MinValue;
        foreach (var former in unit.FormerParents)
        {
            CheckParent(unit, former.Parent, from, former.Until, byCode, levels, problems);
            from = former.Until < DateOnly.MaxValue ? former.Until.AddDays(1) : former.Until;
        }

        CheckParent(unit, unit.Parent, from, unit.Until ?? DateOnly.MaxValue, byCode, levels, problems);
    }

    private static void CheckParent(Unit unit, string? code, DateOnly from, DateOnly until, Dictionary<string, Unit> byCode, bool levels, List<UnitProblem> problems)
    {
        if (code is null)
        {
            return;
        }

        if (!byCode.TryGetValue(code, out var parent))
        {
            problems.Add(new UnitProblem(
                unit, DefectCodes.UnknownUnit, $"the parent '{code}' of unit '{unit.Code}' is not among the units", Nearest(code, byCode.Keys, "define it, or remove 'parent'")));
            return;
        }

        if (levels && (parent.Level > unit.Level || (parent.Level == unit.Level && (unit.Agency is null || parent.Agency is not null))))
        {
            problems.Add(new UnitProblem(
                unit,
                DefectCodes.WrongValue,
                $"unit '{unit.Code}' ({UnitLevels.NameOf(unit.Level)}) cannot stand below '{code}' ({UnitLevels.NameOf(parent.Level)})",
                "name a parent of a higher level"));
        }

        if (parent.From > from)
        {
            problems.Add(new UnitProblem(
                unit, DefectCodes.UnitPeriod, $"unit '{unit.Code}' stands below '{code}', which exists from {parent.From:yyyy-MM-dd} only", "correct 'from', or say what it was under before with 'was-under'"));
        }
        else if (parent.Until < until)
        {
            problems.Add(new UnitProblem(
                unit, DefectCodes.UnitPeriod, $"unit '{unit.Code}' stands below '{code}', which ends on {parent.Until:yyyy-MM-dd}", "end it too, or move it below a unit that goes on"));
        }
    }

    // Whoever takes over exists on the day after, so it ends later, and no circle can close.
    private static void CheckSuccessors(Unit unit, Dictionary<string, Unit> byCode, List<UnitProblem> problems)
    {
        if (unit.Successors.Count > 0 && unit.Until is null)
        {
            problems.Add(new UnitProblem(unit, DefectCodes.UnitSuccessor, $"unit '{unit.Code}' has a successor and no end", "add 'until: ...', or remove 'successor'"));
            return;
        }

        foreach (var code in unit.Successors)
        {
            if (!byCode.TryGetValue(code, out var successor))
            {
                problems.Add(new UnitProblem(
                    unit, DefectCodes.UnknownUnit, $"the successor '{code}' of unit '{unit.Code}' is not among the units", Nearest(code, byCode.Keys, "define it, or remove it from 'successor'")));
            }
            else if (unit.Until == DateOnly.MaxValue || !successor.ExistsOn(unit.Until!.Value.AddDays(1)))
            {
                problems.Add(new UnitProblem(
                    unit,
                    DefectCodes.UnitSuccessor,
                    $"the successor '{code}' of unit '{unit.Code}' does not exist on the day after {unit.Until:yyyy-MM-dd}",
                    "correct 'until' here, or the dates of the successor"));
            }
        }
    }

    private static void CheckCircles(IReadOnlyList<Unit> units, Dictionary<string, Unit> byCode, List<UnitProblem> problems)
    {
        // The last parents, which the whole tree shows, and those of every day.
        foreach (var day in Turns(units).Select(t => (DateOnly?)t).Append(units.Any(u => u.FormerParents.Count > 0) ? DateOnly.MinValue : null).Append(null).Distinct())
        {
            foreach (var unit in units)
            {
                var steps = 0;
                for (var at = unit; at is not null; at = Above(at))
                {
                    if (++steps > units.Count)
                    {
                        problems.Add(new UnitProblem(unit, DefectCodes.WrongValue, $"unit '{unit.Code}' stands below itself", "correct 'parent'"));
                        return;
                    }
                }
            }

            Unit? Above(Unit unit) => (day is { } then ? unit.ParentOn(then) : unit.Parent) is { } parent ? byCode[parent] : null;
        }
    }
}
