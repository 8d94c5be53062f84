using Workflow.Core.Definitions;

namespace Workflow.Core.Tests.Verification;

public class LegTests
{
    private const string Group = Verified.Head + """
        limit: 10 working days
        roles: [reception, system]
        legs:
          tax: { procedure: 9.000002, unit: tax of district, limit: 3 working days }
          land: { procedure: 9.000002, unit: receiving, limit: 4 working days, lead: true }
        states:
          open: { initial: true, status: 1, role: reception, on: { accept: waiting } }
          waiting:
            status: 2
            role: reception
            legs: [tax, land]
            join: { when: all, fire: conclude, otherwise: give-up }
            on: { conclude: { to: ready, by: [system] }, give-up: { to: stopped, by: [system] } }
          ready: { status: 9, role: reception, on: { return-result: returned } }
          returned: { status: 10, final: true }
          stopped: { status: 8, final: true }
        """;

    private const string Leg = """
        procedure: 9.000002
        version: 1
        name: { vi: Một phần, en: A part }
        limit: 5 working days
        roles: [reception]
        states:
          open: { initial: true, status: 1, role: reception, on: { accept: working, refuse: refused } }
          working: { status: 2, role: reception, on: { sign: ready } }
          ready: { status: 9, role: reception, on: { return-result: returned } }
          returned: { status: 10, final: true }
          refused: { status: 3, final: true }
        """;

    private const string Willing = """
        procedure: 9.000002
        version: 1
        name: { vi: Một phần, en: A part }
        limit: 5 working days
        roles: [reception]
        states:
          open: { initial: true, role: reception, on: { sign: done } }
          done: { final: true }
        """;

    [Fact]
    public void Group_WithEverything_IsSound() => Assert.Empty(Verified.Defects(Group, Leg));

    [Fact]
    public void Join_OfAllLegsWithoutOtherwise_IsStuckOnceALegIsRefused()
    {
        var text = Without(", otherwise: give-up").Replace(", give-up: { to: stopped, by: [system] }", string.Empty, StringComparison.Ordinal)
            .Replace("on: { accept: waiting }", "on: { accept: waiting, refuse: stopped }", StringComparison.Ordinal).Replace("stopped: { status: 8", "stopped: { status: 3", StringComparison.Ordinal);
        var defect = Assert.Single(Verified.Defects(text, Leg));

        Assert.Equal((DefectCodes.UnsynchronisedJoin, DefectSeverity.Error), (defect.Code, defect.Severity));
        Assert.Equal(Verified.LineIn(text, "waiting:\n"), defect.Place.Line);
        Assert.Empty(Verified.Defects(text, Willing));
    }

    [Fact]
    public void Join_ThatMayNeverFireInAStateWithAnotherWayOut_IsAWarning()
    {
        var text = Without(", otherwise: give-up").Replace("give-up: { to: stopped, by: [system] }", "stop: stopped", StringComparison.Ordinal);

        Assert.Equal([(DefectCodes.UnsynchronisedJoin, DefectSeverity.Warning)], Verified.Defects(text, Leg).Select(d => (d.Code, d.Severity)));
    }

    [Fact]
    public void Join_OfAnyLeg_IsStuckOnlyWhenEveryLegMayEndBadly()
    {
        var text = Without(", otherwise: give-up").Replace("give-up: { to: stopped, by: [system] }", "stop: stopped", StringComparison.Ordinal).Replace("when: all", "when: any", StringComparison.Ordinal);
        var other = text.Replace("land: { procedure: 9.000002", "land: { procedure: 9.000003", StringComparison.Ordinal);

        Assert.Equal([DefectCodes.UnsynchronisedJoin], Verified.Defects(text, Leg).Select(d => d.Code));
        Assert.Empty(Verified.Defects(other, Leg, Willing.Replace("9.000002", "9.000003", StringComparison.Ordinal)));
    }

    [Fact]
    public void LegProcedure_ThatTheCatalogueLacks_IsAWarningThatNamesTheNearest()
    {
        var defects = Verified.Defects(Group.Replace("tax: { procedure: 9.000002", "tax: { procedure: 9.000020", StringComparison.Ordinal), Leg);

        Assert.Equal((DefectCodes.UnknownLegProcedure, "did you mean '9.000002'?"), (Assert.Single(defects).Code, defects[0].Mend));
        Assert.Equal(Verified.LineIn(Group, "tax: {"), defects[0].Place.Line);
    }

    [Fact]
    public void Legs_SideBySideWithoutALead_AreAWarning()
    {
        var text = Without(", lead: true");

        Assert.Equal([DefectCodes.NoLeadingLeg], Verified.Defects(text, Leg).Select(d => d.Code));
        Assert.Empty(Verified.Defects(text.Replace("unit: receiving,", "unit: receiving, after: [tax],", StringComparison.Ordinal), Leg));
    }

    [Fact]
    public void Legs_InARow_AddUpToMoreThanTheLimitAndSideBySideDoNot()
    {
        var text = Group.Replace("limit: 10 working days", "limit: 5 working days", StringComparison.Ordinal);
        Assert.Empty(Verified.Defects(text, Leg));

        var row = text.Replace("unit: receiving,", "unit: receiving, after: [tax],", StringComparison.Ordinal);
        var defect = Assert.Single(Verified.Defects(row, Leg));
        Assert.Equal((DefectCodes.LegsExceedLimit, DefectSeverity.Error), (defect.Code, defect.Severity));
        Assert.Equal(["leg tax", "leg land"], defect.Schedule.Select(l => l.What));
        Assert.Equal("-2 working days", defect.Schedule[^1].Remaining);
    }

    [Fact]
    public void Leg_WithoutALimitOfItsOwn_TakesItsProceduresLimitOrLeavesTheWaitOpen()
    {
        var text = Group.Replace("limit: 4 working days, ", string.Empty, StringComparison.Ordinal);

        Assert.Empty(Verified.Defects(text, Leg));
        Assert.Equal([DefectCodes.LegsExceedLimit], Verified.Defects(text.Replace("limit: 10", "limit: 4", StringComparison.Ordinal), Leg).Select(d => d.Code));
        Assert.Equal([DefectCodes.WaitsWithoutLimit], Verified.Defects(text, Leg.Replace("limit: 5 working days\n", string.Empty, StringComparison.Ordinal)).Select(d => d.Code));
    }

    [Fact]
    public void Join_OfAnyLegOneOfWhichIsAlwaysNeeded_IsSoundAndStuckWhenNoneMayBe()
    {
        var text = Group.ReplaceLineEndings("\n").Replace("when: all", "when: any", StringComparison.Ordinal).Replace(", otherwise: give-up", string.Empty, StringComparison.Ordinal)
            .Replace(", give-up: { to: stopped, by: [system] }", string.Empty, StringComparison.Ordinal).Replace("accept: waiting", "accept: waiting, refuse: stopped", StringComparison.Ordinal)
            .Replace("stopped: { status: 8", "stopped: { status: 3", StringComparison.Ordinal)
            .Replace("legs:\n  tax: { ", "fields:\n  kind: { type: text, required: true, values: [a, b] }\nlegs:\n  tax: { if: 'fields.kind = \"a\"', ", StringComparison.Ordinal)
            .Replace("land: { ", "land: { if: 'fields.kind = \"b\"', ", StringComparison.Ordinal);

        Assert.Empty(Verified.Defects(text, Willing));
        Assert.Equal([DefectCodes.UnsynchronisedJoin], Verified.Defects(text.Replace("required: true, values", "values", StringComparison.Ordinal), Willing).Select(d => d.Code));
        Assert.Equal([DefectCodes.UnsynchronisedJoin], Verified.Defects(text.Replace("[a, b]", "[a, b, c]", StringComparison.Ordinal), Willing).Select(d => d.Code));
    }

    [Fact]
    public void Leg_ThatOneCaseAloneNeeds_IsHeldAgainstThatCasesLimitAndProvesNothingOfTheOthers()
    {
        var text = Group.Replace("limit: 10 working days", "limit: 3 working days\nfields:\n  area: { type: number }", StringComparison.Ordinal)
            .Replace("land: { ", "land: { if: 'fields.area > 1000', ", StringComparison.Ordinal);
        var cases = text.Replace("fields:", "limit-cases:\n  - { if: 'fields.area > 500', limit: 4 working days }\nfields:", StringComparison.Ordinal);

        Assert.Equal([(DefectCodes.LegsExceedLimit, DefectSeverity.Warning)], Verified.Defects(text, Leg).Select(d => (d.Code, d.Severity)));
        Assert.Empty(Verified.Defects(cases, Leg));
        Assert.Contains("where 'fields.area > 500'", Assert.Single(Verified.Defects(cases.Replace("limit: 4 working days }\nfields", "limit: 3 working days }\nfields", StringComparison.Ordinal), Leg)).Message, StringComparison.Ordinal);
    }

    private static string Without(string passage)
    {
        Assert.Contains(passage, Group, StringComparison.Ordinal);
        return Group.ReplaceLineEndings("\n").Replace(passage, string.Empty, StringComparison.Ordinal);
    }
}
