using System.Collections.Frozen;
using Workflow.Core.Deadlines;

namespace Workflow.Core.StepTables;

/// <summary>The units in which tables count time, without their marks.</summary>
internal static class StepUnits
{
    private static readonly FrozenDictionary<string, (TimeLimitUnit Unit, Fraction Each)> s_units = Units(
        new(TimeLimitUnit.WorkingDays, 1, 1, "ngay lam viec", "ngay lv", "ngay l.v", "ngay lam", "nlv", "ngay cong", "working day", "working days"),
        new(TimeLimitUnit.WorkingDays, 1, 2, "buoi", "buoi lam viec"),
        new(TimeLimitUnit.Days, 1, 1, "ngay", "ngay lich", "ngay duong lich", "day", "days"),
        new(TimeLimitUnit.Days, 7, 1, "tuan", "week", "weeks"),
        new(TimeLimitUnit.WorkingHours, 1, 1, "gio lam viec", "gio hanh chinh", "gio lv", "gio lam", "tieng lam viec", "working hour", "working hours"),
        new(TimeLimitUnit.Hours, 1, 1, "gio", "tieng", "h", "hour", "hours"),
        new(TimeLimitUnit.WorkingHours, 1, 60, "phut lam viec"),
        new(TimeLimitUnit.Hours, 1, 60, "phut", "minute", "minutes"),
        new(TimeLimitUnit.Months, 1, 1, "thang", "month", "months"));

    /// <summary>The unit that a folded text names, and how many of it one of the text is.</summary>
    public static (TimeLimitUnit Unit, Fraction Each)? Find(string folded) => s_units.TryGetValue(folded.Trim(' ', '.', '(', ')'), out var unit) ? unit : null;

    /// <summary>The unit of a cell of time, seen beside the column of units: "ngày" under "ngày làm việc" is a working day.</summary>
    public static TimeLimitUnit Refined(TimeLimitUnit cell, TimeLimitUnit? column) => (cell, column) switch
    {
        (TimeLimitUnit.Days, TimeLimitUnit.WorkingDays) => TimeLimitUnit.WorkingDays,
        (TimeLimitUnit.Hours, TimeLimitUnit.WorkingDays or TimeLimitUnit.WorkingHours) => TimeLimitUnit.WorkingHours,
        _ => cell,
    };

    private static FrozenDictionary<string, (TimeLimitUnit Unit, Fraction Each)> Units(params UnitWords[] units) =>
        units.SelectMany(u => u.Words.Select(w => (w, (u.Unit, Fraction.Of(u.Above, u.Below))))).ToFrozenDictionary(p => p.w, p => p.Item2, StringComparer.Ordinal);

    private sealed record UnitWords(TimeLimitUnit Unit, int Above, int Below, params string[] Words);
}
