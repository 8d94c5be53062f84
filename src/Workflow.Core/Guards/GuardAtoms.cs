namespace Workflow.Core.Guards;

/// <summary>What an atom demands of its subject so that it has a wanted truth: a range, or that it is missing.</summary>
internal readonly record struct Demand(FactSubject Subject, FactRange? Range);

/// <summary>Tells what the atoms of expressions demand. An atom that asks more than one fact, or calculates with one, demands no more than that the facts are there.</summary>
internal sealed class GuardAtoms(FactSchema schema)
{
    /// <summary>The demands, all of them necessary.</summary>
    /// <param name="atom">A condition that is no junction and no negation.</param>
    /// <param name="wanted">Whether it is to hold or not to hold; unknown is neither.</param>
    /// <param name="exact">Whether the demands are also sufficient.</param>
    public IEnumerable<Demand> Of(Condition atom, bool wanted, out bool exact)
    {
        exact = true;
        switch (atom)
        {
            case HasCondition has:
                return [new Demand(FactSubject.Of(has.Fact, schema), wanted ? FactSubject.Of(has.Fact, schema).Domain : null)];
            case RoleCondition held:
                return [new Demand(FactSubject.OfRole(held.Role), TextRange.Only([wanted ? "true" : "false"]))];
            case FlagCondition flag:
                return [Flagged(flag.Flag, f => f == wanted)];
            case ComparisonCondition { Left: FactTerm left, Right: LiteralTerm right } compared:
                return [Compared(left.Fact, compared.Operator, right.Value, wanted)];
            case ComparisonCondition { Left: LiteralTerm left, Right: FactTerm right } compared:
                return [Compared(right.Fact, compared.Operator.Mirrored(), left.Value, wanted)];
            case ListedCondition { Subject: FactTerm subject } listed:
                return [Listed(subject.Fact, listed.Items, wanted)];
            case ComparisonCondition compared:
                exact = false;
                return Facts(compared.Left).Concat(Facts(compared.Right)).Select(There);
            default:
                exact = false;
                return atom is ListedCondition other ? Facts(other.Subject).Select(There) : [];
        }
    }

    private static IEnumerable<Fact> Facts(Term term) => term switch
    {
        FactTerm t => [t.Fact],
        ArithmeticTerm t => Facts(t.Left).Concat(Facts(t.Right)),
        DistanceTerm t => Facts(t.Left).Concat(Facts(t.Right)),
        ExtremeTerm t => Facts(t.Left).Concat(Facts(t.Right)),
        ShiftTerm t => Facts(t.Start),
        _ => [],
    };

    private Demand There(Fact fact)
    {
        var subject = FactSubject.Of(fact, schema);
        return new Demand(subject, subject.Domain);
    }

    private Demand Compared(Fact fact, Comparing comparing, FactValue value, bool wanted)
    {
        var held = wanted ? comparing : comparing.Negated();
        var subject = FactSubject.Of(fact, schema);
        return fact.Type switch
        {
            FactType.Flag => Flagged(fact, f => ComparisonCondition.Holds(FactValue.Of(f), held, value)),
            FactType.Text => new Demand(subject, held == Comparing.Equal ? TextRange.Only(Given(fact, [value])) : TextRange.Except([value.Text!])),
            _ when fact.Kind == FactKind.Today => new Demand(subject, Days(held, value.Date)),
            _ => new Demand(subject, NumberRange.Of(held, NumberOf(value))),
        };
    }

    private Demand Listed(Fact fact, IReadOnlyList<FactValue> items, bool wanted)
    {
        var subject = FactSubject.Of(fact, schema);
        return fact.Type switch
        {
            FactType.Flag => Flagged(fact, f => items.Any(i => i.Flag == f) == wanted),
            FactType.Text => new Demand(subject, wanted ? TextRange.Only(Given(fact, items)) : TextRange.Except(items.Select(i => i.Text!))),
            _ => new Demand(subject, wanted ? NumberRange.All with { Only = [.. items.Select(NumberOf)] } : NumberRange.All with { Except = [.. items.Select(NumberOf)] }),
        };
    }

    private Demand Flagged(Fact fact, Func<bool, bool> test) => new(FactSubject.Of(fact, schema), fact.Kind switch
    {
        FactKind.LegEnded => TextRange.Only(FactSubject.LegStates.Where(s => test(s.Fact != LegFact.Running)).Select(s => s.Name)),
        FactKind.LegWell => TextRange.Only(FactSubject.LegStates.Where(s => test(s.Fact == LegFact.EndedWell)).Select(s => s.Name)),
        FactKind.LegBadly => TextRange.Only(FactSubject.LegStates.Where(s => test(s.Fact == LegFact.EndedBadly)).Select(s => s.Name)),
        _ => TextRange.Only(FactSubject.Flags.Where(f => test(f == "true"))),
    });

    // A field that is blank is missing, so that no field ever equals a blank text.
    private static IEnumerable<string> Given(Fact fact, IEnumerable<FactValue> values) =>
        values.Select(v => v.Text!).Where(t => fact.Kind != FactKind.Field || !string.IsNullOrWhiteSpace(t));

    private static NumberRange Days(Comparing comparing, DateOnly day)
    {
        var start = FactSubject.StartOf(day);
        var end = start + TimeSpan.TicksPerDay;
        return comparing switch
        {
            Comparing.Equal => NumberRange.Of(Comparing.AtLeast, start) with { High = end, HighOpen = true },
            Comparing.Less => NumberRange.Of(Comparing.Less, start),
            Comparing.AtMost => NumberRange.Of(Comparing.Less, end),
            Comparing.Greater => NumberRange.Of(Comparing.AtLeast, end),
            _ => NumberRange.Of(Comparing.AtLeast, start),
        };
    }

    private static decimal NumberOf(FactValue value) => value.Type == FactType.Number ? value.Number : value.Whole;
}
