using Workflow.Core.Deadlines;

namespace Workflow.Core.StepTables;

/// <summary>How what can be read in two ways is read. The stated total decides between the readings; the first one is the ordinary one.</summary>
/// <param name="Thousands">"1.500" is fifteen hundred, not one and a half.</param>
/// <param name="Repeats">A mark that repeats the cell above is the same time once more, not a share in it.</param>
/// <param name="Headings">A step whose sub-steps take as long as itself is their heading, not a step beside them.</param>
/// <param name="HoursOfDay">Hours of the clock to a day: 8, as decisions count them, or 24.</param>
internal readonly record struct StepReading(bool Thousands, bool Repeats, bool Headings, int HoursOfDay)
{
    // Civil Code 2015, Article 146.1: a month that does not run on end has thirty days.
    private const int DaysOfMonth = 30;

    private const int WorkingHoursOfDay = 8;

    public static StepReading Ordinary { get; } = new(false, false, false, WorkingHoursOfDay);

    /// <summary>The readings that a table leaves open, the ordinary one first.</summary>
    public static IEnumerable<StepReading> Of(StepTable table)
    {
        var amounts = table.Steps.SelectMany(s => s.Time.Parts).Concat(table.Total).ToList();
        var thousands = Both(amounts.Exists(a => a.IsAmbiguous));
        var repeats = Both(table.Steps.Any(s => s.Time.Kind == StepTimeKind.AsAbove));
        var headings = Both(table.Steps.Zip(table.Steps.Skip(1), (a, b) => a.Label.Covers(b.Label)).Any(covers => covers));
        int[] hours = amounts.Exists(a => a.Unit == TimeLimitUnit.Hours) && amounts.Exists(a => a.Unit == TimeLimitUnit.Days) ? [WorkingHoursOfDay, 24] : [WorkingHoursOfDay];
        return from h in hours from d in headings from r in repeats from t in thousands select new StepReading(t, r, d, h);

        static bool[] Both(bool isOpen) => isOpen ? [false, true] : [false];
    }

    /// <summary>An amount in days, of whichever kind.</summary>
    public Fraction Days(StepAmount amount) => (Thousands ? amount.Thousands : amount.Value) * DaysOf(amount.Unit);

    /// <summary>Several amounts in days.</summary>
    public Fraction Days(IEnumerable<StepAmount> amounts)
    {
        var sum = Fraction.Zero;
        foreach (var amount in amounts)
        {
            sum += Days(amount);
        }

        return sum;
    }

    /// <summary>So many days in another unit.</summary>
    public Fraction In(TimeLimitUnit unit, Fraction days) => days / DaysOf(unit);

    private Fraction DaysOf(TimeLimitUnit unit) => unit switch
    {
        TimeLimitUnit.WorkingHours => Fraction.Of(1, WorkingHoursOfDay),
        TimeLimitUnit.Hours => Fraction.Of(1, HoursOfDay),
        TimeLimitUnit.Months => Fraction.Of(DaysOfMonth),
        _ => Fraction.One,
    };
}
