namespace Workflow.Core.Guards;

/// <summary>A part of an expression that has a value, of a type that is known before any dossier is. Immutable.</summary>
internal abstract record Term(FactType Type)
{
    /// <summary>How tightly it binds in the canonical form: sums 1, products 2, all else 3.</summary>
    protected virtual int Binding => 3;

    /// <summary>The value for a dossier, unknown when something it needs is missing. Never throws.</summary>
    public abstract FactValue Evaluate(IDossierFacts facts);

    /// <summary>The canonical form, which reads back to the same term.</summary>
    public sealed override string ToString() => Written();

    protected abstract string Written();

    protected string Within(int binding) => Binding < binding ? $"({Written()})" : Written();

    protected static string Within(Term term, int binding) => term.Within(binding);
}

/// <summary>A value that was written down.</summary>
internal sealed record LiteralTerm(FactValue Value) : Term(Value.Type)
{
    public override FactValue Evaluate(IDossierFacts facts) => Value;

    protected override string Written() => Value.ToString();
}

/// <summary>A fact of the dossier.</summary>
internal sealed record FactTerm(Fact Fact) : Term(Fact.Type)
{
    public override FactValue Evaluate(IDossierFacts facts) => Fact.Read(facts);

    protected override string Written() => Fact.ToString();
}

/// <summary>A number from two numbers. Unknown on a division by zero and on an overflow.</summary>
internal sealed record ArithmeticTerm(Term Left, Arithmetic Operator, Term Right) : Term(FactType.Number)
{
    protected override int Binding => Operator is Arithmetic.Add or Arithmetic.Subtract ? 1 : 2;

    public override FactValue Evaluate(IDossierFacts facts)
    {
        var left = Left.Evaluate(facts);
        var right = Right.Evaluate(facts);
        if (!left.IsKnown || !right.IsKnown || (Operator == Arithmetic.Divide && right.Number == 0))
        {
            return default;
        }

        try
        {
            return FactValue.Of(Operator switch
            {
                Arithmetic.Add => left.Number + right.Number,
                Arithmetic.Subtract => left.Number - right.Number,
                Arithmetic.Multiply => left.Number * right.Number,
                _ => left.Number / right.Number,
            });
        }
        catch (OverflowException)
        {
            return default;
        }
    }

    protected override string Written() => $"{Within(Left, Binding)} {Operator.Written()} {Within(Right, Binding + 1)}";
}

/// <summary>A date or moment that lies a duration from another.</summary>
internal sealed record ShiftTerm(Term Start, bool Back, Duration By) : Term(Start.Type)
{
    protected override int Binding => 1;

    public override FactValue Evaluate(IDossierFacts facts)
    {
        var start = Start.Evaluate(facts);
        return start.IsKnown ? By.From(start, Back) : default;
    }

    protected override string Written() => $"{Within(Start, 1)} {(Back ? "-" : "+")} {By}";
}

/// <summary>The days between two dates, or the hours between two moments.</summary>
internal sealed record DistanceTerm(Term Left, Term Right) : Term(FactType.Number)
{
    protected override int Binding => 1;

    public override FactValue Evaluate(IDossierFacts facts)
    {
        var left = Left.Evaluate(facts);
        var right = Right.Evaluate(facts);
        if (!left.IsKnown || !right.IsKnown)
        {
            return default;
        }

        var between = (decimal)(left.Whole - right.Whole);
        return FactValue.Of(left.Type == FactType.Date ? between : between / TimeSpan.TicksPerHour);
    }

    protected override string Written() => $"{Within(Left, 1)} - {Within(Right, 2)}";
}

/// <summary>The lesser or the greater of two numbers, dates or moments.</summary>
internal sealed record ExtremeTerm(bool IsMost, Term Left, Term Right) : Term(Left.Type)
{
    public override FactValue Evaluate(IDossierFacts facts)
    {
        var left = Left.Evaluate(facts);
        var right = Right.Evaluate(facts);
        return !left.IsKnown || !right.IsKnown ? default : FactValue.Compare(left, right) > 0 == IsMost ? left : right;
    }

    protected override string Written() => $"{(IsMost ? "max" : "min")}({Left}, {Right})";
}
