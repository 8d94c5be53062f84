using Workflow.Grains.Calls;
using Workflow.Grains.Dossiers;
using Workflow.Grains.Reception;

namespace Workflow.Silo.Tests.Clusters;

public sealed class GrainsByKeyTests
{
    [Fact]
    public async Task Grains_BehindTheFirst_AreThoseOfTheFactory()
    {
        await using var cluster = await TestCluster.StartAsync();
        foreach (var factory in new[] { cluster.Silos.Client, cluster.Silos.Silos[0].ServiceProvider.GetService(typeof(IGrainFactory)) as IGrainFactory })
        {
            var (dossiers, receptions) = (new GrainsByKey<IDossierGrain>(factory!), new GrainsByKey<IReceptionGrain>(factory!));
            foreach (var key in new[] { "dossier/a", "dossier/b", "dossier/ộ" })
            {
                Assert.Equal(factory!.GetGrain<IDossierGrain>(key), dossiers.Of(key));
                Assert.Equal(factory!.GetGrain<IReceptionGrain>(key), receptions.Of(key));
            }
        }
    }
}
