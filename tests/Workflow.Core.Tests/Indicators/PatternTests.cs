using Workflow.Core.Calendars;
using Workflow.Core.Dossiers;
using Workflow.Core.Indicators;
using Workflow.Core.Procedures;

namespace Workflow.Core.Tests.Indicators;

public sealed class PatternTests
{
    private static readonly WorkingCalendar s_calendar = new WorkingCalendarBuilder("test", new DateOnly(2020, 1, 1), new DateOnly(2021, 12, 31))
        .Weekend(DayOfWeek.Saturday, DayOfWeek.Sunday).Build();

    // Friday 6 November 2020; ten working days end on the 20th.
    private static readonly DossierAccepted s_accepted = new("10 working days", Promise("2020-11-20T23:59:59"), 0);

    [Theory]
    [InlineData("2020-11-19T10:00:00", "2020-12-01T10:00:00", new PatternKind[0])]
    [InlineData("2020-11-20T10:00:00", "2020-12-01T10:00:00", new[] { PatternKind.SupplementOnLastDay })]
    [InlineData("2020-11-23T10:00:00", "2020-12-01T10:00:00", new[] { PatternKind.SupplementOnLastDay, PatternKind.OverdueReset })]
    public void Supplement_AskedForOnTheLastDayOrLater_AndRestarted(string asked, string resumed, PatternKind[] kinds) => Assert.Equal(
        kinds,
        Kinds(
            ("2020-11-06T09:00:00", s_accepted),
            (asked, new SupplementRequested(["form"])),
            (asked, new ClockSuspended(PortalStatus.SupplementRequested)),
            (resumed, new ClockResumed(true, Promise("2020-12-15T23:59:59")))));

    [Fact]
    public void Supplement_OnTheLastDayOfAShortLimit_IsWithinItsNotice() => Assert.Empty(Kinds(
        ("2020-11-06T09:00:00", new DossierAccepted("3 working days", Promise("2020-11-11T23:59:59"), 0)),
        ("2020-11-11T09:00:00", new SupplementRequested(["form"]))));

    [Fact]
    public void Overdue_ThatStaysOverdueWhenTheClockGoesOn_IsNoReset() => Assert.Empty(Kinds(
        ("2020-11-06T09:00:00", s_accepted),
        ("2020-11-23T09:00:00", new ClockSuspended(PortalStatus.PaymentRequested)),
        ("2020-11-25T09:00:00", new ClockResumed(false, Promise("2020-11-24T23:59:59")))));

    [Fact]
    public void Suspension_BeforeTheDueMoment_MayMoveThePromiseLater() => Assert.Empty(Kinds(
        ("2020-11-06T09:00:00", s_accepted),
        ("2020-11-18T09:00:00", new ClockSuspended(PortalStatus.PaymentRequested)),
        ("2020-11-25T09:00:00", new ClockResumed(false, Promise("2020-11-27T23:59:59")))));

    [Theory]
    [InlineData("2020-11-19T09:00:00", new PatternKind[0])]
    [InlineData("2020-11-20T09:00:00", new[] { PatternKind.LateReappointment })]
    [InlineData("2020-11-23T09:00:00", new[] { PatternKind.OverdueReset })]
    public void NewDate_LaterThanADayBeforeTheOldOne_IsFound(string at, PatternKind[] kinds) => Assert.Equal(
        kinds,
        Kinds(("2020-11-06T09:00:00", s_accepted), (at, new DossierReappointed(s_accepted.Promise!.Due, At("2020-12-10T23:59:59"), null, "A-1"))));

    [Fact]
    public void Calendar_ThatLiftsAnOverdueDossier_IsFound() => Assert.Equal(
        [PatternKind.OverdueReset],
        Kinds(
            ("2020-11-06T09:00:00", s_accepted),
            ("2020-11-23T09:00:00", new PromiseRecomputed(RecomputationReason.CalendarChanged, ProjectionPolicy.Recompute, s_accepted.Promise!.Due, "a", Promise("2020-11-24T23:59:59")))));

    [Fact]
    public void Clock_StoppedOnRequestWhenOverdue_IsFound() => Assert.Equal(
        [PatternKind.SuspendedWhenOverdue],
        Kinds(("2020-11-06T09:00:00", s_accepted), ("2020-11-23T09:00:00", new ClockSuspended(PortalStatus.Stopped))));

    [Theory]
    [InlineData("2020-12-01T09:00:00", "A", true)]
    [InlineData("2020-12-01T09:00:00", "B", false)]
    [InlineData("2021-02-01T09:00:00", "A", false)]
    public void Overdue_WithdrawnAndSubmittedAgain_IsFoundWithoutAName(string again, string applicant, bool found)
    {
        var clock = new ClockPatterns("D-1");
        clock.Fold(1, "clerk", At("2020-11-06T09:00:00"), [s_accepted]);
        clock.Fold(2, "clerk", At("2020-11-25T09:00:00"), [new DossierMoved("withdraw", Act.Withdraw, "a", "b", PortalStatus.Withdrawn, null) { Closes = true }, new ClockStopped(s_accepted.Promise!.Due, Timeliness.Overdue)]);
        var filings = new RepeatedFilings([1]);
        Assert.Null(filings.Fold(Submitted("D-1", "A"), At("2020-11-06T09:00:00"), "clerk", clock.EndedOverdueAt));

        var pattern = filings.Fold(Submitted("D-2", applicant), At(again), "clerk", null);

        Assert.Equal(found, pattern is { Kind: PatternKind.SubmittedAgain, Dossier: "D-2" });
        Assert.DoesNotContain("Nguyễn", pattern?.Why ?? string.Empty, StringComparison.Ordinal);
    }

    [Fact]
    public void Extensions_OfOneAccount_AreManyWithinThirtyDays()
    {
        var extensions = new ManyExtensions(3);
        for (var i = 0; i < 4; i++)
        {
            extensions.Fold($"D-{i}", 5, "busy", At("2020-11-06T09:00:00").AddDays(i * 5), [new DossierReappointed(default, default, null, "x")]);
            extensions.Fold($"E-{i}", 5, "slow", At("2020-11-06T09:00:00").AddDays(i * 11), [new DossierReappointed(default, default, null, "x")]);
        }

        var pattern = Assert.Single(extensions.Patterns());
        Assert.Equal((PatternKind.ManyExtensions, "D-3", "busy"), (pattern.Kind, pattern.Dossier, pattern.Actor));
    }

    [Theory]
    [InlineData("2020-11-19T10:00:00", true)]
    [InlineData("2020-11-20T10:00:00", false)]
    public void Row_DatedMoreThanAWorkingDayBeforeWhatTheJournalHadReached_IsBackDated(string occurred, bool found)
    {
        // The journal stands at Monday the 23rd; the working day before is Friday the 20th.
        var watch = new BackDating(s_calendar, 1);
        var now = At("2020-11-23T10:00:00");
        Assert.Null(watch.Fold("D-1", 1, "clerk", now, now));

        Assert.Equal(found, watch.Fold("D-2", 1, "clerk", At(occurred), now.AddMinutes(1)) is { Kind: PatternKind.BackDated });
        Assert.Null(watch.Fold("D-3", 1, "clerk", now.AddMinutes(2), now.AddMinutes(2)));
    }

    [Fact]
    public void Replay_OfYearsAgo_IsNotBackDatedInWhateverOrder()
    {
        var watch = new BackDating(s_calendar, 1);
        var recorded = At("2026-01-05T10:00:00");
        Assert.Null(watch.Fold("D-1", 1, "clerk", At("2020-11-23T10:00:00"), recorded));
        Assert.Null(watch.Fold("D-2", 1, "clerk", At("2020-11-02T10:00:00"), recorded));
    }

    private static IEnumerable<PatternKind> Kinds(params (string At, DossierEvent Event)[] events)
    {
        var clock = new ClockPatterns("D-1");
        return [.. events.SelectMany((e, i) => clock.Fold(i + 1, "clerk", At(e.At), [e.Event])).Select(p => p.Kind)];
    }

    private static Promise Promise(string due) => new(At(due), At(due), null, "test");

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text + "+07:00", System.Globalization.CultureInfo.InvariantCulture);

    private static DossierSubmitted Submitted(string code, string id) => new(code, "1.001193", 1, "h", "a", null, null, "unit", "unit", Channel.Direct, null, "clerk")
    {
        Personal = new PersonalData { Applicant = new Applicant("Nguyễn Văn A") { IdNumber = id } },
    };
}
