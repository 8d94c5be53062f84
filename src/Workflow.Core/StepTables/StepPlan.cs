namespace Workflow.Core.StepTables;

/// <summary>A step of the procedure to be.</summary>
/// <param name="Step">The row that it comes from.</param>
/// <param name="Kind">What its time is: <see cref="StepTimeKind.Stated"/>, <see cref="StepTimeKind.Nothing"/> or <see cref="StepTimeKind.NotCounted"/>.</param>
/// <param name="Group">Which of the plan's times it has, alone or with others; -1 for none.</param>
internal sealed record PlannedStep(TableStep Step, StepTimeKind Kind, int Group);

/// <summary>The steps of a table under one reading, and who shares which time.</summary>
internal sealed class StepPlan
{
    private readonly List<PlannedStep> _steps = [];
    private readonly List<IReadOnlyList<StepAmount>> _groups = [];
    private readonly List<TableStep> _untimed = [];

    private StepPlan(StepReading reading) => Reading = reading;

    public StepReading Reading { get; }

    public IReadOnlyList<PlannedStep> Steps => _steps;

    /// <summary>The times that the limit counts, each for one step or for several that share it.</summary>
    public IReadOnlyList<IReadOnlyList<StepAmount>> Groups => _groups;

    /// <summary>Steps for which no time is stated and above which there is none to share.</summary>
    public IReadOnlyList<TableStep> Untimed => _untimed;

    /// <summary>The sum in days, of whichever kind.</summary>
    public Fraction Days => Reading.Days(_groups.SelectMany(g => g));

    public static StepPlan Of(IReadOnlyList<TableStep> steps, StepReading reading)
    {
        var plan = new StepPlan(reading);
        var end = steps.Count;

        // A return at the end takes no time, rather than a share of what was given to the signing.
        while (end > 1 && steps[end - 1].Time.Kind == StepTimeKind.Empty && StepWords.IsReturn(steps[end - 1].Row))
        {
            end--;
        }

        var isOpen = false;
        for (var i = 0; i < steps.Count; i++)
        {
            var below = steps.Skip(i + 1).TakeWhile(s => steps[i].Label.Covers(s.Label)).ToList();
            isOpen = plan.Add(steps[i], i >= end, below, isOpen);
        }

        return plan;
    }

    private bool Add(TableStep step, bool isReturn, List<TableStep> below, bool isOpen)
    {
        var kind = isReturn ? StepTimeKind.Nothing : step.Time.Kind;
        switch (kind)
        {
            case StepTimeKind.Stated:
                var isBudget = below.Count > 0 && below.TrueForAll(s => s.Time.Kind is StepTimeKind.Empty or StepTimeKind.AsAbove);
                var isHeading = Reading.Headings && below.Count > 0 && Reading.Days(below.SelectMany(s => s.Time.Parts)) == Reading.Days(step.Time.Parts);
                if (!isBudget && isHeading)
                {
                    return false;
                }

                _groups.Add(step.Time.Parts);
                if (!isBudget)
                {
                    _steps.Add(new PlannedStep(step, StepTimeKind.Stated, _groups.Count - 1));
                }

                return true;
            case StepTimeKind.AsAbove or StepTimeKind.Empty when isOpen:
                if (kind == StepTimeKind.AsAbove && Reading.Repeats)
                {
                    _groups.Add(_groups[^1]);
                }

                _steps.Add(new PlannedStep(step, StepTimeKind.Stated, _groups.Count - 1));
                return true;
            case StepTimeKind.AsAbove or StepTimeKind.Empty:
                _untimed.Add(step);
                _steps.Add(new PlannedStep(step, StepTimeKind.Nothing, -1));
                return false;
            default:
                _steps.Add(new PlannedStep(step, kind, -1));
                return false;
        }
    }
}
