using System.Runtime.InteropServices;

namespace Workflow.Core.Machines;

/// <summary>
/// The transitions of a table, laid out for looking up: a row of triggers per state, a cell per (state, trigger) that declares
/// something, and in a cell its candidates. Immutable.
/// </summary>
/// <remarks>
/// A state's row names its own triggers and those it inherits, so it takes one search to find the innermost cell; from there a cell
/// names the next one outwards. A state that declares nothing shares its parent's row. So memory grows with what is declared and
/// inherited, never with states times triggers.
/// </remarks>
internal sealed class TransitionRows<TContext>
{
    // Up to this many triggers a vectorised scan is faster than a binary search.
    private const int ScanLimit = 32;

    private readonly Row[] _rows;

    // The rows one after the other: triggers ascending within a row, and the cell of each.
    private readonly int[] _triggers;
    private readonly int[] _cellOfTrigger;
    private readonly Cell[] _cells;
    private readonly Candidate[] _candidates;
    private readonly Guard<TContext>[] _guards;

    public TransitionRows(StateTree tree, StateConfiguration<TContext>[] states)
    {
        var triggers = new List<int>();
        var cellOfTrigger = new List<int>();
        var cells = new List<Cell>();
        var candidates = new List<Candidate>();
        var guards = new List<Guard<TContext>>();
        int[] firstTransition = new int[states.Length];
        for (int state = 1; state < states.Length; state++)
        {
            firstTransition[state] = firstTransition[state - 1] + states[state - 1].Transitions.Count;
        }

        _rows = new Row[states.Length];

        // Superstates come before their substates, which inherit their rows.
        foreach (int state in Enumerable.Range(0, states.Length).OrderBy(tree.Depth))
        {
            int parent = tree.Parent(state);
            Row inherited = parent < 0 ? default : _rows[parent];
            List<Declaration<TContext>> own = states[state].Transitions;
            if (own.Count == 0)
            {
                _rows[state] = inherited;
                continue;
            }

            var row = new SortedDictionary<int, int>();
            for (int i = inherited.First; i < inherited.First + inherited.Count; i++)
            {
                row[triggers[i]] = cellOfTrigger[i];
            }

            foreach (IGrouping<int, (int Index, Declaration<TContext> Declared)> cell in own.Index().GroupBy(each => each.Item.Trigger))
            {
                int first = candidates.Count;
                foreach ((int index, Declaration<TContext> declared) in cell)
                {
                    candidates.Add(new Candidate(
                        firstTransition[state] + index, declared.Kind, declared.Destination, tree.Landing(declared.Destination),
                        guards.Count, guards.Count + declared.Guards.Length));
                    guards.AddRange(declared.Guards);
                }

                int outer = row.GetValueOrDefault(cell.Key, -1);
                row[cell.Key] = cells.Count;
                cells.Add(new Cell(first, candidates.Count, outer));
            }

            _rows[state] = new Row(triggers.Count, row.Count);
            triggers.AddRange(row.Keys);
            cellOfTrigger.AddRange(row.Values);
        }

        _triggers = [.. triggers];
        _cellOfTrigger = [.. cellOfTrigger];
        _cells = [.. cells];
        _candidates = [.. candidates];
        _guards = [.. guards];
    }

    public Firing Evaluate(StateId state, TriggerId trigger, TContext context)
    {
        int cell = InnermostCell(state.Index, trigger.Index);
        return cell < 0
            ? new Firing(FiringOutcome.NotPermitted, state, trigger, state, -1)
            : Evaluate(cell, state, trigger, context);
    }

    public int Permitted(StateId state, TContext context, Span<TriggerId> permitted)
    {
        Row row = _rows[state.Index];
        int count = 0;
        for (int i = row.First; i < row.First + row.Count; i++)
        {
            var trigger = new TriggerId(_triggers[i]);
            if (!Evaluate(_cellOfTrigger[i], state, trigger, context).IsAccepted)
            {
                continue;
            }

            if (count == permitted.Length)
            {
                throw new ArgumentException(
                    $"There is room for {permitted.Length} permitted triggers and there are more; give room for every trigger of the table.",
                    nameof(permitted));
            }

            permitted[count++] = trigger;
        }

        return count;
    }

    /// <summary>How many triggers the state declares or inherits, permitted or not.</summary>
    public int Declared(StateId state) => _rows[state.Index].Count;

    public IReadOnlyList<string> Unmet(StateId state, TriggerId trigger, TContext context)
    {
        int cell = InnermostCell(state.Index, trigger.Index);
        if (cell < 0 || Evaluate(cell, state, trigger, context).Outcome != FiringOutcome.GuardUnmet)
        {
            return [];
        }

        var names = new List<string>();
        for (int i = _cells[cell].First; i < _cells[cell].End; i++)
        {
            for (int guard = _candidates[i].FirstGuard; guard < _candidates[i].EndGuard; guard++)
            {
                if (!_guards[guard].Holds(context))
                {
                    names.AddOnce(_guards[guard].Name);
                }
            }
        }

        return names;
    }

    private int InnermostCell(int state, int trigger)
    {
        Row row = _rows[state];
        ReadOnlySpan<int> triggers = _triggers.AsSpan(row.First, row.Count);
        int position = row.Count <= ScanLimit ? triggers.IndexOf(trigger) : triggers.BinarySearch(trigger);
        return position < 0 ? -1 : _cellOfTrigger[row.First + position];
    }

    private Firing Evaluate(int cell, StateId state, TriggerId trigger, TContext context)
    {
        do
        {
            ref readonly Cell level = ref _cells[cell];
            int met = -1;
            for (int i = level.First; i < level.End; i++)
            {
                if (!Holds(in _candidates[i], context))
                {
                    continue;
                }

                if (met >= 0)
                {
                    return new Firing(FiringOutcome.Ambiguous, state, trigger, state, -1);
                }

                met = i;
            }

            if (met >= 0)
            {
                return Accept(in _candidates[met], state, trigger);
            }

            cell = level.Outer;
        }
        while (cell >= 0);

        return new Firing(FiringOutcome.GuardUnmet, state, trigger, state, -1);
    }

    private bool Holds(ref readonly Candidate candidate, TContext context)
    {
        for (int guard = candidate.FirstGuard; guard < candidate.EndGuard; guard++)
        {
            if (!_guards[guard].Holds(context))
            {
                return false;
            }
        }

        return true;
    }

    private static Firing Accept(ref readonly Candidate candidate, StateId state, TriggerId trigger)
    {
        FiringOutcome outcome = candidate.Kind switch
        {
            // Only an inherited transition can lead to the very state the machine is in; it is no reason to leave it.
            TransitionKind.Move when candidate.Target == state.Index => FiringOutcome.Ignored,
            TransitionKind.Internal => FiringOutcome.Internal,
            TransitionKind.Ignore => FiringOutcome.Ignored,
            _ => candidate.Landing == state.Index ? FiringOutcome.Reentered : FiringOutcome.Moved,
        };
        StateId destination = outcome == FiringOutcome.Moved ? new StateId(candidate.Landing) : state;
        return new Firing(outcome, state, trigger, destination, candidate.Transition);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Row(int First, int Count);

    // Candidates from First (included) to End (excluded); Outer is the cell of the nearest superstate that declares the trigger, or -1.
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Cell(int First, int End, int Outer);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Candidate(
        int Transition, TransitionKind Kind, int Target, int Landing, int FirstGuard, int EndGuard);
}
