using Workflow.Core.Deadlines;
using Workflow.Core.Definitions;

namespace Workflow.Core.StepTables;

/// <summary>Turns the rows of one table into its steps and its total. What cannot be read becomes a defect.</summary>
internal sealed class StepTableReader(string file, string name, string? code, DefectList defects)
{
    /// <summary>The most steps of a table: more could not be written as one definition.</summary>
    public const int MostSteps = 500;

    private readonly string _table = StepTable.Describe(name, code);

    /// <returns>Null when the table cannot be read.</returns>
    public StepTable? Read(IReadOnlyList<StepTableRow> rows)
    {
        if (rows.Count > MostSteps)
        {
            defects.Error(DefectCodes.TooLarge, At(rows[0]), $"{_table} has {rows.Count} steps, more than {MostSteps}", "split it");
            return null;
        }

        var (total, lacksUnit) = Total(rows);
        var tableUnit = Unit(rows.Select(r => r.TotalUnit)) ?? (total is { Parts.Count: > 0 } && !lacksUnit ? (total.Parts[^1].Unit, Fraction.One) : null);
        var steps = rows.Select(r => new TableStep(r, StepLabel.Of(r.Seq), Time(r, tableUnit))).ToList();
        if (lacksUnit || steps.Exists(s => s.Time.LacksUnit))
        {
            defects.Warn(DefectCodes.NoTimeUnit, At(rows[0]), $"{_table} states no unit of time; working days were taken", "fill the columns unit and stated_unit");
        }

        return new StepTable(name, code, InOrder(steps), total?.Parts ?? []) { HasTotal = total is not null, LacksUnit = lacksUnit || steps.Exists(s => s.Time.LacksUnit) };
    }

    private StepTime Time(StepTableRow row, (TimeLimitUnit Unit, Fraction Each)? table)
    {
        var unit = StepUnits.Find(VietnameseText.Fold(row.Unit));
        var time = StepTimeText.Read(row.Time, unit, table);
        if (time.Kind == StepTimeKind.Unreadable)
        {
            defects.Error(
                DefectCodes.UnreadableTime,
                At(row),
                $"the time of step '{row.Seq}' of {_table} is '{row.Time}', which is no amount of time",
                "write one such as '1/4', '0,25' or '2 giờ', or 'Không tính thời gian' for a step that the limit does not count");
        }
        else if (row.Unit.Length > 0 && unit is null && time.Parts.Count > 0)
        {
            defects.Error(DefectCodes.UnreadableTime, At(row), $"the unit of step '{row.Seq}' of {_table} is '{row.Unit}', which is no unit of time", "write 'ngày làm việc', 'ngày', 'giờ làm việc', 'giờ' or 'tháng'");
        }

        return time;
    }

    private (StepTime? Total, bool LacksUnit) Total(IReadOnlyList<StepTableRow> rows)
    {
        var units = Unit(rows.Select(r => r.Unit)) ?? UnitOfSteps(rows);
        StepTime? stated = null;
        StepTableRow? first = null;
        foreach (var row in rows)
        {
            var time = StepTimeText.Read(row.Total, StepUnits.Find(VietnameseText.Fold(row.TotalUnit)), units);
            if (time.Kind is StepTimeKind.Empty or StepTimeKind.AsAbove || row.Total == first?.Total)
            {
                continue;
            }

            if (time.Kind is StepTimeKind.Unreadable or StepTimeKind.NotCounted || (time.Parts.Count > 0 && row.TotalUnit.Length > 0 && StepUnits.Find(VietnameseText.Fold(row.TotalUnit)) is null))
            {
                defects.Error(DefectCodes.UnreadableTime, At(row), $"the stated total of {_table} is '{VietnameseText.OneLine($"{row.Total} {row.TotalUnit}")}', which is no amount of time", "write one such as '10', '10,5' or '15 ngày'");
                return (time, false);
            }

            if (stated is not null && !stated.Parts.SequenceEqual(time.Parts))
            {
                defects.Error(DefectCodes.MixedTable, At(row), $"{_table} states two totals: '{first!.Total}' in line {first.Line} and '{row.Total}'", "give one of the tables another name, or mend the total");
                return (time, false);
            }

            (stated, first) = (stated ?? time, first ?? row);
        }

        if (stated is null)
        {
            defects.Warn(DefectCodes.NoStatedTotal, At(rows[0]), $"{_table} states no total, so its steps were compared with nothing and the procedure has no legal limit", "fill the column stated_total");
        }

        return (stated, stated is { LacksUnit: true });
    }

    private List<TableStep> InOrder(List<TableStep> steps)
    {
        var isDoubled = false;
        foreach (var group in steps.Where(s => s.Label.Text.Length > 0).GroupBy(s => s.Label.Text, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            isDoubled = true;
            defects.Warn(
                DefectCodes.DuplicateStep,
                At(group.ElementAt(1).Row),
                $"step '{group.ElementAt(1).Row.Seq}' stands {(group.Count() == 2 ? "twice" : $"{group.Count()} times")} in {_table}, first in line {group.First().Row.Line}",
                "number the steps anew; each was taken for a step of its own");
        }

        var isKnown = steps.TrueForAll(s => s.Label.Path.Count > 0);
        var falls = steps.Zip(steps.Skip(1)).FirstOrDefault(p => p.First.Label.Path.Count > 0 && p.Second.Label.Path.Count > 0 && StepLabel.Compare(p.First.Label, p.Second.Label) > 0);
        if (falls == default)
        {
            return steps;
        }

        var sorts = isKnown && !isDoubled;
        defects.Warn(
            DefectCodes.StepOrder,
            At(falls.Second.Row),
            $"step '{falls.Second.Row.Seq}' of {_table} stands after step '{falls.First.Row.Seq}'; {(sorts ? "the steps were put in the order of their numbers" : "the order of the rows was kept")}",
            "put the rows in the order of the steps");
        return sorts ? [.. steps.Order(Comparer<TableStep>.Create((a, b) => StepLabel.Compare(a.Label, b.Label)))] : steps;
    }

    // Where the cells of time alone name units, a total without one counts days as they do.
    private static (TimeLimitUnit Unit, Fraction Each)? UnitOfSteps(IReadOnlyList<StepTableRow> rows)
    {
        var units = rows.Select(r => StepTimeText.Read(r.Time, null, null)).Where(t => t is { LacksUnit: false }).SelectMany(t => t.Parts).Select(p => p.Unit).ToList();
        return units.Count == 0 ? null : (units.Find(u => u is TimeLimitUnit.WorkingDays or TimeLimitUnit.Days) is var days && units.Contains(days) ? days : units[0], Fraction.One);
    }

    private static (TimeLimitUnit Unit, Fraction Each)? Unit(IEnumerable<string> cells) => cells.Select(c => StepUnits.Find(VietnameseText.Fold(c))).FirstOrDefault(u => u is not null);

    private SourcePlace At(StepTableRow row) => new(file, row.Line, 1);
}
