using Workflow.Core.Dossiers;
using static Workflow.Core.Tests.Dossiers.Office;

namespace Workflow.Core.Tests.Dossiers;

public class DossierFactsTests
{
    [Fact]
    public void FactsFor_Dossier_AreWhatItsGuardsDecideBy()
    {
        var dossier = Scene.Appraisal().Do("11-09 09:00", new FireTrigger("request-payment"), Officer).Dossier;

        var facts = dossier.FactsFor(Officer, Time("11-09 10:00"));

        Assert.Equal((8000, 6, "officer-1"), (facts.FeesOutstanding, facts.Status, facts.ActorId));
        Assert.Equal(Time("11-09 10:00"), facts.Time);
        Assert.True(facts.HasRole("officer"));
        Assert.Equal(["fees-paid"], dossier.Procedure.Table.UnmetGuards(dossier.State, dossier.Procedure.Table.Trigger("pay"), facts));
    }
}
