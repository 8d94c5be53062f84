using Workflow.Engine.Tests.Engines;
using Workflow.Silo.Tests.Clusters;

namespace Workflow.Silo.Tests.Engines;

/// <summary>From a client, over two silos: what it sends and gets is serialized.</summary>
public sealed class GrainDossierEngineTests(TwoSilos silos) : DossierEngineContract(() => silos.Cluster.Engine), IClassFixture<TwoSilos>;

/// <summary>From within a silo: half of its calls stay in the process.</summary>
public sealed class SiloDossierEngineTests(TwoSilos silos) : DossierEngineContract(() => silos.Cluster.EngineOf(0)), IClassFixture<TwoSilos>;

public sealed class TwoSilos : IAsyncLifetime
{
    private TestCluster? _cluster;

    internal TestCluster Cluster => _cluster!;

    public async ValueTask InitializeAsync() => _cluster = await TestCluster.StartAsync(2);

    public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? default;
}
