using Workflow.Core.Calendars;
using Workflow.Core.Deadlines;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using static Workflow.Core.Tests.Dossiers.Office;

namespace Workflow.Core.Tests.Dossiers;

/// <summary>A calendar that is published later computes promised dates again, and says so in the journal.</summary>
public class ProjectionTests
{
    private static readonly ProjectDeadline s_project = new();

    // Office.Calendar, with one more day off each.
    private static readonly WorkingCalendar s_wednesdayOff = With("2020-11-11");
    private static readonly WorkingCalendar s_fridayOff = With("2020-11-13");

    [Fact]
    public void GoldenCase_SwapDecidedThreeDaysLater_MovesThePromiseByOneDay()
    {
        var book = Repository.Vietnam;
        var procedure = Build(ClockPolicy.Restart, "10 working days");
        var received = Vietnam("2025-12-22 09:00");
        var submitted = DossierDecider.Submit(procedure, Code, Submission, Context(received, book, Citizen));
        var dossier = Dossier.Create(procedure, submitted.Events, received);
        dossier = Do(dossier, new FireTrigger("accept"), received.AddMinutes(1), book, Reception);
        Assert.Equal((Vietnam("2026-01-06 23:59:59"), "vn-2020..2026@2025-10-16"), (dossier.Clock!.Due, dossier.Calendar));

        var published = Vietnam("2025-12-25 10:00");
        var decision = DossierDecider.Decide(dossier, s_project, Context(published, book, Actor.System));
        var recomputed = Assert.IsType<PromiseRecomputed>(Assert.Single(decision.Events));
        dossier = dossier.Apply(decision.Events, published);

        Assert.Equal(Vietnam("2026-01-07 23:59:59"), dossier.Clock!.Due);
        Assert.Equal((Vietnam("2026-01-06 23:59:59"), "vn-2020..2026@2025-10-16"), (recomputed.OldDue, recomputed.OldCalendar));
        Assert.Equal((RecomputationReason.CalendarChanged, "vn-2020..2026@2025-12-25"), (recomputed.Reason, recomputed.Promise.Calendar));
        Assert.Equal(Vietnam("2026-01-06 07:00"), dossier.ToSnapshot().NearDueAt);
    }

    [Fact]
    public void Projection_ThatLeavesTheDate_IsRefusedAndRecordsNothing() =>
        Refuses(Scene.Appraisal().Dossier, "11-09 09:00", s_project, Calendar, "promise-changed");

    [Fact]
    public void Projection_ByAnybodyElse_IsRefused()
    {
        Scene.Appraisal().Refuses("11-09 09:00", s_project, Officer, "system");
        Scene.Submitted().Refuses("11-09 09:00", s_project, Actor.System, "clock-running");
    }

    [Fact]
    public void Projection_AfterASuspension_CountsTheSuspensionAgain()
    {
        var procedure = Build(ClockPolicy.Resume);
        var scene = Scene.Appraisal(procedure).Do("11-09 09:00", SupplementRequest, Reception).Fire("11-10 09:00", "supplement", Citizen);
        Assert.Equal(Time("11-16 23:59:59"), scene.Dossier.Clock!.Due);

        var dossier = Project(scene.Dossier, "11-10 10:00", s_wednesdayOff);

        // 9, 12, 13, 16 and 17 November.
        Assert.Equal(Time("11-17 23:59:59"), dossier.Clock!.Due);
        Assert.Equal(dossier.Clock.Due, Project(Stored(scene.Dossier), "11-10 10:00", s_wednesdayOff).Clock!.Due);
    }

    [Fact]
    public void Projection_AfterARestart_CountsFromTheRestart()
    {
        var scene = Scene.Appraisal().Do("11-09 09:00", SupplementRequest, Reception).Fire("11-10 09:00", "supplement", Citizen);
        Assert.Equal(Time("11-17 23:59:59"), scene.Dossier.Clock!.Due);

        Assert.Equal(Time("11-18 23:59:59"), Project(Stored(scene.Dossier), "11-10 10:00", s_wednesdayOff).Clock!.Due);
    }

    [Fact]
    public void Projection_WhileSuspended_MovesWhatTheRestIsCountedFrom()
    {
        var procedure = Build(ClockPolicy.Resume);
        var suspended = Scene.Appraisal(procedure).Do("11-09 09:00", SupplementRequest, Reception).Dossier;

        var dossier = Project(suspended, "11-10 10:00", s_wednesdayOff);

        Assert.Null(dossier.Clock!.Due);
        Assert.Equal(Time("11-16 23:59:59"), dossier.Clock.PromisedDue);
        Assert.Null(dossier.NextWakeUp is { } wake && wake < Time("11-20 00:00") ? wake : null);
        var resumed = dossier.Apply(
            DossierDecider.Decide(dossier, new FireTrigger("supplement"), new DecisionContext(Time("11-12 09:00"), Citizen, s_wednesdayOff, Office.Units)).Events, Time("11-12 09:00"));

        // One of the five days was used; the 13th, 16th, 17th and 18th are the others.
        Assert.Equal(Time("11-18 23:59:59"), resumed.Clock!.Due);
    }

    [Fact]
    public void Projection_OfAnAppointedDate_MovesItOnlyFromADayOff()
    {
        var scene = Scene.Appraisal().Do("11-10 09:00", new ReappointDossier(Time("11-20 17:00"), "flood", "12/XL"), Officer);

        Refuses(scene.Dossier, "11-10 10:00", s_project, s_wednesdayOff, "promise-changed");
        Assert.Equal(Time("11-23 23:59:59"), Project(Stored(scene.Dossier), "11-10 10:00", With("2020-11-20")).Clock!.Due);
    }

    [Fact]
    public void CitizenFavour_KeepsTheEarlierDate_UnlessItIsADayOffNow()
    {
        var favour = new ProjectDeadline(ProjectionPolicy.CitizenFavour);
        var dossier = Scene.Appraisal().Dossier;
        Refuses(dossier, "11-09 09:00", favour, s_wednesdayOff, "promise-changed");

        // Friday 13 and Wednesday 11 are off: two days are lost, and the citizen waits one of them.
        var both = With("2020-11-13", "2020-11-11");
        Assert.Equal(Time("11-17 23:59:59"), Project(dossier, "11-09 09:00", both).Clock!.Due);
        Assert.Equal(Time("11-16 23:59:59"), Project(dossier, "11-09 09:00", both, favour).Clock!.Due);
    }

    [Fact]
    public void CitizenFavour_TakesAnEarlierDate()
    {
        var later = new Scene(Birth).Submit("11-06 09:00", Submission).Dossier;
        later = later.Apply(DossierDecider.Decide(later, new FireTrigger("accept"), new DecisionContext(Time("11-06 10:00"), Reception, s_wednesdayOff, Office.Units)).Events, Time("11-06 10:00"));
        Assert.Equal(Time("11-16 23:59:59"), later.Clock!.Due);

        Assert.Equal(Time("11-13 23:59:59"), Project(later, "11-09 09:00", Calendar, new ProjectDeadline(ProjectionPolicy.CitizenFavour)).Clock!.Due);
    }

    [Fact]
    public void Timers_OfARecomputedPromise_FollowIt()
    {
        var missed = Scene.Appraisal().Wake("11-14 00:00").Dossier;
        Assert.Null(missed.NextWakeUp);

        var dossier = Project(missed, "11-14 10:00", s_fridayOff);

        Assert.Equal(Time("11-17 00:00"), dossier.NextWakeUp);
        Assert.Equal(Time("11-16 23:59:59"), dossier.Clock!.Due);
    }

    [Fact]
    public void SnapshotOfAnEarlierRelease_IsRefusedUntilItsHistoryWasReplayed()
    {
        var dossier = Scene.Appraisal().Dossier;
        var snapshot = dossier.ToSnapshot();
        var old = Dossier.Restore(Birth, snapshot with { Clock = snapshot.Clock! with { Count = null } });

        Refuses(old, "11-09 09:00", s_project, s_wednesdayOff, "count-known");
        Assert.Equal(Time("11-16 23:59:59"), Project(old.WithCountOf(dossier), "11-09 09:00", s_wednesdayOff).Clock!.Due);
        Assert.Throws<ArgumentException>(() => old.WithCountOf(Scene.Accepted().Dossier));
    }

    [Fact]
    public void Reception_OfTheProcedure_MakesASaturdayAReceipt()
    {
        var builder = new ProcedureBuilder("1.004194").Limit("2 working days, cut-off 15:00").ReceivedIn("saturday-mornings");
        builder.Configure("waiting").Permit("accept", "working");
        builder.Configure("working").Permit("finish", "done");
        builder.Configure("done").AsFinal();
        var dossier = Scene.Posted(builder.Build()).Dossier;
        var saturdays = new WorkingCalendarBuilder("vn", new DateOnly(2020, 1, 1), new DateOnly(2021, 12, 31))
            .Reception("saturday-mornings", DayOfWeek.Saturday, new OfficeHours(new OfficePeriod(new TimeOnly(7, 30), new TimeOnly(11, 30)))).Build();

        Refuses(dossier, "11-07 09:00", new FireTrigger("accept"), Calendar, "calendar-covers");
        var accepted = dossier.Apply(DossierDecider.Decide(dossier, new FireTrigger("accept"), new DecisionContext(Time("11-07 09:00"), Officer, saturdays, Office.Units)).Events, Time("11-07 09:00"));
        Assert.Equal(Time("11-10 23:59:59"), accepted.Clock!.Due);
    }

    [Fact]
    public void LegsThatAgenciesHave_AreCountedAgainFromTheirDispatch()
    {
        var leg = LegOffice.Residence with
        {
            Acknowledge = Core.Deadlines.TimeLimit.Parse("24 working hours"), Limit = Core.Deadlines.TimeLimit.Parse("3 working days"), DeemedAfter = Core.Deadlines.TimeLimit.Parse("5 days"),
        };
        var dossier = LegOffice.Sent(new JoinDefinition(JoinRule.All, "all-agreed") { Otherwise = "not-agreed" }, leg).Dossier;
        Assert.Equal((Time("11-11 23:59:59"), Time("11-12 00:00")), (dossier.Legs[0].Due, dossier.Legs[0].DeemedAt));
        var acknowledgeBy = dossier.Legs[0].AcknowledgeBy;

        var decision = DossierDecider.Decide(Stored(dossier), s_project, new DecisionContext(Time("11-09 09:00"), Actor.System, s_wednesdayOff, Office.Units));
        var later = dossier.Apply(decision.Events, Time("11-09 09:00"));

        Assert.Equal((Time("11-12 23:59:59"), Time("11-13 00:00")), (later.Legs[0].Due, later.Legs[0].DeemedAt));
        Assert.True(later.Legs[0].AcknowledgeBy > acknowledgeBy);
        Assert.Equal(s_wednesdayOff.Version, decision.Events.OfType<LegRescheduled>().Single().Calendar);
        Refuses(later, "11-09 10:00", s_project, s_wednesdayOff, later.Clock is null ? "clock-running" : "promise-changed");
    }

    private static WorkingCalendar With(params string[] daysOff) => daysOff
        .Aggregate(new WorkingCalendarBuilder("vn", new DateOnly(2020, 1, 1), new DateOnly(2021, 12, 31)), (b, day) => b.DayOff(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), "lũ"))
        .Build();

    private static Dossier Project(Dossier dossier, string at, WorkingCalendar calendar, ProjectDeadline? command = null)
    {
        var decision = DossierDecider.Decide(dossier, command ?? s_project, new DecisionContext(Time(at), Actor.System, calendar, Office.Units));
        Assert.Empty(decision.Unmet);
        Assert.IsType<PromiseRecomputed>(Assert.Single(decision.Events));
        return dossier.Apply(decision.Events, Time(at));
    }

    private static void Refuses(Dossier dossier, string at, DossierCommand command, WorkingCalendar calendar, string guard) => Assert.Equal(
        guard, Assert.Single(DossierDecider.Decide(dossier, command, new DecisionContext(Time(at), Actor.System, calendar, Office.Units)).Unmet).Name);

    private static Dossier Stored(Dossier dossier)
    {
        var snapshot = dossier.ToSnapshot();
        return Dossier.Restore(dossier.Procedure, DossierJson.ReadSnapshot(DossierJson.Write(snapshot), DossierJson.WritePersonal(snapshot)));
    }

    private static Dossier Do(Dossier dossier, DossierCommand command, DateTimeOffset at, CalendarBook book, Actor actor)
    {
        var decision = DossierDecider.Decide(dossier, command, Context(at, book, actor));
        Assert.Empty(decision.Unmet);
        return dossier.Apply(decision.Events, at);
    }

    private static DecisionContext Context(DateTimeOffset at, CalendarBook book, Actor actor) => new(at, actor, book.KnownAt(at), Office.Units);

    private static DateTimeOffset Vietnam(string text) => Deadlines.Times.At(text);
}
