using FsCheck;
using FsCheck.Fluent;
using Workflow.Core.Definitions;
using Workflow.Core.Guards;

namespace Workflow.Core.Tests.Guards;

/// <summary>Laws: no text does more than be refused, and what is read has a canonical form that reads back to the same.</summary>
public sealed class ExpressionProperties
{
    private static readonly string[] s_pieces =
    [
        "fields.area", "fields.kind", "fields.note", "fields.ready", "fields.born", "fields[\"odd name\"]", "documents.drawings", "legs.tax.well", "dossier.due",
        "fees.paid", "time", "today", "actor.roles", "actor.unit", "'house'", "\"works\"", "'a\"b'", "1", "0.50", "12", "date 2025-01-31", "6 months", "1 day", "8 hours",
        "true", "false", "=", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "(", ")", "[", "]", ",", ".", "and", "or", "not", "in", "has", "min(", "max(",
    ];

    [Fact]
    public void Read_AnyPieces_AreRefusedInPlaceOrReadBackTheSame() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(20_000)), Prop.ForAll(Arb.From(Texts()), IsRefusedOrReadsBack));

    [Fact]
    public void Read_AnyText_IsRefusedInPlaceOrReadBackTheSame() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(5_000)), Prop.ForAll<string?>(text => IsRefusedOrReadsBack(text ?? string.Empty)));

    private static bool IsRefusedOrReadsBack(string text)
    {
        var defects = new DefectList();
        var place = new SourcePlace("p.yaml", 3, 10);
        if (ExpressionReader.Condition(new ExpressionText(text) { Place = place }, Expressions.Schema, defects) is not { } condition)
        {
            var defect = Assert.Single(defects.All);
            return defect.Place.Line == 3 && defect.Place.Column >= 10 && defect.Place.Column <= 10 + text.Length && !defect.ToString().Any(char.IsControl);
        }

        condition.Evaluate(new TestFacts());
        return condition.Equals(Expressions.Condition(condition.ToString()));
    }

    private static Gen<string> Texts() =>
        from pieces in Gen.ListOf(Gen.Elements(s_pieces))
        select string.Join(' ', pieces.Take(12));
}
