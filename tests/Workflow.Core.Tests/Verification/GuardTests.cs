using Workflow.Core.Definitions;

namespace Workflow.Core.Tests.Verification;

public class GuardTests
{
    private const string Text = Verified.Head + """
        fields:
          area: { type: number, least: 0, most: 1000 }
          kind: { type: text, required: true, values: [house, works] }
        states:
          open:
            initial: true
            on:
              go: [{ to: small, if: fields.area <= 250 }, { to: large, if: fields.area > 250 }]
              skip: { to: done, if: 'fields.kind = "house"' }
          small: { on: { close: done } }
          large: { on: { close: done } }
          done: { final: true }
        """;

    [Fact]
    public void Guards_ThatExcludeEachOther_AreSound() => Assert.Empty(Verified.Defects(Text));

    [Theory]
    [InlineData("fields.area > 250", "fields.area > 1000")]
    [InlineData("fields.area > 250", "fields.area > 10 and fields.area < 5")]
    [InlineData("fields.area > 250", "'fields.area > 250 and fields.kind = \"works\" and fields.kind != \"works\"'")]
    [InlineData("if: fields.area > 250", "if: [fees-paid, fields.area < 0]")]
    public void Guard_ThatNeverHolds_IsFoundWithTheStateBehindIt(string guard, string never)
    {
        var text = Text.ReplaceLineEndings("\n").Replace(guard, never, StringComparison.Ordinal);
        var defects = Verified.Defects(text);

        Assert.Equal([DefectCodes.GuardNeverHolds, DefectCodes.NeverReached], defects.Select(d => d.Code));
        Assert.Equal((Verified.LineIn(text, "go: ["), Verified.LineIn(text, "large: {")), (defects[0].Place.Line, defects[1].Place.Line));
        Assert.All(defects, d => Assert.Equal(DefectSeverity.Warning, d.Severity));
    }

    [Fact]
    public void Guards_ThatHoldAtOnce_AreFoundWithFactsForWhichTheyDo()
    {
        var text = Text.Replace("fields.area > 250", "fields.area >= 250", StringComparison.Ordinal);
        var defect = Assert.Single(Verified.Defects(text));

        Assert.Equal((DefectCodes.OverlappingTransitions, DefectSeverity.Warning), (defect.Code, defect.Severity));
        Assert.Contains("fields.area = 250", defect.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Guard_OfTheOnlyWayOut_ThatNeverHolds_IsATrap()
    {
        var text = Text.ReplaceLineEndings("\n").Replace("large: { on: { close: done } }", "large: { on: { close: { to: done, if: fields.area < 0 }, again: large } }", StringComparison.Ordinal);
        var defects = Verified.Defects(text);

        Assert.Equal([DefectCodes.Livelock, DefectCodes.GuardNeverHolds], defects.Select(d => d.Code));
        Assert.Contains("'large'", defects[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GuardThatIsCode_IsNeverJudged() =>
        Assert.Empty(Verified.Defects(Text.Replace("if: fields.area <= 250", "if: fees-paid", StringComparison.Ordinal).Replace("if: fields.area > 250", "if: fees-due", StringComparison.Ordinal)));

    [Fact]
    public void LimitCase_ThatAWaysGuardExcludes_IsNotComparedWithIt()
    {
        var text = Verified.Head + """
            limit: 5 working days
            limit-cases: [{ if: 'fields.kind = "house"', limit: 3 working days }]
            fields: { kind: { type: text, required: true, values: [house, works] } }
            states:
              open: { initial: true, status: 1, on: { accept: received } }
              received: { status: 2, limit: 2 working days, on: { go: [{ to: ready, if: 'fields.kind = "house"' }, { to: surveying, if: 'fields.kind = "works"' }] } }
              surveying: { status: 2, limit: 2 working days, on: { close: ready } }
              ready: { status: 9, on: { return-result: returned } }
              returned: { status: 10, final: true }
            """;

        Assert.Empty(Verified.Defects(text));
        Assert.Equal([DefectCodes.StepsExceedLimit], Verified.Defects(text.Replace(", if: 'fields.kind = \"works\"'", ", if: fees-paid", StringComparison.Ordinal)).Select(d => d.Code));
    }
}
