using Workflow.Core.Dossiers;
using static Workflow.Core.Tests.Dossiers.Office;

namespace Workflow.Core.Tests.Dossiers;

public class PermittedTests
{
    [Fact]
    public void Permitted_NamesEachTriggerWithItsRolesAndReasons()
    {
        var permitted = DossierDecider.Permitted(Scene.Submitted().Dossier, Scene.Context("11-06 10:00", Reception));

        Assert.Equal(["accept", "refuse", "request-supplement", "withdraw"], permitted.Select(p => p.Trigger));
        Assert.Equal([true, true, true, false], permitted.Select(p => p.IsPermitted));
        Assert.Equal(["applicant"], permitted[3].Roles);
        Assert.Equal(["role"], permitted[3].Unmet.Select(u => u.Name));
    }

    [Fact]
    public void Permitted_InASubstate_HasTheSuperstatesTriggersLast() =>
        Assert.Equal(["sign", "return", "withdraw", "stop", "reopen"], Of(Scene.Signing(), "11-09 10:00", Leader).Keys);

    [Fact]
    public void Permitted_CountsWhatTheLawDemandsOfTheDossier()
    {
        Assert.Equal(["no-decision"], Of(Scene.Draft(), "11-09 11:00", Citizen)["withdraw"]);
        Assert.Equal(["supplement-notice-in-time"], Of(Scene.Appraisal(), "11-12 00:00", Reception)["request-supplement"]);
        Assert.Equal(["refusal-in-time"], Of(Scene.Appraisal(), "11-14 00:00", Officer)["refuse"]);
        Assert.Equal(["documents-complete"], Of(new Scene().Submit("11-06 09:00", Submission with { Documents = [] }), "11-06 10:00", Reception)["accept"]);
        var asked = Scene.Appraisal().Do("11-09 09:00", SupplementRequest, Reception).Fire("11-09 10:00", "supplement", Citizen);
        Assert.Equal(["one-supplement"], Of(asked, "11-09 11:00", Reception)["request-supplement"]);
    }

    [Fact]
    public void Permitted_WhereAGuardIsUnmet_StillNamesTheRoles()
    {
        var paying = Scene.Appraisal().Do("11-09 09:00", new FireTrigger("request-payment"), Officer).Dossier;

        var pay = DossierDecider.Permitted(paying, Scene.Context("11-09 10:00", Leader)).Single(p => p.Trigger == "pay");

        Assert.Equal(["applicant"], pay.Roles);
        Assert.Equal(["fees-paid", "role"], pay.Unmet.Select(u => u.Name));
    }

    [Fact]
    public void Permitted_AgreesWithDecide_ForTriggersThatNeedNothing()
    {
        var scene = Scene.Signing();
        foreach (var actor in new[] { Citizen, Stranger, Reception, Officer, Leader, Outsider })
        {
            foreach (var permitted in DossierDecider.Permitted(scene.Dossier, Scene.Context("11-09 10:00", actor)))
            {
                Assert.Equal(permitted.IsPermitted, scene.Decide("11-09 10:00", new FireTrigger(permitted.Trigger), actor).IsAccepted);
            }
        }
    }

    private static Dictionary<string, IEnumerable<string>> Of(Scene scene, string at, Actor actor) =>
        DossierDecider.Permitted(scene.Dossier, Scene.Context(at, actor)).ToDictionary(p => p.Trigger, p => p.Unmet.Select(u => u.Name));
}
