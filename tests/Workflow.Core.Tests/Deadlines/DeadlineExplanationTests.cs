using Workflow.Core.Calendars;
using Workflow.Core.Deadlines;
using static Workflow.Core.Tests.Deadlines.Times;

namespace Workflow.Core.Tests.Deadlines;

public class DeadlineExplanationTests
{
    [Fact]
    public void Days_OfTheGoldenCase_NameTheHolidaysAndTheSwap()
    {
        var days = Explain("10 working days", "2025-12-22 09:00");

        Assert.Equal(
            """
            2025-12-22 None FirstDay the day of the receipt does not count: counting begins on the next day (Civil Code 2015 Art 147.2)
            2025-12-23 Whole Counts working day 1
            2025-12-24 Whole Counts working day 2
            2025-12-25 Whole Counts working day 3
            2025-12-26 Whole Counts working day 4
            2025-12-27 None Weekend weekly rest (Labour Code 2019 Art 111)
            2025-12-28 None Weekend weekly rest (Labour Code 2019 Art 111)
            2025-12-29 Whole Counts working day 5
            2025-12-30 Whole Counts working day 6
            2025-12-31 Whole Counts working day 7
            2026-01-01 None Holiday holiday: Tết Dương lịch (Labour Code 2019 Art 112)
            2026-01-02 None SwappedDay swapped day off: nghỉ hoán đổi (làm bù 10/1/2026) (24h.com.vn)
            2026-01-03 None Weekend weekly rest (Labour Code 2019 Art 111)
            2026-01-04 None Weekend weekly rest (Labour Code 2019 Art 111)
            2026-01-05 Whole Counts working day 8
            2026-01-06 Whole Counts working day 9
            2026-01-07 Whole Counts working day 10 | EndOfDay the limit ends at the end of this day (Civil Code 2015 Art 148.6)
            """.ReplaceLineEndings("\n"),
            Text(days));
    }

    [Fact]
    public void Days_ThatEndOnADayOff_RollForwardByArticle148()
    {
        var days = Explain("15 days", "2025-04-15 09:00");

        Assert.Equal("2025-04-30", days[15].Date.ToString("O"));
        Assert.Equal((DayCount.Whole, DayRuleKind.Counts), (days[15].Count, days[15].Rules[0].Kind));
        Assert.Equal([DayRuleKind.Holiday, DayRuleKind.SwappedDay, DayRuleKind.Weekend, DayRuleKind.Weekend], days.Skip(16).Take(4).Select(d => d.Rules[0].Kind));
        Assert.Equal("CV 8726/VPCP-KGVX", days[17].Rules[0].Article);
        Assert.Equal([DayRuleKind.RolledForward, DayRuleKind.EndOfDay], days[^1].Rules.Select(r => r.Kind));
        Assert.Equal("Civil Code 2015 Art 148.5", days[^1].Rules[0].Article);
    }

    [Fact]
    public void Days_OnAMakeUpSaturday_NameTheDayAndItsDecision()
    {
        var saturday = Explain("3 working days", "2026-08-20 09:00")[2];

        Assert.Equal(DayRuleKind.MakeUpDay, saturday.Rules[0].Kind);
        Assert.Equal("worked for 2026-08-31: working day 2 (TB 9441/TB-BNV)", saturday.Rules[0].ToString());
    }

    [Fact]
    public void Days_InLieuOfAHoliday_CiteArticle111()
    {
        var days = Explain("3 working days", "2023-04-28 09:00");

        Assert.Equal("Labour Code 2019 Art 111.3", days.Single(d => d.Date == new DateOnly(2023, 5, 2)).Rules[0].Article);
    }

    [Fact]
    public void Days_ReceivedAfterTheCutOff_CountFromTheNextWorkingDay()
    {
        var days = Explain("same day", "2020-11-06 15:00:01");

        Assert.Equal([DayRuleKind.LateReceipt], days[0].Rules.Select(r => r.Kind));
        Assert.Contains("after 15:00", days[0].Rules[0].Text.En, StringComparison.Ordinal);
        Assert.Equal([DayRuleKind.CountedFrom, DayRuleKind.FirstDay, DayRuleKind.EndOfDay], days[^1].Rules.Select(r => r.Kind));
        Assert.Equal(new DateOnly(2020, 11, 9), days[^1].Date);
    }

    [Fact]
    public void Days_OfHours_SayHowManyOfThemCount()
    {
        var days = Explain("12 working hours", "2020-11-06 15:00");

        Assert.Equal([2.0, 0, 0, 8, 2], days.Select(d => d.Time.TotalHours));
        Assert.Equal(DayRuleKind.FromTheMoment, days[0].Rules[0].Kind);
        Assert.Equal("the limit ends at 09:00", days[^1].Rules[^1].Text.En);
    }

    [Fact]
    public void Days_OfASuspension_NameItAndTheLaw()
    {
        var pause = Of("5 working days", ClockPolicy.Resume, "2025-06-09 09:00", ("2025-06-11 10:00", "2025-06-13 08:00"));
        Assert.Equal(At("2025-06-18"), pause.Due);
        Assert.Equal([DayRuleKind.Suspended, DayRuleKind.Suspended], pause.Days.Skip(3).Take(2).Select(d => d.Rules[0].Kind));
        Assert.Equal("Decision 766/QD-TTg", pause.Days[3].Rules[0].Article);

        var restart = Of("5 working days", ClockPolicy.Restart, "2025-06-09 09:00", ("2025-06-11 10:00", "2025-06-13 08:00"));
        Assert.Equal(At("2025-06-20"), restart.Due);
        Assert.Equal(DayRuleKind.CountedInVain, restart.Days[1].Rules[0].Kind);
        Assert.Equal("Decree 61/2018/ND-CP Art 19.4", restart.Days[3].Rules[0].Article);
        Assert.Equal([DayRuleKind.Restarted, DayRuleKind.FirstDay], restart.Days[4].Rules.Select(r => r.Kind));
    }

    [Fact]
    public void Fraction_SuspendedOnTheDayOfTheReceipt_GainsNothing() =>
        Assert.Equal(At("2025-06-13 14:00"), Of("1.5 working days", ClockPolicy.Resume, "2025-06-09 10:00", ("2025-06-09 10:30", "2025-06-12 08:00")).Due);

    [Fact]
    public void Hours_UsedUpBeforeTwoSuspensions_CountOnceAndSayWhatWasGranted()
    {
        var explained = Of(
            "23.5 hours", ClockPolicy.Resume, "2024-04-20 08:52:10", ("2024-04-22 15:12:57", "2024-04-27 03:10:04"), ("2024-04-27 16:54:21", "2024-05-07 21:41:07"));

        Assert.Equal(At("2024-05-07"), explained.Due);
        AssertGranted(23.5, explained);
        Assert.Equal(
            "nothing was left when it was suspended on 2024-04-27 16:54: the limit ends with the day on which it resumed, 2024-05-07 21:41, or the next working day",
            explained.Days[^1].Rules[1].ToString());
    }

    [Fact]
    public void HoursOfALateReceipt_UsedUpBeforeTwoSuspensions_CountOnceAndSayWhatWasGranted()
    {
        var explained = Of(
            "17.5 hours, cut-off last hour, from 08:00", ClockPolicy.Resume, "2024-12-19 20:30:34", ("2024-12-23 16:59:15", "2024-12-25 07:39:10"), ("2024-12-25 21:51:27", "2024-12-26 18:17:38"));

        Assert.Equal(At("2024-12-26"), explained.Due);
        AssertGranted(17.5, explained);
    }

    [Fact]
    public void DaysWithAFraction_Suspended_CountDaysOffAsTheWholeDaysThatTheyAre()
    {
        var days = Of("5.5 days", ClockPolicy.Resume, "2025-06-09 09:00", ("2025-06-11 10:00", "2025-06-13 10:00")).Days;

        Assert.Equal(["10", "11", "14", "15", "16"], days.Where(d => d.Count == DayCount.Whole).Select(d => $"{d.Date.Day}"));
        Assert.Equal((17, 4.0), (days[^1].Date.Day, days[^1].Time.TotalHours));
    }

    [Fact]
    public void Suspensions_OutOfOrder_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => Of("5 days", ClockPolicy.Resume, "2025-06-09 09:00", ("2025-06-08 10:00", "2025-06-13 08:00")));
        Assert.Throws<ArgumentException>(() => Of("5 days", ClockPolicy.Resume, "2025-06-09 09:00", ("2025-06-10 10:00", "2025-06-13 08:00"), ("2025-06-12 10:00", "2025-06-14 08:00")));
    }

    private static void AssertGranted(double hours, DeadlineExplanation explained)
    {
        Assert.Equal(hours, explained.Days.Sum(d => d.Time.TotalHours), 9);
        Assert.Equal([DayRuleKind.Suspended, DayRuleKind.Granted, DayRuleKind.EndOfDay], explained.Days[^1].Rules.Select(r => r.Kind));
    }

    private static IReadOnlyList<ExplainedDay> Explain(string limit, string at) => Deadline.Explain(TimeLimit.Parse(limit), At(at), Calendar).Days;

    private static DeadlineExplanation Of(string limit, ClockPolicy policy, string at, params (string From, string To)[] suspensions) =>
        DeadlineExplanation.Of(TimeLimit.Parse(limit), policy, At(at), [.. suspensions.Select(s => new Suspension(At(s.From), At(s.To)))], _ => Calendar);

    private static string Text(IEnumerable<ExplainedDay> days) =>
        string.Join('\n', days.Select(d => $"{d.Date:O} {d.Count} {string.Join(" | ", d.Rules.Select(r => $"{r.Kind} {r}"))}"));
}
