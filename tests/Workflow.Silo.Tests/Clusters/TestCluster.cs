using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using Workflow.Core.Engines;
using Workflow.Engine;
using Workflow.Engine.Journal;
using Workflow.Engine.Postgres;
using Workflow.Engine.Salts;
using Workflow.Engine.Setup;
using Workflow.Engine.Tests;
using Workflow.Grains;

namespace Workflow.Silo.Tests.Clusters;

/// <summary>Silos of one office in this process over one database, and a client that reaches them as from outside: what it sends is serialized.</summary>
internal sealed class TestCluster : IAsyncDisposable
{
    private readonly PostgresServer _server = PostgresServer.Require();
    private readonly string _schema;
    private readonly InProcessTestCluster _cluster;
    private readonly ConcurrentBag<PostgresJournalStore> _stores = [];

    private TestCluster(short silos, Action<WorkflowClientOptions>? configureClient, Action<ISiloBuilder>? configureSilo)
    {
        _schema = _server.CreateSchema();
        var builder = new InProcessTestClusterBuilder(silos);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddSingleton(Clock);
            silo.Services.AddSingleton(new ProcedureSet(Office.Procedure));
            silo.Services.AddSingleton(Office.Units);
            silo.Services.AddSingleton(Office.Calendar);
            silo.Services.AddSingleton<IJournalStore>(_ => new FaultyStore(NewStore()) { IsExclusive = false });
            configureSilo?.Invoke(silo);
            silo.AddWorkflow(
                _schema,
                o => o.ProvidersInDatabase = false,
                o => (o.BackgroundTimers, o.BackgroundFollowers, o.Salts) = (false, false, new DerivedSalts([1, 2, 3])));
        });
        builder.ConfigureClient(client => client.AddWorkflow(configureClient));
        _cluster = builder.Build();
    }

    public TimeProvider Clock { get; } = new OfficeTime();

    public InProcessTestCluster Silos => _cluster;

    /// <summary>The engine as a client has it.</summary>
    public IDossierEngine Engine => _cluster.Client.ServiceProvider.GetRequiredService<IDossierEngine>();

    /// <summary>The engine as a silo has it, over grains.</summary>
    public IDossierEngine EngineOf(int silo) => _cluster.Silos[silo].ServiceProvider.GetRequiredService<IDossierEngine>();

    /// <summary>The engine inside a silo.</summary>
    public DossierEngine LocalEngine(int silo) => _cluster.Silos[silo].ServiceProvider.GetRequiredService<DossierEngine>();

    /// <summary>The store of a silo, for a test that lets it fail.</summary>
    public FaultyStore Store(int silo) => (FaultyStore)_cluster.Silos[silo].ServiceProvider.GetRequiredService<IJournalStore>();

    public static async Task<TestCluster> StartAsync(short silos = 1, Action<WorkflowClientOptions>? configureClient = null, Action<ISiloBuilder>? configureSilo = null)
    {
        var cluster = new TestCluster(silos, configureClient, configureSilo);
        await cluster._cluster.DeployAsync();
        return cluster;
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster.StopAllSilosAsync();
        await _cluster.DisposeAsync();
        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        _server.DropSchema(_schema);
    }

    private PostgresJournalStore NewStore()
    {
        var store = new PostgresJournalStore(_schema, Clock);
        _stores.Add(store);
        return store;
    }
}
