namespace Workflow.Core.Guards;

/// <summary>Conditions as delegates: the common shapes compare what the dossier gives without a value in between, all others are evaluated.</summary>
/// <remarks>What a delegate answers is what <see cref="Condition.Holds"/> answers, for every dossier.</remarks>
internal static class GuardShapes
{
    /// <summary>Whether the condition holds for certain.</summary>
    public static Func<IDossierFacts, bool> Holding(Condition condition) => condition switch
    {
        JunctionCondition junction => junction.IsAnd ? All(junction, Holding) : Any(junction, Holding),
        NotCondition not => Failing(not.Operand),
        FlagCondition { Flag.Kind: FactKind.HasDecision } => f => f.HasDecision,
        HasCondition { Fact: { Kind: FactKind.Document, Name: var code } } => f => f.HasDocument(code),
        RoleCondition { Role: var role } => f => f.HasRole(role),
        ComparisonCondition { Left: FactTerm { Fact: var fact }, Operator: var comparing, Right: LiteralTerm { Value: var value } } =>
            OfText(fact, comparing, value) ?? OfWholeNumber(fact, comparing, value) ?? condition.Holds,
        _ => condition.Holds,
    };

    // Whether the condition does not hold for certain: what is unknown does not fail either.
    private static Func<IDossierFacts, bool> Failing(Condition condition) => condition switch
    {
        JunctionCondition junction => junction.IsAnd ? Any(junction, Failing) : All(junction, Failing),
        NotCondition not => Holding(not.Operand),
        FlagCondition { Flag.Kind: FactKind.HasDecision } => f => !f.HasDecision,
        HasCondition { Fact: { Kind: FactKind.Document, Name: var code } } => f => !f.HasDocument(code),
        RoleCondition { Role: var role } => f => !f.HasRole(role),
        _ => f => condition.Evaluate(f) == Truth.False,
    };

    private static Func<IDossierFacts, bool> All(JunctionCondition junction, Func<Condition, Func<IDossierFacts, bool>> each)
    {
        var all = junction.Operands.Select(each).ToArray();
        if (all is [var first, var second])
        {
            return f => first(f) && second(f);
        }

        return f =>
        {
            foreach (var one in all)
            {
                if (!one(f))
                {
                    return false;
                }
            }

            return true;
        };
    }

    private static Func<IDossierFacts, bool> Any(JunctionCondition junction, Func<Condition, Func<IDossierFacts, bool>> each)
    {
        var any = junction.Operands.Select(each).ToArray();
        if (any is [var first, var second])
        {
            return f => first(f) || second(f);
        }

        return f =>
        {
            foreach (var one in any)
            {
                if (one(f))
                {
                    return true;
                }
            }

            return false;
        };
    }

    // A blank field counts as missing, and so equals nothing.
    private static Func<IDossierFacts, bool>? OfText(Fact fact, Comparing comparing, FactValue value)
    {
        if (fact is not { Kind: FactKind.Field, Type: FactType.Text, Name: var name } || comparing != Comparing.Equal || string.IsNullOrWhiteSpace(value.Text))
        {
            return null;
        }

        var text = value.Text;
        return f => string.Equals(f.Field(name), text, StringComparison.Ordinal);
    }

    private static Func<IDossierFacts, bool>? OfWholeNumber(Fact fact, Comparing comparing, FactValue value)
    {
        if (fact.Type != FactType.Number || value.Number is < long.MinValue or > long.MaxValue || decimal.Truncate(value.Number) != value.Number)
        {
            return null;
        }

        var number = (long)value.Number;
        return fact.Kind switch
        {
            FactKind.FeesAssessed => Compared(f => f.FeesAssessed, comparing, number),
            FactKind.FeesPaid => Compared(f => f.FeesPaid, comparing, number),
            FactKind.FeesOutstanding => comparing switch
            {
                // The two that guards mostly ask.
                Comparing.AtMost => f => f.FeesOutstanding <= number,
                Comparing.Greater => f => f.FeesOutstanding > number,
                _ => Compared(f => f.FeesOutstanding, comparing, number),
            },
            FactKind.Supplements => Compared(f => f.Supplements, comparing, number),
            FactKind.Reappointments => Compared(f => f.Reappointments, comparing, number),
            _ => null,
        };
    }

    private static Func<IDossierFacts, bool> Compared(Func<IDossierFacts, long> read, Comparing comparing, long number) => comparing switch
    {
        Comparing.Equal => f => read(f) == number,
        Comparing.NotEqual => f => read(f) != number,
        Comparing.Less => f => read(f) < number,
        Comparing.AtMost => f => read(f) <= number,
        Comparing.Greater => f => read(f) > number,
        _ => f => read(f) >= number,
    };
}
