using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Guards;

namespace Workflow.Core.Tests.Guards;

/// <summary>Law: what the analysis says is what trying out every dossier says. The values tried include every constant, all between them and missing.</summary>
public sealed class GuardAnalysisProperties
{
    private static readonly (string Key, string[] Atoms, Action<TestFacts>[] Values)[] s_facts =
    [
        ("fields.kind", ["fields.kind = 'house'", "fields.kind != 'house'", "fields.kind in ['works']", "has fields.kind"],
            [Field("kind", "house"), Field("kind", "works")]),
        ("fields.note", ["fields.note = 'x'", "fields.note not in ['x', 'y']", "'y' != fields.note", "has fields.note", "fields.note = ''"],
            [Field("note", "x"), Field("note", "y"), Field("note", "z"), _ => { }]),
        ("fields.area", ["fields.area > 1", "fields.area <= 2", "1 = fields.area", "fields.area != 2", "fields.area in [1, 3]", "has fields.area", "fields.area < 0", "fields.area >= 1000"],
            [.. new[] { "0", "0.5", "1", "1.5", "2", "2.5", "3", "999", "1000" }.Select(v => Field("area", v)), _ => { }]),
        ("fields.ready", ["fields.ready", "fields.ready = false", "fields.ready != true", "has fields.ready"],
            [Field("ready", "true"), Field("ready", "false"), _ => { }]),
        ("fields.born", ["fields.born > date 2020-01-01", "fields.born < date 2020-01-03", "fields.born = date 2020-01-02", "has fields.born"],
            [.. new[] { "2019-12-31", "2020-01-01", "2020-01-02", "2020-01-03", "2020-01-04" }.Select(v => Field("born", v)), _ => { }]),
        ("today", ["today > date 2020-01-01", "today <= date 2020-01-02", "today != date 2020-01-02", "today in [date 2020-01-02]", "date 2020-01-01 = today"],
            [.. new[] { 31, 32, 33, 34 }.Select<int, Action<TestFacts>>(d => f => f.Time = new DateTimeOffset(2019, 12, 1, 23, 59, 59, TimeSpan.FromHours(7)).AddDays(d - 1))]),
        ("documents.drawings", ["has documents.drawings"], [f => f.Documents.Add("drawings"), _ => { }]),
        ("dossier.supplements", ["dossier.supplements > 0", "dossier.supplements < 2", "dossier.supplements != 1", "0.5 < dossier.supplements"],
            [f => f.Supplements = 0, f => f.Supplements = 1, f => f.Supplements = 2]),
        ("actor.roles", ["'a' in actor.roles", "'a' not in actor.roles"], [f => f.Roles.Add("a"), _ => { }]),
        ("legs.tax", ["legs.tax.well", "legs.tax.badly = false", "legs.tax.ended"],
            [f => f.Legs["tax"] = LegFact.Running, f => f.Legs["tax"] = LegFact.EndedWell, f => f.Legs["tax"] = LegFact.EndedBadly, _ => { }]),
    ];

    [Fact]
    public void Verdict_OfAnyFormula_IsThatOfEveryDossierTried() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(400)), Prop.ForAll(Arb.From(Formulas().Where(f => f.Length <= ExpressionLexer.MaxLength)), AgreesWithEveryDossier));

    private static bool AgreesWithEveryDossier(string text)
    {
        var condition = Expressions.Condition(text);
        var verdict = GuardAnalysis.Of([condition], Expressions.Schema);
        var used = s_facts.Where(f => text.Contains(f.Key, StringComparison.Ordinal)).ToList();
        var shape = GuardShapes.Holding(condition);
        Assert.All(Dossiers(used), d => Assert.Equal(condition.Holds(d), shape(d)));
        var possible = Dossiers(used).Any(condition.Holds);
        var agrees = verdict.Possibility == (possible ? Possibility.Sometimes : Possibility.Never);
        return agrees && (!possible || condition.Holds(new WitnessFacts(verdict.Witness))) && condition.Equals(Expressions.Condition(condition.ToString()));
    }

    private static IEnumerable<TestFacts> Dossiers(List<(string Key, string[] Atoms, Action<TestFacts>[] Values)> used)
    {
        var total = used.Aggregate(1, (n, f) => n * f.Values.Length);
        for (var i = 0; i < total; i++)
        {
            var facts = new TestFacts();
            var rest = i;
            foreach (var (_, _, values) in used)
            {
                values[rest % values.Length](facts);
                rest /= values.Length;
            }

            yield return facts;
        }
    }

    // Few facts to a formula, so that they often contradict each other.
    private static Gen<string> Formulas() =>
        from one in Gen.Elements(s_facts)
        from two in Gen.Elements(s_facts)
        from three in Gen.Elements(s_facts)
        from depth in Gen.Choose(0, 4)
        from formula in Formula(depth, [.. one.Atoms, .. two.Atoms, .. three.Atoms])
        select formula;

    private static Gen<string> Formula(int depth, string[] atoms) => depth == 0
        ? Gen.Elements(atoms)
        : Gen.OneOf(
            Gen.Elements(atoms),
            from inner in Formula(depth - 1, atoms) select $"not ({inner})",
            from left in Formula(depth - 1, atoms) from right in Formula(depth - 1, atoms) select $"({left}) and ({right})",
            from left in Formula(depth - 1, atoms) from middle in Formula(depth - 1, atoms) from right in Formula(depth - 1, atoms) select $"({left}) or ({middle}) and ({right})");

    private static Action<TestFacts> Field(string name, string value) => f => f.Fields[name] = value;
}
