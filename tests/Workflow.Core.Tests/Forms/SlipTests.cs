using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Forms;
using Workflow.Core.Procedures;
using Workflow.Core.Tests.Dossiers;
using static Workflow.Core.Tests.Dossiers.Office;

namespace Workflow.Core.Tests.Forms;

public class SlipTests
{
    [Theory]
    [InlineData("2019-01-06T00:00:00+07:00", Circular.Of2018)]
    [InlineData("2025-09-14T23:59:59+07:00", Circular.Of2018)]
    [InlineData("2025-09-15T00:00:00+07:00", Circular.Of2025)]
    [InlineData("2025-09-14T17:00:00+00:00", Circular.Of2025)]
    public void Circular_IsTheOneInForceInVietnam(string moment, Circular circular) =>
        Assert.Equal(circular, Circulars.At(DateTimeOffset.Parse(moment, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void Forms_HaveTheNumbersOfTheirCircular()
    {
        Assert.Equal(["01", "02", "03", "04", null, "05", "06"], Enum.GetValues<SlipKind>().Select(k => SlipForms.NumberOf(k, Circular.Of2018)));
        Assert.Equal(["01", "02", "03", "04", "05", "06", "07"], Enum.GetValues<SlipKind>().Select(k => SlipForms.NumberOf(k, Circular.Of2025)));
        Assert.NotEqual(SlipForms.TitleOf(SlipKind.Apology, Circular.Of2018), SlipForms.TitleOf(SlipKind.Apology, Circular.Of2025));
    }

    [Fact]
    public void Slips_BeforeAcceptance_AreNone() => Assert.Empty(new Story().Slips());

    [Fact]
    public void Receipt_SaysWhatHadComeByAcceptanceAndThePromiseOfThen()
    {
        var story = new Story().Do("11-06 10:07", new FireTrigger("accept") { Documents = [new SubmittedDocument("chung-sinh", 0, 2)] }, Reception)
            .Do("11-06 11:00", new FireTrigger("transfer"), Reception).Do("11-10 09:00", SupplementRequest, Reception)
            .Do("11-16 09:00", new FireTrigger("supplement") { Documents = [new SubmittedDocument("chung-sinh", 5, 5)] }, Citizen);

        var receipt = Assert.IsType<ReceiptSlip>(story.Slips()[0]);

        Assert.Equal(("01", Circular.Of2018, Time("11-06 10:07"), Time("11-13 23:59:59")), (receipt.Number, receipt.Circular, receipt.At, receipt.ReturnAt));
        Assert.Equal([("to-khai", 1, 0), ("chung-sinh", 0, 2)], receipt.Components.Select(c => (c.Code, c.Originals, c.Copies)));
        Assert.Equal((Code.Value, Commune, "Xã Phong Phú", "Bùi Thị Mai", "reception-1"), (receipt.Head.Code, receipt.Head.Unit, receipt.Head.UnitName.Vi, receipt.Head.Applicant!.Name, receipt.Head.Officer));
        Assert.False(receipt.OnRequestOnly);
    }

    [Fact]
    public void Receipt_OfASameDayResult_IsOnRequestOnly() =>
        Assert.True(Assert.IsType<ReceiptSlip>(new Story(Build(Workflow.Core.Deadlines.ClockPolicy.Resume, "same day")).Do("11-06 10:00", new FireTrigger("accept"), Reception).Slips()[0]).OnRequestOnly);

    [Fact]
    public void SupplementRequest_NamesTheDocuments()
    {
        var slip = Assert.IsType<SupplementSlip>(new Story().Do("11-06 10:00", SupplementRequest, Reception).Slips().Single());

        Assert.Equal(("02", "a paper is missing"), (slip.Number, slip.Reason));
        Assert.Equal([new LocalizedName("Giấy chứng sinh")], slip.Items);
    }

    [Fact]
    public void Refusal_SaysReasonAndGround()
    {
        var slip = Assert.IsType<RefusalSlip>(new Story().Do("11-06 10:00", Refusal, Reception).Slips().Single());

        Assert.Equal(("03", "the parents live elsewhere", "Law on Civil Status Art 13"), (slip.Number, slip.Reason, slip.Ground));
    }

    [Fact]
    public void Apology_SaysBothDatesAndWhoIsLate()
    {
        var slip = Accepted().Do("11-09 09:00", new ReappointDossier(Time("11-20 17:00"), "the officer is ill", "12/XL"), Officer).Slips().OfType<ApologySlip>().Single();

        Assert.Equal(("04", Time("11-13 23:59:59"), Time("11-20 17:00"), "12/XL", "the officer is ill"), (slip.Number, slip.OldDue, slip.NewDue, slip.ApologyDocument, slip.Reason));
        Assert.Equal((Time("11-06 10:00"), "Huyện Tân Lạc"), (slip.ReceivedAt, slip.LateUnitName.Vi));
    }

    [Fact]
    public void Stop_HasAFormUnderTheLaterCircularAlone()
    {
        var story = Accepted().Do("11-09 09:00", new FireTrigger("stop") { Reason = "we move away" }, Officer);

        Assert.Empty(story.Slips().OfType<StopSlip>());
        var slip = story.Slips(Circular.Of2025).OfType<StopSlip>().Single();
        Assert.Equal(("05", 0L, "we move away"), (slip.Number, slip.FeesPaid, slip.Reason));
    }

    [Fact]
    public void Stop_ThatFollowedFromSilence_HasNoFormOfAStopOnRequest()
    {
        var story = Accepted().Do("11-09 09:00", new FireTrigger("stop"), Actor.System);

        Assert.Empty(story.Slips(Circular.Of2025).OfType<StopSlip>());
    }

    [Fact]
    public void Control_HasARowPerHandOverWithItsResult()
    {
        var story = Accepted().Do("11-09 09:00", new FireTrigger("propose"), Officer).Do("11-09 10:00", new FireTrigger("sign"), Leader);

        var slip = story.Slips().OfType<ControlSlip>().Single();

        Assert.Equal(("05", "06"), (slip.Number, story.Slips(Circular.Of2025).OfType<ControlSlip>().Single().Number));
        Assert.Equal(
            [
                ("accept", "Xã Phong Phú", "reception-1", "Xã Phong Phú", "reception", null),
                ("transfer", "Xã Phong Phú", "reception-1", "Huyện Tân Lạc", "officer", Timeliness.OnTime),
                ("propose", "Huyện Tân Lạc", "officer-1", "Huyện Tân Lạc", "leader", Timeliness.Overdue),
                ("sign", "Huyện Tân Lạc", "leader-1", "Huyện Tân Lạc", null, (Timeliness?)null),
            ],
            slip.Rows.Select(r => (r.Note, r.FromUnit.Vi, r.FromOfficer, r.ToUnit.Vi, r.ToRole, r.Result)));
    }

    [Fact]
    public void Slips_OfADossierWhosePersonalDataWasErased_SayNothingPersonal()
    {
        var story = new Story().Do("11-06 10:00", Refusal, Reception);

        var slip = Assert.IsType<RefusalSlip>(story.Erased().Single());

        Assert.Null(slip.Reason);
        Assert.Null(slip.Head.Applicant);
        Assert.Equal("Law on Civil Status Art 13", slip.Ground);
    }

    [Fact]
    public void Slips_AsText_ShowNothingPersonal() =>
        Assert.All(Accepted().Slips(), s => Assert.DoesNotContain("Mai", $"{s} {s.Head}", StringComparison.Ordinal));

    [Fact]
    public void Slips_OfAnotherProceduresDossier_AreRefused() =>
        Assert.Throws<ArgumentException>(() => Slips.Of(new ProcedureBuilder("9.1").StartedAndDone(), Scene.Submitted().Dossier.ToSnapshot(), [], Office.Units));

    [Fact]
    public void Register_IsNumberedWithoutAGapInTheOrderOfReception()
    {
        var snapshot = Scene.Accepted().Dossier.ToSnapshot();
        DossierSnapshot[] dossiers =
        [
            snapshot with { Code = "c", AcceptedAt = Time("11-09 08:00") },
            snapshot with { Code = "b", AcceptedAt = Time("11-06 08:00") },
            snapshot with { Code = "a", AcceptedAt = Time("11-06 08:00") },
            snapshot with { Code = "elsewhere", ReceivingUnit = District },
            snapshot with { Code = "next-year", AcceptedAt = Time("12-31 17:00").AddHours(8) },
            snapshot with { Code = "never", AcceptedAt = null },
        ];

        var register = DossierRegister.Of(Commune, new LocalizedName("Xã Phong Phú"), 2020, dossiers.Select(d => (d, new LocalizedName("Đăng ký khai sinh"))));

        Assert.Equal([(1, "a"), (2, "b"), (3, "c")], register.Lines.Select(l => (l.Number, l.Code)));
        Assert.Equal(("06", "07"), (register.Number, DossierRegister.Of(Commune, new LocalizedName("x"), 2025, []).Number));
        Assert.DoesNotContain("Mai", $"{register} {register.Lines[0]}", StringComparison.Ordinal);
    }

    private static Story Accepted() => new Story().Do("11-06 10:00", new FireTrigger("accept"), Reception).Do("11-06 11:00", new FireTrigger("transfer"), Reception);

    // A scene that keeps its history as the engine would.
    private sealed class Story
    {
        private readonly Procedure _procedure;
        private readonly Scene _scene;
        private readonly List<HistoryEntry> _history = [];

        public Story(Procedure? procedure = null)
        {
            _procedure = procedure ?? Birth;
            _scene = Scene.Submitted(_procedure);
            Keep("11-06 09:00", Citizen);
        }

        public Story Do(string at, DossierCommand command, Actor actor)
        {
            _scene.Do(at, command, actor);
            Keep(at, actor);
            return this;
        }

        public IReadOnlyList<Slip> Slips(Circular? circular = null) => Workflow.Core.Forms.Slips.Of(_procedure, _scene.Dossier.ToSnapshot(), _history, Office.Units, circular);

        public IReadOnlyList<Slip> Erased() => Workflow.Core.Forms.Slips.Of(
            _procedure, _scene.Dossier.ToSnapshot() with { Personal = null }, [.. _history.Select(h => h with { Events = [.. h.Events.Select(e => e with { Personal = null })] })], Office.Units);

        private void Keep(string at, Actor actor) => _history.Add(new HistoryEntry(_history.Count + 1, Time(at), Time(at), actor.Id, actor.Unit, _scene.Last));
    }
}

/// <summary>A procedure of two states.</summary>
internal static class TwoStates
{
    public static Procedure StartedAndDone(this ProcedureBuilder builder)
    {
        builder.Configure("a").Permit("go", "b");
        builder.Configure("b").AsFinal();
        return builder.Build();
    }
}
