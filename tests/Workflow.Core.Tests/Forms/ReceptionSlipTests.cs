using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Forms;
using Workflow.Core.Procedures;
using Workflow.Core.Tests.Dossiers;
using static Workflow.Core.Tests.Dossiers.Office;

namespace Workflow.Core.Tests.Forms;

public class ReceptionSlipTests
{
    [Fact]
    public void Slip_BeforeAcceptance_IsNone() => Assert.Null(ReceptionSlip.Of(Scene.Submitted().Dossier));

    [Fact]
    public void Slip_OfAnAcceptedDossier_SaysWhatForm01Asks()
    {
        var dossier = Scene.Submitted().Do(
            "11-06 10:07:31", new FireTrigger("accept") { Documents = [new SubmittedDocument("chung-sinh", 0, 2)] }, Reception).Dossier;

        var slip = ReceptionSlip.Of(dossier, "reception-1")!;

        Assert.Equal((Commune, Code.Value, "1.001193", "Đăng ký khai sinh"), (slip.Unit, slip.Code, slip.Procedure, slip.ProcedureName.Vi));
        Assert.Equal(("Bùi Thị Mai", "reception-1", Channel.Online), (slip.Applicant!.Name, slip.Officer, slip.Channel));
        Assert.Equal((Time("11-06 10:07"), Time("11-13 23:59"), true, false), (slip.ReceivedAt, slip.ReturnAt, slip.HasLimit, slip.OnRequestOnly));
        Assert.Equal(
            [new SlipComponent("to-khai", new LocalizedName("Tờ khai", "Declaration"), 1, 0), new SlipComponent("chung-sinh", new LocalizedName("Giấy chứng sinh"), 0, 2)],
            slip.Components);
    }

    [Fact]
    public void Slip_WhereTheLawSetsNoLimit_SaysSo()
    {
        var builder = new ProcedureBuilder("3.000001");
        builder.Configure("waiting").Permit("accept", "done");
        builder.Configure("done").AsFinal();
        var dossier = new Scene(builder.Build()).Submit("11-06 09:00", new SubmitDossier("3.000001", Commune)).Fire("11-06 09:10", "accept", Officer).Dossier;

        var slip = ReceptionSlip.Of(dossier)!;

        Assert.False(slip.HasLimit);
        Assert.Null(slip.ReturnAt);
        Assert.Null(slip.Officer);
        Assert.Empty(slip.Components);
    }

    [Theory]
    [InlineData("11-06 15:00", true)]
    [InlineData("11-06 15:01", false)]
    public void Slip_OfASameDayResult_IsOnPaperOnRequestOnly(string accepted, bool onRequestOnly) => Assert.Equal(
        onRequestOnly, ReceptionSlip.Of(Scene.Submitted(Build(Workflow.Core.Deadlines.ClockPolicy.Resume, "same day")).Fire(accepted, "accept", Reception).Dossier)!.OnRequestOnly);

    [Fact]
    public void Slip_WhileASupplementIsAwaited_HasNoDate_AndAfterItTheNewOne()
    {
        var scene = Scene.Appraisal().Do("11-10 09:00", SupplementRequest, Reception);
        var waiting = ReceptionSlip.Of(scene.Dossier)!;
        Assert.True(waiting.HasLimit);
        Assert.Null(waiting.ReturnAt);

        scene.Fire("11-16 09:00", "supplement", Citizen);

        Assert.Equal(Time("11-23 23:59"), ReceptionSlip.Of(scene.Dossier)!.ReturnAt);
        Assert.Equal(Time("11-06 10:00"), ReceptionSlip.Of(scene.Dossier)!.ReceivedAt);
    }

    [Fact]
    public void Slip_AsText_ShowsNothingPersonal() =>
        Assert.DoesNotContain("Mai", ReceptionSlip.Of(Scene.Accepted().Dossier)!.ToString(), StringComparison.Ordinal);
}
