namespace Workflow.Core.Guards;

/// <summary>A part of an expression that holds, does not hold, or cannot be told. Immutable.</summary>
internal abstract record Condition
{
    /// <summary>How tightly it binds in the canonical form: or 1, and 2, not 3, all else 4.</summary>
    protected virtual int Binding => 4;

    /// <summary>Whether it holds for a dossier. Never throws.</summary>
    public abstract Truth Evaluate(IDossierFacts facts);

    /// <summary>Whether it holds for certain: what is unknown does not.</summary>
    public bool Holds(IDossierFacts facts) => Evaluate(facts) == Truth.True;

    /// <summary>The canonical form, which reads back to the same condition.</summary>
    public sealed override string ToString() => Written();

    protected abstract string Written();

    protected static string Within(Condition condition, int binding) =>
        condition.Binding < binding ? $"({condition.Written()})" : condition.Written();
}

/// <summary>True or false, written down.</summary>
internal sealed record ConstantCondition(bool Value) : Condition
{
    public override Truth Evaluate(IDossierFacts facts) => Value ? Truth.True : Truth.False;

    protected override string Written() => Value ? "true" : "false";
}

/// <summary>A flag that is true.</summary>
internal sealed record FlagCondition(Fact Flag) : Condition
{
    public override Truth Evaluate(IDossierFacts facts)
    {
        var value = Flag.Read(facts);
        return !value.IsKnown ? Truth.Unknown : value.Flag ? Truth.True : Truth.False;
    }

    protected override string Written() => Flag.ToString();
}

/// <summary>A fact that has a value, a document that was handed in. Never unknown.</summary>
internal sealed record HasCondition(Fact Fact) : Condition
{
    public override Truth Evaluate(IDossierFacts facts) => Fact.IsThere(facts) ? Truth.True : Truth.False;

    protected override string Written() => $"has {Fact}";
}

/// <summary>A role that the acting person holds. Never unknown.</summary>
internal sealed record RoleCondition(string Role) : Condition
{
    public override Truth Evaluate(IDossierFacts facts) => facts.HasRole(Role) ? Truth.True : Truth.False;

    protected override string Written() => $"{FactValue.Quoted(Role)} in actor.roles";
}

/// <summary>Two values of one type compared; unknown when one of them is.</summary>
internal sealed record ComparisonCondition(Term Left, Comparing Operator, Term Right) : Condition
{
    public override Truth Evaluate(IDossierFacts facts)
    {
        var left = Left.Evaluate(facts);
        if (!left.IsKnown)
        {
            return Truth.Unknown;
        }

        var right = Right.Evaluate(facts);
        return !right.IsKnown ? Truth.Unknown : Holds(left, Operator, right) ? Truth.True : Truth.False;
    }

    public static bool Holds(in FactValue left, Comparing comparing, in FactValue right) => comparing switch
    {
        Comparing.Equal => FactValue.Same(left, right),
        Comparing.NotEqual => !FactValue.Same(left, right),
        Comparing.Less => FactValue.Compare(left, right) < 0,
        Comparing.AtMost => FactValue.Compare(left, right) <= 0,
        Comparing.Greater => FactValue.Compare(left, right) > 0,
        _ => FactValue.Compare(left, right) >= 0,
    };

    protected override string Written() => $"{Left} {Operator.Written()} {Right}";
}
