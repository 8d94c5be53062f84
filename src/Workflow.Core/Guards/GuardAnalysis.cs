using System.Collections.Immutable;

namespace Workflow.Core.Guards;

/// <summary>Decides whether conditions can hold together, on some dossier of a procedure.</summary>
/// <remarks>
/// Exact where every atom asks one fact about values that are written down. Facts count as independent of each other, except that a
/// leg is in one state, <c>today</c> is the date of <c>time</c>, and what is outstanding follows from the fees. An atom that asks two
/// facts, or calculates with one, may hold or not, so that it never makes more than <see cref="Possibility.Unknown"/>. The work is
/// bounded; beyond the bound nothing is told.
/// </remarks>
internal sealed class GuardAnalysis
{
    private const int MostSteps = 20_000;
    private const int MostBranches = 400;

    private readonly FactSchema _schema;
    private readonly GuardAtoms _atoms;
    private readonly IReadOnlyList<Condition> _conditions;
    private int _steps;
    private bool _untold;

    private GuardAnalysis(IReadOnlyList<Condition> conditions, FactSchema schema)
    {
        _conditions = conditions;
        _schema = schema;
        _atoms = new GuardAtoms(schema);
    }

    /// <summary>Whether all the conditions hold on some dossier.</summary>
    public static GuardVerdict Of(IReadOnlyList<Condition> conditions, FactSchema schema)
    {
        var analysis = new GuardAnalysis(conditions, schema);
        var goals = ImmutableStack.CreateRange(conditions.Reverse().Select(c => new Goal(c, true)));
        return analysis.Search(goals, new Branch([], Exact: true), 0) is { } witness
            ? new GuardVerdict(Possibility.Sometimes, witness)
            : analysis._untold ? GuardVerdict.Unknown : GuardVerdict.Never;
    }

    /// <summary>Whether two conjunctions hold on one dossier at once.</summary>
    public static GuardVerdict Overlap(IReadOnlyList<Condition> one, IReadOnlyList<Condition> other, FactSchema schema) => Of([.. one, .. other], schema);

    // A tableau: what must hold is taken apart until only demands on facts are left; alternatives wait until nothing else is left to do.
    private IReadOnlyDictionary<string, string?>? Search(ImmutableStack<Goal> goals, Branch branch, int depth)
    {
        var alternatives = ImmutableStack<(IReadOnlyList<Condition> Operands, bool Wanted)>.Empty;
        while (!goals.IsEmpty)
        {
            if (++_steps > MostSteps || depth > MostBranches)
            {
                _untold = true;
                return null;
            }

            goals = goals.Pop(out var goal);
            switch (goal.Condition)
            {
                case NotCondition not:
                    goals = goals.Push(new Goal(not.Operand, !goal.Wanted));
                    continue;
                case JunctionCondition junction when junction.IsAnd == goal.Wanted:
                    goals = junction.Operands.Reverse().Aggregate(goals, (g, o) => g.Push(new Goal(o, goal.Wanted)));
                    continue;
                case JunctionCondition junction:
                    alternatives = alternatives.Push((junction.Operands, goal.Wanted));
                    continue;
                case var atom when Alternatives(atom, goal.Wanted) is { } several:
                    alternatives = alternatives.Push((several, true));
                    continue;
                case var atom when Constant(atom) is { } truth:
                    if (truth != (goal.Wanted ? Truth.True : Truth.False))
                    {
                        return null;
                    }

                    continue;
                case var atom:
                    if (branch.With(_atoms.Of(atom, goal.Wanted, out var exact), exact) is not { } narrower)
                    {
                        return null;
                    }

                    branch = narrower;
                    continue;
            }
        }

        return alternatives.IsEmpty ? Concluded(branch) : SearchAlternatives(alternatives, branch, depth);
    }

    private IReadOnlyDictionary<string, string?>? SearchAlternatives(
        ImmutableStack<(IReadOnlyList<Condition> Operands, bool Wanted)> alternatives, Branch branch, int depth)
    {
        var rest = alternatives.Pop(out var first);
        var waiting = rest.Aggregate(
            ImmutableStack<Goal>.Empty, (goals, a) => goals.Push(new Goal(new JunctionCondition(!a.Wanted, a.Operands), a.Wanted)));
        foreach (var operand in first.Operands)
        {
            if (Search(waiting.Push(new Goal(operand, first.Wanted)), branch, depth + 1) is { } witness)
            {
                return witness;
            }
        }

        return null;
    }

    private Dictionary<string, string?>? Concluded(Branch branch)
    {
        var witness = branch.Witness(out var told);
        if (witness is null)
        {
            _untold |= !told;
            return null;
        }

        // What is outstanding follows from the other two: demands on both are met only together.
        var feesAgree = !witness.ContainsKey("fees.outstanding") || (!witness.ContainsKey("fees.assessed") && !witness.ContainsKey("fees.paid"));
        if (branch.Exact && feesAgree && _conditions.All(c => c.Holds(new WitnessFacts(witness))))
        {
            return witness;
        }

        _untold = true;
        return null;
    }

    // Of the date of the command only an interval is one range of the time.
    private static IReadOnlyList<Condition>? Alternatives(Condition atom, bool wanted) => atom switch
    {
        ComparisonCondition { Left: FactTerm { Fact.Kind: FactKind.Today }, Right: LiteralTerm } c
            when c.Operator == (wanted ? Comparing.NotEqual : Comparing.Equal) => [c with { Operator = Comparing.Less }, c with { Operator = Comparing.Greater }],
        ComparisonCondition { Left: LiteralTerm, Right: FactTerm { Fact.Kind: FactKind.Today } } c
            when c.Operator == (wanted ? Comparing.NotEqual : Comparing.Equal) => [c with { Operator = Comparing.Less }, c with { Operator = Comparing.Greater }],
        ListedCondition { Subject: FactTerm { Fact.Kind: FactKind.Today } } c when wanted =>
            [.. c.Items.Select(i => new ComparisonCondition(c.Subject, Comparing.Equal, new LiteralTerm(i)))],
        ListedCondition { Subject: FactTerm { Fact.Kind: FactKind.Today } } c =>
            [new JunctionCondition(true, [.. c.Items.Select(i => new ComparisonCondition(c.Subject, Comparing.NotEqual, new LiteralTerm(i)))])],
        _ => null,
    };

    private static Truth? Constant(Condition atom) => atom switch
    {
        ConstantCondition or ComparisonCondition { Left: LiteralTerm, Right: LiteralTerm } or ListedCondition { Subject: LiteralTerm } => atom.Evaluate(null!),
        _ => null,
    };

    private readonly record struct Goal(Condition Condition, bool Wanted);

    /// <summary>What has been demanded so far of each subject; a null range is a subject that must be missing.</summary>
    private sealed record Branch(ImmutableDictionary<string, Demand> Demands, bool Exact)
    {
        /// <summary>The branch with more demands; null when they contradict it.</summary>
        public Branch? With(IEnumerable<Demand> demands, bool exact)
        {
            var met = Demands;
            foreach (var (subject, range) in demands)
            {
                if (range is null && !subject.Optional)
                {
                    return null;
                }

                if (!met.TryGetValue(subject.Key, out var before))
                {
                    met = met.Add(subject.Key, new Demand(subject, range?.Meet(subject.Domain)));
                }
                else if (before.Range is null != range is null)
                {
                    return null;
                }
                else if (range is not null)
                {
                    met = met.SetItem(subject.Key, new Demand(subject, before.Range!.Meet(range)));
                }

                if (met[subject.Key] is { Range: { } narrowed } && narrowed.Sample(subject, out var told) is null && told)
                {
                    return null;
                }
            }

            return new Branch(met, Exact && exact);
        }

        public Dictionary<string, string?>? Witness(out bool told)
        {
            told = true;
            var witness = new Dictionary<string, string?>(StringComparer.Ordinal);
            foreach (var (key, demand) in Demands.OrderBy(d => d.Key, StringComparer.Ordinal))
            {
                witness[key] = demand.Range?.Sample(demand.Subject, out told);
                if (demand.Range is not null && witness[key] is null)
                {
                    return null;
                }
            }

            return witness;
        }
    }
}
