using Workflow.Core.Definitions;
using Workflow.Core.Guards;

namespace Workflow.Core.Tests.Guards;

public sealed class ExpressionDefectTests
{
    [Theory]
    [InlineData("", 1, "WF0206", "ends too early")]
    [InlineData("fields.area >", 14, "WF0206", "ends too early")]
    [InlineData("fields.area > 1 fields.ready", 17, "WF0206", "'fields' is not expected here")]
    [InlineData("fields.area == 1", 13, "WF0206", "write '='")]
    [InlineData("fields.ready && true", 14, "WF0206", "write 'and'")]
    [InlineData("!fields.ready", 1, "WF0206", "write 'not'")]
    [InlineData("1 < fields.area < 3", 17, "WF0206", "compare two things at a time")]
    [InlineData("fields.kind = 'house", 15, "WF0206", "has no end")]
    [InlineData("fields.born > date 2025-02-30", 15, "WF0206", "date 2025-07-01")]
    [InlineData("fields.area > 12m", 17, "WF0206", "right after the number")]
    [InlineData("today > today - 1.5 days", 17, "WF0206", "whole number")]
    [InlineData("fields.kind in 'house'", 16, "WF0206", "after 'in' write a list")]
    [InlineData("(fields.ready", 14, "WF0206", "write ')' here")]
    [InlineData("fields.area > 99999999999999999999999999999999", 15, "WF0206", "too large")]
    [InlineData("fields.aera > 1", 1, "WF0207", "did you mean 'area'?")]
    [InlineData("field.area > 1", 1, "WF0207", "did you mean 'fields.area'?")]
    [InlineData("dossier.stat = 1", 1, "WF0207", "did you mean 'dossier.status'?")]
    [InlineData("true and has documents.drawing", 14, "WF0207", "did you mean 'drawings'?")]
    [InlineData("legs.taxx.well", 1, "WF0207", "did you mean 'tax'?")]
    [InlineData("legs.tax.good", 1, "WF0207", "a leg has no 'good'")]
    [InlineData("fields.kind = house", 15, "WF0207", "\"house\"")]
    [InlineData("fields.kind = 'hose'", 15, "WF0207", "did you mean 'house'?")]
    [InlineData("fields.kind in ['works', 'hose']", 26, "WF0207", "is never \"hose\"")]
    [InlineData("'phone' = dossier.channel", 1, "WF0207", "is never \"phone\"")]
    [InlineData("fields.area = 'big'", 13, "WF0207", "is a number")]
    [InlineData("fields.kind < 'house'", 13, "WF0207", "no meaning")]
    [InlineData("fields.area", 1, "WF0207", "not a condition")]
    [InlineData("fields.area + fields.kind > 1", 13, "WF0207", "does not go between")]
    [InlineData("fields.born + 3 hours < today", 15, "WF0207", "use days or months")]
    [InlineData("3 days > 2", 1, "WF0207", "duration alone")]
    [InlineData("time < today", 6, "WF0207", "'today' is the date of 'time'")]
    [InlineData("documents.drawings = true", 1, "WF0207", "has documents.drawings")]
    [InlineData("actor.roles = 'x'", 1, "WF0207", "in actor.roles")]
    [InlineData("'x' in dossier.unit", 8, "WF0207", "is no list")]
    [InlineData("fields.area in [fields.floors]", 17, "WF0207", "written down")]
    [InlineData("has fees.paid", 5, "WF0207", "'has' asks nothing")]
    [InlineData("(fields.ready and true) = true", 15, "WF0207", "a condition, not a value")]
    public void Expression_ThatDoesNotFit_IsToldAtItsCharacterWithTheMend(string text, int column, string code, string part)
    {
        var defect = Expressions.Defect(text);

        Assert.Equal((code, 7, column), (defect.Code, defect.Place.Line, defect.Place.Column));
        Assert.Contains(part, defect.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fields.note = 'a\0b'")]
    [InlineData("fields.note = 'a\u001bb'")]
    [InlineData("fields.\ud83d\ude00 = 1")]
    [InlineData("\u0007")]
    [InlineData("fields..a")]
    [InlineData("fields[")]
    [InlineData("a.b.c.d.e.f")]
    [InlineData("in in in")]
    [InlineData("not")]
    [InlineData("has has has")]
    [InlineData("min(1")]
    [InlineData("[]")]
    public void Expression_OfHostileText_IsRefusedInOnePrintableLine(string text)
    {
        var line = Expressions.Defect(text).ToString();

        Assert.DoesNotContain(line, char.IsControl);
        Assert.DoesNotContain(line, char.IsSurrogate);
    }

    [Fact]
    public void Expression_WithHalfASurrogatePair_IsRefusedAndAWholeOneTaken()
    {
        foreach (var half in new[] { "\ud800", "\udc00x", "\ud800\ud800", "\ud83d\ude00\udc00" })
        {
            Assert.Contains("U+", Expressions.Defect($"fields.note = '{half}'").Message, StringComparison.Ordinal);
        }

        Assert.Equal("fields.note = \"\ud83d\ude00\"", Expressions.Condition("fields.note = '\ud83d\ude00'").ToString());
    }

    [Fact]
    public void Expression_TooLongOrTooDeep_IsRefused()
    {
        Assert.Contains("1,000", Expressions.Defect(new string('(', 100_000)).Message, StringComparison.Ordinal);
        Assert.Contains("nested", Expressions.Defect(new string('(', 999)).Message, StringComparison.Ordinal);
        Assert.Contains("nested", Expressions.Defect(string.Concat(Enumerable.Repeat("not ", 240)) + "true").Message, StringComparison.Ordinal);
        Assert.Contains("nested", Expressions.Defect(new string('-', 900) + "1 > 2").Message, StringComparison.Ordinal);
        Assert.Contains("nested", Expressions.Defect(string.Concat(Enumerable.Repeat("min(1,", 160))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Expression_AsWideAsItMayBe_IsReadAndEvaluated()
    {
        var text = "fields.area" + string.Concat(Enumerable.Repeat("+1", 490)) + ">1";
        var facts = new TestFacts();
        facts.Fields["area"] = "1";

        Assert.True(Expressions.Condition(text).Holds(facts));
        Assert.Equal(Expressions.Condition(text), Expressions.Condition(text));
    }

    [Theory]
    [InlineData("if: fields.aera > 1", 5)]
    [InlineData("if: 'fields.aera > 1'", 6)]
    [InlineData("if: \"fields.aera > 1\"", 6)]
    [InlineData("if: 'fields.kind = ''house'' and fields.aera > 1'", 34)]
    [InlineData("if: \"fields.kind = \\\"house\\\" and fields.aera > 1\"", 34)]
    public void Defect_InAFile_StandsAtTheColumnOfItsCharacter(string yaml, int column)
    {
        var defects = new DefectList();
        var mapping = YamlText.ReadMapping(new StringReader(yaml), "p.yaml", defects);
        var scalar = Assert.IsType<YamlScalar>(mapping.Entries[0].Value);
        Assert.Null(ExpressionReader.Condition(new ExpressionText(scalar.Text) { Place = scalar.Place, Form = scalar.Form }, Expressions.Schema, defects));

        Assert.Equal((1, column), (defects.All[0].Place.Line, defects.All[0].Place.Column));
    }

    [Fact]
    public void Defect_InATextOfSeveralLines_StandsAtTheTextsOwnPlace()
    {
        var defects = new DefectList();
        var mapping = YamlText.ReadMapping(new StringReader("a: 1\nif: >-\n  fields.kind = 'house'\n  and fields.aera > 1\n"), "p.yaml", defects);
        var scalar = Assert.IsType<YamlScalar>(mapping.Entries[1].Value);
        Assert.Null(ExpressionReader.Condition(new ExpressionText(scalar.Text) { Place = scalar.Place, Form = scalar.Form }, Expressions.Schema, defects));

        Assert.Equal((2, 5), (defects.All[0].Place.Line, defects.All[0].Place.Column));
    }
}
