namespace Workflow.Core.Guards;

/// <summary>The condition that holds exactly where another one does not: where that is false, and where it is unknown since a fact is missing.</summary>
internal static class Unheld
{
    public static Condition Of(Condition condition) => Other(condition, than: true);

    // Holds where the condition has any other truth than the one named. What calculates may be unknown for other reasons; no proof rests on it.
    private static Condition Other(Condition condition, bool than) => condition switch
    {
        NotCondition c => Other(c.Operand, !than),
        JunctionCondition c => Joined(c.IsAnd != than, c.Operands.Select(o => Other(o, than))),
        FlagCondition c => Atom(c, c.Flag, than),
        ComparisonCondition { Left: FactTerm fact, Right: LiteralTerm } c => Atom(c, fact.Fact, than),
        ComparisonCondition { Left: LiteralTerm, Right: FactTerm fact } c => Atom(c, fact.Fact, than),
        ListedCondition { Subject: FactTerm fact } c => Atom(c, fact.Fact, than),
        _ => Wanted(condition, !than),
    };

    private static Condition Atom(Condition atom, Fact fact, bool than) =>
        fact.Optional ? Joined(isAnd: false, [Wanted(atom, !than), new NotCondition(new HasCondition(fact))]) : Wanted(atom, !than);

    private static Condition Wanted(Condition condition, bool truth) => truth ? condition : new NotCondition(condition);

    private static JunctionCondition Joined(bool isAnd, IEnumerable<Condition> operands) =>
        new(isAnd, [.. operands.SelectMany(o => o is JunctionCondition inner && inner.IsAnd == isAnd ? inner.Operands : [o])]);
}
