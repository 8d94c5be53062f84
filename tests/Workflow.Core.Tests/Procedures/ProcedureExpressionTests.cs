using Workflow.Core.Definitions;
using Workflow.Core.Guards;
using Workflow.Core.Procedures;
using Workflow.Core.Tests.Guards;

namespace Workflow.Core.Tests.Procedures;

/// <summary>The expressions of a definition are checked where they stand, and compiled into the guards of its machine.</summary>
public sealed class ProcedureExpressionTests
{
    private const string Text =
        """
        procedure: 9.000001
        version: 1
        name: Thủ tục
        limit: 20 days
        limit-cases:
          - { if: 'fields.kind = "house"', limit: 15 days }
        roles: [reception, system]
        fields:
          kind: { type: text, values: [house, works] }
          area: { type: number, least: 0, most: 5000 }
        documents:
          drawings: { vi: Bản vẽ, if: fields.area > 250 }
        fees:
          copy: { vi: Bản sao, amount: 2000, if: 'fields.kind = "works"', times: fields.area }
        guards:
          small: { holds: fields.area <= 250, unmet: { vi: Diện tích lớn, en: the area is too large } }
          plain: { holds: fields.area > 1 }
        legs:
          tax: { procedure: 1.013992, unit: receiving, if: fields.area > 0 }
        states:
          open:
            initial: true
            role: reception
            on:
              go: { to: waiting, if: [small, plain, fees-paid@1, 'fields.kind  =  "house"', fields.area > 2 and not has documents.drawings] }
              stop: done
          waiting:
            role: reception
            legs: [tax]
            join: { when: legs.tax.well, fire: conclude }
            on:
              conclude: { to: done, by: [system] }
          done: { final: true }
        """;

    [Fact]
    public void Guards_OfEveryForm_AreCompiledUnderTheirNames()
    {
        var procedure = ProcedureYaml.Read(new StringReader(Text), "p.yaml");
        var facts = new TestFacts();
        facts.Fields["area"] = "0.5";
        var trigger = procedure.Table.Trigger("go");

        Assert.Equal(
            ["small", "plain", "fees-paid", "fields.kind = \"house\"", "fields.area > 2 and not has documents.drawings"],
            procedure.Table.Transitions[0].Guards);
        Assert.Equal(
            ["plain", "fields.kind = \"house\"", "fields.area > 2 and not has documents.drawings"],
            procedure.Table.UnmetGuards(procedure.Table.Initial, trigger, facts));
        Assert.Equal("the area is too large", procedure.ExplanationOf("small"));
        Assert.Equal("this does not hold: fields.area > 1", procedure.ExplanationOf("plain"));
        Assert.Equal("this does not hold: fields.kind = \"house\"", procedure.ExplanationOf("fields.kind = \"house\""));

        facts.Fields["area"] = "100";
        facts.Fields["kind"] = "house";
        Assert.True(procedure.Table.Evaluate(procedure.Table.Initial, trigger, facts).IsAccepted);
    }

    // A passage, what it is replaced by with '|' before the character at which the defect stands, the code, a part of what is told.
    [Theory]
    [InlineData("if: 'fields.kind = \"house\"', limit", "if: 'fields.kind = |\"hose\"', limit", "WF0207", "did you mean 'house'?")]
    [InlineData("drawings: { vi: Bản vẽ, if: fields.area > 250", "drawings: { vi: Bản vẽ, if: |fields.aera > 250", "WF0207", "did you mean 'area'?")]
    [InlineData("if: 'fields.kind = \"works\"', times", "if: 'fields.kind = |''workz''', times", "WF0207", "did you mean 'works'?")]
    [InlineData("if: 'fields.kind = \"works\"', times", "if: '''a'' = ''a'' and fields.kind = |\"workz\"', times", "WF0207", "did you mean 'works'?")]
    [InlineData("if: 'fields.kind = \"works\"', times", "if: \"fields.kind != \\\"house\\\" and fields.kind = |'workz'\", times", "WF0207", "did you mean 'works'?")]
    [InlineData("times: fields.area }", "times: fields.area +| }", "WF0206", "ends too early")]
    [InlineData("times: fields.area }", "times: |fields.kind }", "WF0208", "not a number")]
    [InlineData("holds: fields.area <= 250", "holds: fields.area <= 250 |metres", "WF0206", "not expected")]
    [InlineData("if: fields.area > 0", "if: fields.area > 0 or|", "WF0206", "ends too early")]
    [InlineData("when: legs.tax.well", "when: |legs.taxx.well", "WF0207", "did you mean 'tax'?")]
    [InlineData("'fields.kind  =  \"house\"'", "'fields.kind  |=  3'", "WF0207", "is a text and '3' is a number")]
    [InlineData("fees-paid@1", "|fees-paid@9", "WF0202", "no guard 'fees-paid@9'")]
    [InlineData("[small, plain", "[|smal, plain", "WF0202", "did you mean 'small'?")]
    [InlineData("  plain:", "  |no-decision:", "WF0208", "hides the registered guard")]
    [InlineData("  plain:", "  |a b:", "WF0208", "is not a guard's name")]
    public void Mistake_InACase_IsADefectAtItsCharacter(string part, string other, string code, string told)
    {
        Assert.Contains(part, Text, StringComparison.Ordinal);
        var marked = Text.Replace(part, other, StringComparison.Ordinal);
        var before = marked[..marked.IndexOf('|', StringComparison.Ordinal)].Split('\n');
        var spoilt = marked.Replace("|", string.Empty, StringComparison.Ordinal);

        var refused = Assert.Throws<DefinitionException>(() => ProcedureYaml.Read(new StringReader(spoilt), "p.yaml"));
        var defect = Assert.Single(refused.Defects, d => d.Code == code && d.ToString().Contains(told, StringComparison.Ordinal));
        Assert.Equal(("p.yaml", before.Length, before[^1].Length + 1), (defect.Place.File, defect.Place.Line, defect.Place.Column));
    }

    [Theory]
    [InlineData("values: [house, works]", "values: [house, works, house]", "a value twice")]
    [InlineData("type: number, least: 0", "type: text, least: 0", "no number")]
    [InlineData("type: text, values", "type: date, values", "no text")]
    [InlineData("least: 0, most: 5000", "least: 7, most: 5", "at least 7 and at most 5")]
    [InlineData("values: [house, works]", "values: [house, works, ' ']", "a blank value")]
    public void Range_OfAFieldThatCannotBe_IsADefect(string part, string other, string told)
    {
        var refused = Assert.Throws<DefinitionException>(() => ProcedureYaml.Read(new StringReader(Text.Replace(part, other, StringComparison.Ordinal)), "p.yaml"));
        Assert.Contains(refused.Defects, d => d.Code == DefectCodes.WrongValue && d.Message.Contains(told, StringComparison.Ordinal));
    }

    [Fact]
    public void NamedGuard_ThatNothingAsksFor_IsAWarning()
    {
        var read = ProcedureYaml.Inspect(new StringReader(Text.Replace("small, plain,", "small,", StringComparison.Ordinal)), "p.yaml");

        var warning = Assert.Single(read.Defects);
        Assert.Equal((DefectCodes.UnusableCase, DefectSeverity.Warning, 17), (warning.Code, warning.Severity, warning.Place.Line));
    }

    [Fact]
    public void NamedGuards_OfOneName_AreADefect()
    {
        var content = ProcedureYaml.Read(new StringReader(Text), "p.yaml").Content;

        var refused = Assert.Throws<DefinitionException>(() => Procedure.Compile(content with { Guards = [.. content.Guards, new NamedGuard("small", "true")] }));
        Assert.Contains(refused.Defects, d => d.Code == DefectCodes.UnusableCase && d.Message.Contains("two guards", StringComparison.Ordinal));
    }

    [Fact]
    public void Guard_TooLongToBeShown_NeedsAName()
    {
        var expression = string.Join(" or ", Enumerable.Range(1, 20).Select(i => $"fields.area = {i}"));
        var refused = Assert.Throws<DefinitionException>(() => ProcedureYaml.Read(new StringReader(Text.Replace("fields.area > 2 and not has documents.drawings", expression, StringComparison.Ordinal)), "p.yaml"));
        Assert.Contains(refused.Defects, d => d.Code == DefectCodes.UnusableCase && d.Mend.Contains("'guards'", StringComparison.Ordinal));

        Assert.NotNull(ProcedureYaml.Read(new StringReader(Text.Replace("holds: fields.area > 1", $"holds: {expression}", StringComparison.Ordinal)), "p.yaml"));
    }
}
