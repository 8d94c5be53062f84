using Workflow.Core.Dossiers;
using Workflow.Core.Tests.Dossiers;

namespace Workflow.StatelessBridge.Tests.Running;

public class ToStatelessTests
{
    [Fact]
    public void ToStateless_Dossier_IsInItsStateAndAsksItsFacts()
    {
        var scene = Scene.Appraisal().Do("11-09 09:00", new FireTrigger("request-payment"), Office.Officer);
        var procedure = scene.Dossier.Procedure;

        var unpaid = procedure.ToStateless(scene.Dossier);

        Assert.Equal("paying", unpaid.State);
        Assert.False(unpaid.CanFire("pay", out var unmet));
        Assert.Equal(["fees-paid"], unmet);
        Assert.Contains("fees-paid", Assert.Throws<InvalidOperationException>(() => unpaid.Fire("pay")).Message, StringComparison.Ordinal);
        scene.Do("11-09 09:30", new RecordPayment(new Payment(8000, "cash", "pay-1")), Office.Reception);
        var paid = procedure.ToStateless(scene.Dossier);
        paid.Fire("pay");
        Assert.Equal("appraisal", paid.State);
        Assert.True(paid.IsInState("work"));
        Assert.Equal("paying", scene.Dossier.StateName);
    }

    [Fact]
    public void ToStateless_DossierOfAnotherProcedure_IsRefused()
    {
        var other = Office.Build(Workflow.Core.Deadlines.ClockPolicy.Resume);

        var refusal = Assert.Throws<ArgumentException>(() => other.ToStateless(Scene.Submitted().Dossier));

        Assert.Contains("run the procedure of the dossier", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToStateless_UnknownState_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Office.Birth.ToStateless(Scene.Submitted().Dossier.FactsFor(Office.Officer, Office.Time("11-09 09:00")), "nowhere"));

    [Fact]
    public async Task ToStateless_Machine_MayBeGivenActionsAndListsItsTriggers()
    {
        var machine = Office.Birth.ToStateless(Scene.Signing().Dossier, Office.Leader, Office.Time("11-09 10:00"));
        var ran = new List<string>();
        machine.Configure("signing").OnExit(() => ran.Add("left"));
        machine.Configure("draft").OnEntry(() => ran.Add("entered"));

        var permitted = await machine.GetPermittedTriggersAsync();
        machine.Fire("sign");

        Assert.Equal(["sign", "return", "withdraw", "stop", "reopen"], permitted);
        Assert.Equal(["left", "entered"], ran);
    }
}
