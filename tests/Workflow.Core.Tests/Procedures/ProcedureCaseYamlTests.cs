using Workflow.Core.Procedures;

namespace Workflow.Core.Tests.Procedures;

public sealed class ProcedureCaseYamlTests
{
    private const string Text =
        """
        procedure: 9.000001
        version: 1
        name: { vi: Thủ tục, en: Procedure }
        limit: 20 days
        limit-cases:
          - { if: 'fields.kind = "house"', limit: 15 days }
        reception: saturday-mornings
        budgets:
          council: 7 working days
        roles: [reception, professional, system]
        fields:
          kind: { type: text, required: true, values: [house, works] }
          area: { type: number, least: 0, most: 5000.5 }
        documents:
          drawings: { vi: Bản vẽ, originals: 2, if: fields.area > 250 }
        fees:
          copy: { vi: Bản sao, amount: 2000, per: page, if: 'fields.kind = "works"', times: fields.area }
        guards:
          small: { holds: fields.area <= 250, unmet: { vi: Diện tích lớn, en: the area is too large } }
        legs:
          tax: { procedure: 1.013992, unit: tax of district, if: fields.area > 0, limit: 5 working days, acknowledge: 2 working hours, deemed-after: 12 days, lead: true, fields: { area: area }, documents: [drawings] }
          land: { procedure: 1.013992, unit: receiving, after: [tax] }
        states:
          open: { initial: true, role: reception, on: { go: waiting } }
          waiting:
            role: professional
            budget: council
            clock: off
            legs: [tax, land]
            join: { when: all, fire: conclude, otherwise: reject }
            on:
              conclude: { to: done, by: [system] }
              reject: { to: done, by: [system] }
          done: { final: true }
        """;

    [Fact]
    public void CasesBudgetsAndLegs_WrittenAndReadAgain_AreTheSame()
    {
        var read = ProcedureYaml.Inspect(new StringReader(Text), "p.yaml");
        Assert.DoesNotContain(read.Defects, d => d.Severity == Workflow.Core.Definitions.DefectSeverity.Error);
        var content = read.Content!;

        Assert.Equal("fields.kind = \"house\"", content.LimitCases[0].When.Text);
        Assert.Equal(("p.yaml", 6, 11), (content.LimitCases[0].When.Place.File, content.LimitCases[0].When.Place.Line, content.LimitCases[0].When.Place.Column));
        Assert.Equal(["house", "works"], content.Fields[0].Values);
        Assert.Equal(5000.5m, content.Fields[1].Most);
        Assert.Equal(JoinRule.All, content.States[1].Join!.Rule);
        Assert.Equal([new LegField("area", "area")], content.Legs[0].Fields);
        Assert.True(content.States[1].SuspendsClock);
        Assert.Equal("saturday-mornings", content.Reception);

        var writer = new StringWriter();
        ProcedureYaml.Write(read.Procedure!, writer);
        var again = ProcedureYaml.Read(new StringReader(writer.ToString()), "again.yaml");
        Assert.Equal(read.Procedure!.ContentHash, again.ContentHash);
    }

    [Theory]
    [InlineData("values: [house, works]", "values: [house, works, plant]")]
    [InlineData("most: 5000.5", "most: 5000")]
    [InlineData("limit: 15 days", "limit: 16 days")]
    [InlineData("council: 7 working days", "council: 8 working days")]
    [InlineData("if: fields.area > 250", "if: fields.area > 251")]
    [InlineData("times: fields.area", "times: fields.area + 1")]
    [InlineData("holds: fields.area <= 250", "holds: fields.area <= 260")]
    [InlineData("clock: off", "clock: runs")]
    [InlineData("reception: saturday-mornings", "reception: evenings")]
    [InlineData("after: [tax]", "limit: 2 days")]
    [InlineData("lead: true", "lead: false")]
    [InlineData("when: all", "when: any")]
    [InlineData("otherwise: reject", "otherwise: conclude")]
    public void ContentHash_OfAnotherCaseBudgetOrLeg_Differs(string part, string other)
    {
        Assert.Contains(part, Text, StringComparison.Ordinal);
        Assert.NotEqual(HashOf(Text), HashOf(Text.Replace(part, other, StringComparison.Ordinal)));
    }

    private static string HashOf(string text) => ProcedureYaml.Read(new StringReader(text), "p.yaml").ContentHash;
}
