namespace Workflow.Core.Machines;

/// <summary>The hierarchy of a table's states. Immutable; every answer is a slice of arrays made once.</summary>
internal sealed class StateTree
{
    private readonly int[] _parents;
    private readonly int[] _initialSubstates;

    // Number of superstates of each state.
    private readonly int[] _depths;

    // Per state, itself first, then its superstates outwards: what is left when the state is left is a prefix.
    private readonly StateId[][] _outwards;

    // Per state, its outermost superstate first, down to itself, then down its initial transitions: what is entered is a suffix.
    private readonly StateId[][] _inwards;

    /// <param name="parents">The parent per state, or -1; without cycles.</param>
    /// <param name="initialSubstates">The direct substate that a state goes on into, or -1.</param>
    public StateTree(int[] parents, int[] initialSubstates)
    {
        _parents = parents;
        _initialSubstates = initialSubstates;
        _depths = new int[parents.Length];
        _outwards = new StateId[parents.Length][];
        _inwards = new StateId[parents.Length][];
        var path = new List<StateId>();
        for (int state = 0; state < parents.Length; state++)
        {
            path.Clear();
            for (int outer = state; outer >= 0; outer = parents[outer])
            {
                path.Add(new StateId(outer));
            }

            _depths[state] = path.Count - 1;
            _outwards[state] = [.. path];
            path.Reverse();
            for (int inner = initialSubstates[state]; inner >= 0; inner = initialSubstates[inner])
            {
                path.Add(new StateId(inner));
            }

            _inwards[state] = [.. path];
        }
    }

    public int Parent(int state) => _parents[state];

    public int InitialSubstate(int state) => _initialSubstates[state];

    public int Depth(int state) => _depths[state];

    /// <summary>Where a machine ends that is led to the state: the end of its initial transitions.</summary>
    public int Landing(int state) => _inwards[state][^1].Index;

    public bool IsIn(int state, int ancestorOrSelf)
    {
        int depth = _depths[ancestorOrSelf];
        return depth <= _depths[state] && _inwards[state][depth].Index == ancestorOrSelf;
    }

    /// <summary>How many states, counted from the outermost, contain (or are) both.</summary>
    public int Shared(int first, int second)
    {
        StateId[] one = _inwards[first];
        StateId[] other = _inwards[second];
        int limit = Math.Min(_depths[first], _depths[second]) + 1;
        int shared = 0;
        while (shared < limit && one[shared] == other[shared])
        {
            shared++;
        }

        return shared;
    }

    /// <summary>The states left, innermost first, when all but the outermost <paramref name="kept"/> are left.</summary>
    public ReadOnlySpan<StateId> Left(int source, int kept) => _outwards[source].AsSpan(0, _depths[source] + 1 - kept);

    /// <summary>The states entered, outermost first, when the outermost <paramref name="kept"/> were kept.</summary>
    public ReadOnlySpan<StateId> Reached(int target, int kept) => _inwards[target].AsSpan(kept);
}
