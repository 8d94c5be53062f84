using Workflow.Core.Definitions;

namespace Workflow.Core.Guards;

/// <summary>Turns what was written into typed conditions and terms, or says what does not fit.</summary>
internal sealed class ExpressionChecker(FactSchema schema)
{
    /// <exception cref="ExpressionFault">It is no condition over these facts.</exception>
    public Condition Condition(ExpressionSyntax syntax) => syntax switch
    {
        JunctionSyntax s => Junction(s),
        NotSyntax s => new NotCondition(Condition(s.Operand)),
        ComparisonSyntax s => Comparison(s),
        ListedSyntax s => Negated(s.Negated, Listed(s)),
        HeldSyntax s => Negated(s.Negated, Held(s)),
        HasSyntax s => Has(s),
        LiteralSyntax { Value.Type: FactType.Flag } s => new ConstantCondition(s.Value.Flag),
        FactSyntax s when Value(s) is { Type: FactType.Flag } fact => new FlagCondition(fact),
        _ => throw Fault(syntax, "this is a value, not a condition", "compare it with something"),
    };

    /// <exception cref="ExpressionFault">It is no value of these facts.</exception>
    public Term Term(ExpressionSyntax syntax) => syntax switch
    {
        LiteralSyntax s => new LiteralTerm(s.Value),
        FactSyntax s => new FactTerm(Value(s)),
        ArithmeticSyntax s => Folded(Calculated(s)),
        ExtremeSyntax s => Folded(Extreme(s)),
        DurationSyntax => throw Fault(syntax, "a duration alone cannot be compared", "add it to, or take it from, a date or a moment: today - 6 months"),
        _ => throw Fault(syntax, "this is a condition, not a value", "join conditions with 'and', 'or' and 'not'"),
    };

    private static Condition Negated(bool negated, Condition condition) => negated ? new NotCondition(condition) : condition;

    // What two literals come to is known now; what has no value, such as a division by zero, stays as it was written.
    private static Term Folded(Term term)
    {
        var literal = term switch
        {
            ArithmeticTerm t => t is { Left: LiteralTerm, Right: LiteralTerm },
            ShiftTerm t => t.Start is LiteralTerm,
            DistanceTerm t => t is { Left: LiteralTerm, Right: LiteralTerm },
            ExtremeTerm t => t is { Left: LiteralTerm, Right: LiteralTerm },
            _ => false,
        };
        return literal && term.Evaluate(null!) is { IsKnown: true } value ? new LiteralTerm(value) : term;
    }

    private JunctionCondition Junction(JunctionSyntax syntax)
    {
        var operands = new List<Condition>();
        foreach (var operand in syntax.Operands.Select(Condition))
        {
            if (operand is JunctionCondition inner && inner.IsAnd == syntax.IsAnd)
            {
                operands.AddRange(inner.Operands);
            }
            else
            {
                operands.Add(operand);
            }
        }

        return new JunctionCondition(syntax.IsAnd, operands);
    }

    private ComparisonCondition Comparison(ComparisonSyntax syntax)
    {
        var left = Term(syntax.Left);
        var right = Term(syntax.Right);
        DemandSame(left, right, syntax);
        if (syntax.Operator is not (Comparing.Equal or Comparing.NotEqual) && !left.Type.IsOrdered())
        {
            throw Fault(syntax, $"'{syntax.Operator.Written()}' has no meaning for {left.Type.Named()}", "compare numbers, dates and moments; of others ask '=', '!=' or 'in'");
        }

        DemandValue(left, right, syntax.Right);
        DemandValue(right, left, syntax.Left);
        return new ComparisonCondition(left, syntax.Operator, right);
    }

    private ListedCondition Listed(ListedSyntax syntax)
    {
        var subject = Term(syntax.Subject);
        var items = new List<FactValue>();
        foreach (var item in syntax.Items)
        {
            var literal = Term(item) as LiteralTerm ?? throw Fault(item, "a list holds values that are written down", "compare facts with '=' and join the comparisons with 'or'");
            DemandSame(subject, literal, item);
            DemandValue(subject, literal, item);
            items.Add(literal.Value);
        }

        return new ListedCondition(subject, items);
    }

    private static RoleCondition Held(HeldSyntax syntax) =>
        syntax.Set.Written != FactNames.Of(FactKind.ActorRoles)
            ? throw Fault(syntax.Set, $"'{syntax.Set.Written}' is no list", "after 'in' write a list such as [\"a\", \"b\"], or actor.roles")
            : syntax.Subject is LiteralSyntax { Value: { Type: FactType.Text, Text: { } role } }
                ? new RoleCondition(role)
                : throw Fault(syntax.Subject, "a role is a text", "write the role in quotation marks: \"reception\" in actor.roles");

    private HasCondition Has(HasSyntax syntax)
    {
        var fact = FactLookup.Find(syntax.Fact, schema);
        return fact.Kind is FactKind.Field || (fact.Optional && fact.Kind is not (FactKind.LegEnded or FactKind.LegWell or FactKind.LegBadly))
            ? new HasCondition(fact)
            : throw Fault(syntax.Fact, $"'has' asks nothing of '{fact}'", "ask it of a field, a document, dossier.accepted-at, dossier.due, dossier.status or actor.unit");
    }

    private Fact Value(FactSyntax syntax)
    {
        var fact = FactLookup.Find(syntax, schema);
        return fact.Kind switch
        {
            FactKind.Document => throw Fault(syntax, $"'{fact}' has no value", $"write 'has {fact}'"),
            FactKind.ActorRoles => throw Fault(syntax, "a person may hold many roles", "write \"reception\" in actor.roles"),
            _ => fact,
        };
    }

    private Term Calculated(ArithmeticSyntax syntax)
    {
        var left = Term(syntax.Left);
        if (syntax.Right is DurationSyntax duration && syntax.Operator is Arithmetic.Add or Arithmetic.Subtract)
        {
            return left.Type == FactType.Moment || (left.Type == FactType.Date && duration.Duration.Unit != DurationUnit.Hours)
                ? new ShiftTerm(left, syntax.Operator == Arithmetic.Subtract, duration.Duration)
                : throw Fault(duration, $"{duration.Duration} cannot be added to, or taken from, {left.Type.Named()}", left.Type == FactType.Date ? "use days or months" : "use a date or a moment");
        }

        var right = Term(syntax.Right);
        if (syntax.Operator == Arithmetic.Subtract && left.Type == right.Type && left.Type is FactType.Date or FactType.Moment)
        {
            return new DistanceTerm(left, right);
        }

        return left.Type == FactType.Number && right.Type == FactType.Number
            ? new ArithmeticTerm(left, syntax.Operator, right)
            : throw Fault(syntax, $"'{syntax.Operator.Written()}' does not go between {left.Type.Named()} and {right.Type.Named()}", "calculate with numbers, or with a date or moment and a duration");
    }

    private ExtremeTerm Extreme(ExtremeSyntax syntax)
    {
        var left = Term(syntax.Left);
        var right = Term(syntax.Right);
        DemandSame(left, right, syntax);
        return left.Type.IsOrdered()
            ? new ExtremeTerm(syntax.IsMost, left, right)
            : throw Fault(syntax, $"'{(syntax.IsMost ? "max" : "min")}' has no meaning for {left.Type.Named()}", "give it two numbers, dates or moments");
    }

    private static void DemandSame(Term left, Term right, ExpressionSyntax at)
    {
        if (left.Type != right.Type)
        {
            var mend = (left.Type, right.Type) is (FactType.Date, FactType.Moment) or (FactType.Moment, FactType.Date)
                ? "compare a date with a date; 'today' is the date of 'time'"
                : "compare things of one type; texts stand in quotation marks, dates after 'date', numbers alone";
            throw Fault(at, $"'{left}' is {left.Type.Named()} and '{right}' is {right.Type.Named()}", mend);
        }
    }

    // A text of a closed list is never another one: that is a slip, not a condition.
    private void DemandValue(Term fact, Term literal, ExpressionSyntax at)
    {
        if (fact is FactTerm { Fact: var asked } && literal is LiteralTerm { Value: { Type: FactType.Text, Text: { } text } }
            && schema.ValuesOf(asked) is { Count: > 0 } values && !values.Contains(text))
        {
            throw Fault(at, $"'{asked}' is never \"{text}\"", FactLookup.Mend(text, values));
        }
    }

    private static ExpressionFault Fault(ExpressionSyntax at, string message, string mend) => new(DefectCodes.ExpressionType, at.Offset, message, mend);
}
