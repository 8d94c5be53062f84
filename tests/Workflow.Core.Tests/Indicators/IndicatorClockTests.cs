using Workflow.Core.Deadlines;
using Workflow.Core.Dossiers;
using Workflow.Core.Indicators;
using Workflow.Core.Procedures;
using Workflow.Core.Tests.Dossiers;
using static Workflow.Core.Tests.Dossiers.Office;

namespace Workflow.Core.Tests.Indicators;

/// <summary>Worked examples of Decision 766, where the legal clock and the indicator clock disagree. Five working days from Friday 6 November 2020.</summary>
public class IndicatorClockTests
{
    private readonly IndicatorClock _clock = new();

    [Fact]
    public void Restart_LawGivesTheWholeLimitAgain_TheIndexOnlyTheTimeOfTheSupplement()
    {
        // Asked for on Tuesday the 10th, handed in a day later: the law counts again to the 18th, the index has the 13th and one day.
        var scene = Story(ClockPolicy.Restart).Do("11-10 09:00", SupplementRequest, Reception, Fold).Fire("11-11 09:00", "supplement", Citizen, Fold);
        Assert.Equal(Time("11-18 23:59:59"), scene.Dossier.Clock!.Due);

        Finish(scene, "11-17 09:00");

        Assert.Equal(Timeliness.Early, scene.Dossier.Timeliness);
        var verdict = _clock.JudgeAt(Time("11-30 00:00"));
        Assert.Equal((Time("11-13 23:59:59"), TimeSpan.FromDays(1), Timeliness.Overdue), (verdict.Appointment, verdict.Supplement, verdict.Timeliness));
    }

    [Fact]
    public void Pause_WithinTheTimeOfTheSupplement_IsOnTimeForBoth()
    {
        var scene = Story(ClockPolicy.Restart).Do("11-10 09:00", SupplementRequest, Reception, Fold).Fire("11-11 09:00", "supplement", Citizen, Fold);

        Finish(scene, "11-14 09:00");

        var verdict = _clock.JudgeAt(Time("11-30 00:00"));
        Assert.Equal((Time("11-14 09:00"), true, Timeliness.OnTime), (verdict.End, verdict.IsFinished, verdict.Timeliness));
    }

    [Fact]
    public void None_LawGivesNoTime_TheIndexSubtractsItAllTheSame()
    {
        var scene = Story(ClockPolicy.None).Do("11-10 09:00", SupplementRequest, Reception, Fold).Fire("11-13 09:00", "supplement", Citizen, Fold);

        Finish(scene, "11-16 09:00");

        Assert.Equal(Timeliness.Overdue, scene.Dossier.Timeliness);
        Assert.Equal(Timeliness.OnTime, _clock.JudgeAt(Time("11-30 00:00")).Timeliness);
    }

    [Fact]
    public void SecondRequest_WhateverTheTime_IsOverdue()
    {
        var scene = Story(ClockPolicy.Restart, supplements: 2)
            .Do("11-06 11:30", SupplementRequest, Reception, Fold).Fire("11-06 13:30", "supplement", Citizen, Fold)
            .Do("11-06 14:00", SupplementRequest, Reception, Fold).Fire("11-06 15:00", "supplement", Citizen, Fold);

        Finish(scene, "11-09 09:00");

        Assert.Equal(Timeliness.Early, scene.Dossier.Timeliness);
        Assert.Equal((2, Timeliness.Overdue), (_clock.SupplementRequests, _clock.JudgeAt(Time("11-30 00:00")).Timeliness));
    }

    [Fact]
    public void WaitingForASupplement_EndsAtTheRequest()
    {
        Story(ClockPolicy.Restart).Do("11-10 09:00", SupplementRequest, Reception, Fold);

        var verdict = _clock.JudgeAt(Time("11-30 00:00"));

        Assert.Equal((Time("11-10 09:00"), false, Timeliness.Early), (verdict.End, verdict.IsFinished, verdict.Timeliness));
    }

    [Theory]
    [InlineData("11-12 00:00", Timeliness.Early)]
    [InlineData("11-13 23:59", Timeliness.OnTime)]
    [InlineData("11-14 00:00", Timeliness.Overdue)]
    public void Unfinished_EndsWithThePeriod(string periodEnd, Timeliness timeliness)
    {
        Story(ClockPolicy.Restart);

        Assert.Equal((Time(periodEnd), timeliness), (_clock.JudgeAt(Time(periodEnd)).End, _clock.JudgeAt(Time(periodEnd)).Timeliness));
    }

    [Fact]
    public void Processed_ComesBeforeReturned()
    {
        var scene = Story(ClockPolicy.Restart);
        Finish(scene, "11-10 09:00");
        scene.Fire("11-20 09:00", "return-result", Reception, Fold);

        Assert.Equal(Time("11-10 09:00"), _clock.JudgeAt(Time("11-30 00:00")).End);
    }

    [Fact]
    public void Payment_MovesTheAppointmentAsTheLawDoes()
    {
        var scene = Story(ClockPolicy.Restart).Do("11-10 09:00", new FireTrigger("request-payment") { Amount = 1_000 }, Officer, Fold)
            .Do("11-12 09:00", new FireTrigger("pay") { Payment = new Payment(9_000, "cash") }, Citizen, Fold);

        Assert.Equal(scene.Dossier.Clock!.Due, _clock.JudgeAt(Time("11-13 00:00")).Appointment);
    }

    [Fact]
    public void Reappointment_AfterARestart_MovesTheAppointmentByAsMuch()
    {
        Story(ClockPolicy.Restart).Do("11-10 09:00", SupplementRequest, Reception, Fold).Fire("11-11 09:00", "supplement", Citizen, Fold)
            .Do("11-12 09:00", new ReappointDossier(Time("11-20 23:59:59"), "flood", "12/XL"), Officer, Fold);

        Assert.Equal(Time("11-15 23:59:59"), _clock.JudgeAt(Time("11-13 00:00")).Appointment);
    }

    [Fact]
    public void NoAppointment_IsHeldToTheLongestLimit()
    {
        _clock.Fold(Time("11-06 09:00"), [new DossierSubmitted("c", "p", 1, "h", "s", null, null, Commune, Commune, Channel.Direct, null, "o")]);
        Func<DateTimeOffset, DateTimeOffset> most = start => Deadline.Due(TimeLimit.WorkingDays(2), start, Calendar);

        Assert.Equal(Timeliness.OnTime, _clock.JudgeAt(Time("11-30 00:00")).Timeliness);
        Assert.Equal(Timeliness.OnTime, _clock.JudgeAt(Time("11-10 09:00"), most).Timeliness);
        Assert.Equal(Timeliness.Overdue, _clock.JudgeAt(Time("11-11 09:00"), most).Timeliness);
    }

    private void Fold(DateTimeOffset at, IReadOnlyList<DossierEvent> events) => _clock.Fold(at, events);

    private Story Story(ClockPolicy policy, int supplements = 1)
    {
        var story = new Story(Build(policy, supplements: supplements));
        return story.Submit(Fold).Fire("11-06 10:00", "accept", Reception, Fold).Fire("11-06 11:00", "transfer", Reception, Fold);
    }

    private void Finish(Story story, string at) => story.Fire(at, "propose", Officer, Fold).Do(at, new FireTrigger("sign"), Leader, Fold).Fire(at, "confirm", Citizen, Fold);
}

/// <summary>A scene whose events are told to a fold.</summary>
internal sealed class Story(Procedure procedure)
{
    private readonly Scene _scene = new(procedure);

    public Dossier Dossier => _scene.Dossier;

    public Story Submit(Action<DateTimeOffset, IReadOnlyList<DossierEvent>> fold)
    {
        _scene.Submit("11-06 09:00", Submission);
        fold(Time("11-06 09:00"), _scene.Last);
        return this;
    }

    public Story Fire(string at, string trigger, Actor actor, Action<DateTimeOffset, IReadOnlyList<DossierEvent>> fold) => Do(at, new FireTrigger(trigger), actor, fold);

    public Story Do(string at, DossierCommand command, Actor actor, Action<DateTimeOffset, IReadOnlyList<DossierEvent>> fold)
    {
        _scene.Do(at, command, actor);
        fold(Time(at), _scene.Last);
        return this;
    }
}
