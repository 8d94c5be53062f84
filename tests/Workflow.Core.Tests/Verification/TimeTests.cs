using Workflow.Core.Definitions;
using Workflow.Core.Procedures;
using Workflow.Core.Verification;

namespace Workflow.Core.Tests.Verification;

public class TimeTests
{
    private const string Steps = Verified.Head + """
        limit: 4 working days
        roles: [reception, officer, head, applicant]
        states:
          open: { initial: true, status: 1, role: reception, on: { accept: received } }
          received: { status: 2, role: reception, limit: 0.5 working days, on: { transfer: appraising } }
          appraising: { status: 4, role: officer, limit: 2 working days, on: { propose: signing } }
          signing: { status: 4, role: head, limit: 12 working hours, on: { sign: ready } }
          ready: { status: 9, role: reception, limit: 9 working days, on: { return-result: returned } }
          returned: { status: 10, final: true }
        """;

    [Fact]
    public void Steps_ThatAddUpToTheLimitExactly_AreSound() => Assert.Empty(Verified.Defects(Steps));

    [Fact]
    public void Steps_ThatExceedTheLimitOnTheOnlyWay_AreAnErrorWithTheSumLineByLine()
    {
        var text = With("limit: 4 working days", "limit: 3 working days");
        var defect = Assert.Single(Verified.Defects(text));

        Assert.Equal((DefectCodes.StepsExceedLimit, DefectSeverity.Error), (defect.Code, defect.Severity));
        Assert.Equal(Verified.LineIn(text, "signing: {"), defect.Place.Line);
        Assert.Contains("4 working days, and the legal limit is 3 working days", defect.Message, StringComparison.Ordinal);
        Assert.Equal(["0.5 working days", "2 working days", "12 working hours"], defect.Schedule.Select(l => l.Used));
        Assert.Equal(["2.5 working days", "0.5 working days", "-1 working days"], defect.Schedule.Select(l => l.Remaining));
    }

    [Theory]
    [InlineData("status: 4, role: officer, limit: 3 working days", "status: 4, role: officer, clock: off, limit: 3 working days")]
    [InlineData("status: 4, role: officer, limit: 3 working days", "status: 6, role: officer, limit: 3 working days")]
    public void Steps_WhileTheClockStands_AreNotCounted(string counted, string off)
    {
        var text = With("limit: 2 working days", "limit: 3 working days");

        Assert.Contains(Verified.Defects(text), d => d.Code == DefectCodes.StepsExceedLimit);
        Assert.Contains(counted, text, StringComparison.Ordinal);
        Assert.Empty(Verified.Defects(text.Replace(counted, off, StringComparison.Ordinal).Replace("propose:", "pay:", StringComparison.Ordinal).Replace("transfer:", "request-payment:", StringComparison.Ordinal)));
    }

    [Fact]
    public void Way_ThatACaseWithALongerLimitAloneTakes_IsNotHeldAgainstTheOrdinaryLimit()
    {
        var text = With("limit: 4 working days", "limit: 3 working days\nlimit-cases:\n  - { if: 'fields.kind = \"x\"', limit: 4 working days }\nfields:\n  kind: { type: text }")
            .Replace("transfer: appraising", "transfer: [{ to: appraising, if: 'fields.kind = \"x\"' }, { to: signing, if: 'fields.kind != \"x\"' }]", StringComparison.Ordinal);

        Assert.Empty(Verified.Defects(text));
        Assert.Contains(
            Verified.Defects(text.Replace("12 working hours", "4 working days", StringComparison.Ordinal)),
            d => d.Severity == DefectSeverity.Warning && d.Message.EndsWith("the legal limit is 3 working days", StringComparison.Ordinal));
    }

    [Fact]
    public void Way_ThatIsNotTheOnlyOne_IsAWarningThatNamesIt()
    {
        var text = With("on: { propose: signing }", "on: { propose: signing, verify: verifying }") + "\n  verifying: { status: 4, role: officer, limit: 1 working day, on: { propose: signing } }";
        var defect = Assert.Single(Verified.Defects(text));

        Assert.Equal((DefectCodes.StepsExceedLimit, DefectSeverity.Warning), (defect.Code, defect.Severity));
        Assert.Contains("5 working days", defect.Message, StringComparison.Ordinal);
        Assert.Empty(Verified.Defects(text.Replace("limit: 4 working", "limit: 5 working", StringComparison.Ordinal)));
    }

    [Fact]
    public void Loop_ThatLeadsBack_IsTakenNoTime() =>
        Assert.Empty(Verified.Defects(With("on: { sign: ready }", "on: { sign: ready, send-back: appraising }")));

    [Fact]
    public void Loop_ThroughAnotherStep_IsTakenNoTimeUntilTheStepLeadsOn()
    {
        var text = With("on: { propose: signing }", "on: { propose: signing, verify: verifying }") + "\n  verifying: { status: 4, role: officer, limit: 3 working days, on: { report: appraising } }";

        Assert.Empty(Verified.Defects(text));
        Assert.Single(Verified.Defects(text.Replace("report: appraising", "report: appraising, propose: signing", StringComparison.Ordinal)));
    }

    [Fact]
    public void Supplement_ThatStartsTheLimitAgain_StartsTheSumAgain()
    {
        var text = With("on: { propose: signing }", "on: { propose: signing, return-for-supplement: asking }") + """

              asking: { status: 4, role: reception, on: { request-supplement: awaiting } }
              awaiting: { status: 5, role: applicant, timeout: { after: 15 days, fire: give-up }, on: { supplement: checking, give-up: stopped } }
              checking: { status: 4, role: officer, limit: 2 working days, on: { propose: signing } }
              stopped: { status: 8, final: true }
            """.ReplaceLineEndings("\n");

        Assert.Empty(Verified.Defects(text));
        Assert.Equal([DefectCodes.StepsExceedLimit], Verified.Defects(text.Replace("limit: 4 working days", "limit: 4 working days\nclock: resume", StringComparison.Ordinal)).Select(d => d.Code));
    }

    [Fact]
    public void LimitCase_ThatIsShorter_IsComparedAsWell()
    {
        var text = With("roles:", "fields: { kind: { type: text, values: [house, works] } }\nlimit-cases: [{ if: 'fields.kind = \"house\"', limit: 3 working days }]\nroles:");
        var defect = Assert.Single(Verified.Defects(text));

        Assert.Equal(DefectCodes.StepsExceedLimit, defect.Code);
        Assert.Contains("3 working days where 'fields.kind = \"house\"'", defect.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Budget_SharedByTwoSteps_CountsOnce()
    {
        var text = With("roles:", "budgets: { council: 2 working days }\nroles:")
            .Replace("role: officer, limit: 2 working days", "role: officer, budget: council", StringComparison.Ordinal)
            .Replace("role: head, limit: 12 working hours", "role: head, budget: council", StringComparison.Ordinal);

        Assert.Empty(Verified.Defects(text.Replace("limit: 4 working days", "limit: 2.5 working days", StringComparison.Ordinal)));
        Assert.Equal([DefectCodes.StepsExceedLimit], Verified.Defects(text.Replace("limit: 4 working days", "limit: 2 working days", StringComparison.Ordinal)).Select(d => d.Code));
    }

    [Theory]
    [InlineData("budgets: { spare: 1 working day }", "no state uses the budget 'spare'")]
    [InlineData("budgets: { council: 5 working days }", "the budget 'council' is 5 working days, and the legal limit is 4 working days")]
    [InlineData("budgets: { council: 1 working day }", "has a limit of 2 working days and shares the budget 'council'")]
    public void Budget_UnusedTooLargeOrBesideALimit_IsFound(string budgets, string message)
    {
        var text = With("roles:", budgets + "\nroles:");
        text = budgets.Contains("council", StringComparison.Ordinal) ? text.Replace("role: officer, limit: 2 working days", message.StartsWith("has", StringComparison.Ordinal) ? "role: officer, limit: 2 working days, budget: council" : "role: officer, budget: council", StringComparison.Ordinal) : text;

        Assert.Contains(Verified.Defects(text), d => d.Code == DefectCodes.Budget && d.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Budget_ThatIsNotDefined_IsRefusedWhenCompiled()
    {
        var reading = ProcedureYaml.Inspect(new StringReader(With("role: officer, limit: 2 working days", "role: officer, budget: coucnil").Replace("roles:", "budgets: { council: 2 days }\nroles:", StringComparison.Ordinal)), "p.yaml");

        var defect = Assert.Single(reading.Defects);
        Assert.Equal((DefectCodes.Budget, DefectSeverity.Error, "did you mean 'council'?"), (defect.Code, defect.Severity, defect.Mend));
    }

    [Fact]
    public void CalendarDays_AgainstWorkingDays_AreJudgedByAReceiptWithoutHolidays()
    {
        var text = With("role: officer, limit: 2 working days", "role: officer, limit: 4 days");
        var defect = Assert.Single(Verified.Defects(text));

        Assert.Equal((DefectCodes.MixedTimeUnits, DefectSeverity.Warning), (defect.Code, defect.Severity));
        Assert.Equal(defect.Schedule.Select(l => l.Day), defect.Schedule.Select(l => l.Day).Order());
        var due = defect.Schedule.Single(l => l.What == "due").Day;
        Assert.True(defect.Schedule[^1].Day >= due);

        // Five working days hold any four days of the calendar, the rest of the steps, and a week's end.
        Assert.Empty(Verified.Defects(text.Replace("limit: 4 working days", "limit: 8 working days", StringComparison.Ordinal)));
        Assert.Empty(ProcedureVerifier.Verify(Verified.Read(text)));
    }

    [Fact]
    public void WorkingSteps_InALimitOfDays_FailAtTetAlone()
    {
        var text = With("limit: 4 working days", "limit: 10 days");
        var defect = Assert.Single(Verified.Defects(text));

        Assert.Equal((DefectCodes.WorstStart, DefectSeverity.Warning), (defect.Code, defect.Severity));
        Assert.Contains("Tết Nguyên đán", defect.Message, StringComparison.Ordinal);
        Assert.Equal(defect.Schedule.Select(l => l.Day), defect.Schedule.Select(l => l.Day).Order());
        Assert.Empty(Verified.Defects(With("limit: 4 working days", "limit: 20 days")));
    }

    [Fact]
    public void SameDayLimit_StepsLongerThanWhatIsLeftAtTheCutOff_FailForALateReceipt()
    {
        var text = Verified.Head + """
            limit: same day
            roles: [reception]
            states:
              open: { initial: true, status: 1, role: reception, on: { accept: received } }
              received: { status: 2, role: reception, limit: 3 working hours, on: { finish: ready } }
              ready: { status: 9, role: reception, on: { return-result: returned } }
              returned: { status: 10, final: true }
            """;

        Assert.Contains("at 15:00", Assert.Single(Verified.Defects(text)).Message, StringComparison.Ordinal);
        Assert.Empty(Verified.Defects(text.Replace("3 working hours", "2 working hours", StringComparison.Ordinal)));
        Assert.Equal([DefectCodes.StepsExceedLimit], Verified.Defects(text.Replace("3 working hours", "9 working hours", StringComparison.Ordinal)).Select(d => d.Code));
    }

    [Theory]
    [InlineData("role: officer", "role: applicant")]
    [InlineData("role: officer", "role: coordinating-agency")]
    public void Wait_ForOthersWithoutALimit_IsFound(string office, string other)
    {
        var text = With("role: officer, limit: 2 working days", other).Replace("[reception, officer, head, applicant]", "[reception, officer, head, applicant, coordinating-agency]", StringComparison.Ordinal);

        Assert.Equal(Verified.LineIn(text, "appraising: {"), Verified.Defects(text).LineOf(DefectCodes.WaitsWithoutLimit));
        Assert.Empty(Verified.Defects(text.Replace(other + ",", office + ",", StringComparison.Ordinal)));
        Assert.Empty(Verified.Defects(text.Replace(other + ",", other + ", limit: 2 working days,", StringComparison.Ordinal)));
    }

    private static string With(string passage, string replacement)
    {
        Assert.Contains(passage, Steps, StringComparison.Ordinal);
        return Steps.ReplaceLineEndings("\n").Replace(passage, replacement, StringComparison.Ordinal);
    }
}
