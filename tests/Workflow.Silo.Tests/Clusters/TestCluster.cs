using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Workflow.Core.Engines;
using Workflow.Engine;
using Workflow.Engine.Journal;
using Workflow.Engine.Salts;
using Workflow.Engine.Setup;
using Workflow.Engine.Tests;
using Workflow.Engine.Timers;
using Workflow.Grains;

namespace Workflow.Silo.Tests.Clusters;

/// <summary>Silos of one office in this process over one database, and a client that reaches them as from outside: what it sends is serialized.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly PostgresServer _server = PostgresServer.Require();
    private readonly string _schema;
    private readonly InProcessTestCluster _cluster;

    private TestCluster(short silos, ProcedureSet? procedures, Action<WorkflowClientOptions>? configureClient, Action<WorkflowEngineOptions>? configureEngine)
    {
        _schema = _server.CreateSchema();
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton<TimeProvider>(Clock);
            silo.Services.AddSingleton(procedures ?? new ProcedureSet(Office.Procedure));
            silo.Services.AddSingleton(Office.Units);
            silo.Services.AddSingleton(Office.Calendar);
            silo.AddWorkflow(_schema, o => o.ProvidersInDatabase = false, o =>
            {
                (o.BackgroundTimers, o.BackgroundFollowers, o.Salts) = (false, false, new DerivedSalts([1, 2, 3]));
                configureEngine?.Invoke(o);
            });
        });
        builder.ConfigureClient(client => client.AddWorkflow(configureClient));
        _cluster = builder.Build();
    }

    public VirtualClock Clock { get; } = new(Office.Start);

    public InProcessTestCluster Silos => _cluster;

    /// <summary>The engine as a client has it.</summary>
    public IDossierEngine Engine => _cluster.Client.ServiceProvider.GetRequiredService<IDossierEngine>();

    /// <summary>The engine as a silo has it, over grains.</summary>
    public IDossierEngine EngineOf(int silo) => _cluster.Silos[silo].ServiceProvider.GetRequiredService<IDossierEngine>();

    /// <summary>The engine inside a silo.</summary>
    public DossierEngine LocalEngine(int silo) => _cluster.Silos[silo].ServiceProvider.GetRequiredService<DossierEngine>();

    public IJournalStore Store(int silo) => _cluster.Silos[silo].ServiceProvider.GetRequiredService<IJournalStore>();

    public static async Task<TestCluster> StartAsync(
        short silos = 1, ProcedureSet? procedures = null, Action<WorkflowClientOptions>? configureClient = null, Action<WorkflowEngineOptions>? configureEngine = null)
    {
        var cluster = new TestCluster(silos, procedures, configureClient, configureEngine);
        await cluster._cluster.DeployAsync();
        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
        _server.DropSchema(_schema);
    }
}
