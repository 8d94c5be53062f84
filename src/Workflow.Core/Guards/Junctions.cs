namespace Workflow.Core.Guards;

/// <summary>Two or more conditions that must all hold, or one of which must; none is of the same kind itself.</summary>
internal sealed record JunctionCondition(bool IsAnd, IReadOnlyList<Condition> Operands) : Condition
{
    protected override int Binding => IsAnd ? 2 : 1;

    public override Truth Evaluate(IDossierFacts facts)
    {
        // "And" is the least of its operands and may stop at false; "or" the greatest and may stop at true.
        var end = IsAnd ? Truth.False : Truth.True;
        var result = IsAnd ? Truth.True : Truth.False;
        for (var i = 0; i < Operands.Count; i++)
        {
            var truth = Operands[i].Evaluate(facts);
            if (truth == end)
            {
                return end;
            }

            result = truth == Truth.Unknown ? Truth.Unknown : result;
        }

        return result;
    }

    public bool Equals(JunctionCondition? other) => other is not null && IsAnd == other.IsAnd && Operands.SequenceEqual(other.Operands);

    public override int GetHashCode() => HashCode.Combine(IsAnd, Operands.Count, Operands[0]);

    protected override string Written() => string.Join(IsAnd ? " and " : " or ", Operands.Select(o => Within(o, Binding + 1)));
}

/// <summary>The contrary; unknown when the condition is.</summary>
internal sealed record NotCondition(Condition Operand) : Condition
{
    protected override int Binding => Operand is ListedCondition or RoleCondition ? 4 : 3;

    public override Truth Evaluate(IDossierFacts facts) => Truth.True - (int)Operand.Evaluate(facts);

    protected override string Written() => Operand switch
    {
        ListedCondition listed => listed.Written("not in"),
        RoleCondition held => $"{FactValue.Quoted(held.Role)} not in actor.roles",
        _ => $"not {Within(Operand, 3)}",
    };
}

/// <summary>A value that is one of those listed; unknown when it is.</summary>
internal sealed record ListedCondition(Term Subject, IReadOnlyList<FactValue> Items) : Condition
{
    public override Truth Evaluate(IDossierFacts facts)
    {
        var value = Subject.Evaluate(facts);
        if (!value.IsKnown)
        {
            return Truth.Unknown;
        }

        for (var i = 0; i < Items.Count; i++)
        {
            if (FactValue.Same(value, Items[i]))
            {
                return Truth.True;
            }
        }

        return Truth.False;
    }

    public bool Equals(ListedCondition? other) => other is not null && Subject.Equals(other.Subject) && Items.SequenceEqual(other.Items);

    public override int GetHashCode() => HashCode.Combine(Subject, Items.Count);

    public string Written(string word) => $"{Subject} {word} [{string.Join(", ", Items)}]";

    protected override string Written() => Written("in");
}
