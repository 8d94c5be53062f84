using Workflow.Core.Definitions;
using Workflow.Core.Procedures;

namespace Workflow.Core.Tests.Procedures;

public class LegCheckTests
{
    private const string Text = """
        procedure: 2.002621
        version: 1
        name: { vi: Liên thông, en: Group }
        limit: 3 working days
        roles: [reception, system]
        fields:
          child-name: { type: text }
        documents:
          form: { vi: Tờ khai, en: Form }
        legs:
          residence: { procedure: 1.004222, unit: police of district, lead: true, fields: { name: child-name }, documents: [form] }
          card: { procedure: X.1, unit: insurance of above, after: [residence] }
        states:
          submitted:
            initial: true
            role: reception
            on:
              send: waiting
          waiting:
            legs: [residence, card]
            join: { when: all, fire: go-on, otherwise: fail }
            on:
              go-on: { to: done, by: [system] }
              fail: { to: done, by: [system] }
          done:
            final: true
        """;

    [Fact]
    public void Legs_ThatFit_HaveNoDefect() => Assert.Empty(Of(Text));

    [Theory]
    [InlineData("unit: police of district", "unit: police of", DefectCodes.LegUnit, "the unit of the leg 'residence' is 'police of'")]
    [InlineData("unit: police of district", "unit: somewhere", DefectCodes.LegUnit, "the unit of the leg 'residence' is 'somewhere'")]
    [InlineData("after: [residence]", "after: [residense]", DefectCodes.UnknownLeg, "comes after 'residense', which is not defined")]
    [InlineData("after: [residence]", "after: [card]", DefectCodes.Join, "the leg 'card' comes after itself")]
    [InlineData("after: [residence]", "lead: true", DefectCodes.Join, "more than one leg of the state 'waiting' leads")]
    [InlineData("name: child-name", "name: child-nam", DefectCodes.Join, "takes the field 'child-nam'")]
    [InlineData("documents: [form]", "documents: [from]", DefectCodes.Join, "takes the document 'from'")]
    [InlineData("legs: [residence, card]", "legs: [residence, cart]", DefectCodes.UnknownLeg, "waits for the leg 'cart'")]
    [InlineData("legs: [residence, card]", "legs: [card]", DefectCodes.Join, "comes after 'residence', for which the state 'waiting' does not wait")]
    [InlineData("legs: [residence, card]", "legs: [residence, card, card]", DefectCodes.DuplicateCode, "waits for the leg 'card' twice")]
    [InlineData("    legs: [residence, card]\n", "", DefectCodes.Join, "has a join and no legs")]
    [InlineData("    join: { when: all, fire: go-on, otherwise: fail }\n", "", DefectCodes.Join, "has legs, and nothing says how it is left")]
    [InlineData("fire: go-on", "fire: go", DefectCodes.Join, "fires 'go', which the state does not permit")]
    [InlineData("otherwise: fail", "otherwise: give-up", DefectCodes.Join, "fires 'give-up', which the state does not permit")]
    [InlineData("go-on: { to: done, by: [system] }", "go-on: { to: done, by: [reception] }", DefectCodes.Join, "fires 'go-on', which is not the system's")]
    [InlineData("go-on: { to: done, by: [system] }", "go-on: done", DefectCodes.Join, "fires 'go-on', which is not the system's")]
    [InlineData("fail: { to: done, by: [system] }\n  done:", "fail: { to: done, by: [system] }\n  done:\n    legs: [card]\n    join: { when: any, fire: fail }", DefectCodes.Join, "the state 'done' is final")]
    public void Legs_ThatDoNotFit_AreNamedWithTheirPlace(string passage, string replacement, string code, string message)
    {
        var defect = Assert.Single(Of(With(passage, replacement)), d => d.Code == code && d.Message.Contains(message, StringComparison.Ordinal));

        Assert.Equal(DefectSeverity.Error, defect.Severity);
        Assert.True(defect.Place.Line > 0);
        Assert.NotEmpty(defect.Mend);
    }

    [Fact]
    public void Join_ThatNeedsWhatTheSystemLacks_IsRefused() => Assert.Contains(
        Of(With("fail: { to: done, by: [system] }", "fail: { to: done, by: [system] }").Replace("states:\n", "triggers:\n  fail: { act: refuse }\nstates:\n", StringComparison.Ordinal)),
        d => d.Code == DefectCodes.Join && d.Message.Contains("needs a reason", StringComparison.Ordinal));

    [Fact]
    public void Leg_ThatNoStateWaitsFor_IsAWarning()
    {
        var defect = Assert.Single(Of(With("states:\n", "  spare: { procedure: X.2, unit: receiving }\nstates:\n")));

        Assert.Equal((DefectCodes.UnknownLeg, DefectSeverity.Warning), (defect.Code, defect.Severity));
    }

    private static IReadOnlyList<Defect> Of(string text) => ProcedureYaml.Inspect(new StringReader(text), "group.yaml").Defects;

    private static string With(string passage, string replacement)
    {
        var text = Text.ReplaceLineEndings("\n");
        Assert.Equal(2, text.Split(passage).Length);
        return text.Replace(passage, replacement, StringComparison.Ordinal);
    }
}
