using System.Diagnostics;
using Npgsql;
using Workflow.Core.Procedures;
using Workflow.Engine.Journal;
using Workflow.Engine.Postgres;
using Workflow.Engine.Setup;
using Workflow.Engine.Tests.Postgres;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Hosts;

/// <summary>Hosts of one office over one database, each with a store and an engine of its own.</summary>
internal sealed class SharedOffice : IAsyncDisposable
{
    private readonly PostgresServer _server = PostgresServer.Require();
    private readonly string _schema;
    private readonly List<DossierEngine> _engines = [];
    private readonly List<IJournalStore> _stores = [];

    private SharedOffice() => _schema = _server.CreateSchema();

    public VirtualClock Clock { get; } = new(Office.Start);

    public IReadOnlyList<DossierEngine> Hosts => _engines;

    /// <summary>What the first host's store holds, for looking at.</summary>
    public IJournalStore Store => _stores[0];

    public static async Task<SharedOffice> OpenAsync(int hosts)
    {
        var office = new SharedOffice();
        for (var i = 0; i < hosts; i++)
        {
            await office.AddAsync();
        }

        return office;
    }

    /// <summary>Opens a store of the database.</summary>
    public async Task<IJournalStore> OpenStoreAsync()
    {
        var store = new PostgresJournalStore(_schema, Clock);
        await store.OpenAsync(TestContext.Current.CancellationToken);
        lock (_stores)
        {
            _stores.Add(store);
        }

        return store;
    }

    /// <summary>Opens one more host, over a store that a test may have wrapped.</summary>
    public async Task<DossierEngine> AddAsync(Func<IJournalStore, IJournalStore>? wrap = null, Action<WorkflowEngineOptions>? configure = null, ProcedureSet? procedures = null)
    {
        var store = await OpenStoreAsync();
        var engine = await Office.OpenAsync(wrap?.Invoke(store) ?? store, Clock, configure, procedures);
        lock (_stores)
        {
            _engines.Add(engine);
        }

        return engine;
    }

    /// <summary>A connection of its own to the database, not yet open.</summary>
    public NpgsqlConnection Connect() => new(new NpgsqlConnectionStringBuilder(_schema) { Pooling = false }.ConnectionString);

    /// <summary>Runs statements over a connection of its own.</summary>
    public void Execute(string sql) => PostgresServer.Execute(_schema, sql);

    /// <summary>Waits until a query says true.</summary>
    public async Task UntilAsync(string sql, TimeSpan patience)
    {
        await using var connection = Connect();
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        for (var waited = Stopwatch.StartNew(); !(bool)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;)
        {
            Assert.True(waited.Elapsed < patience, $"It did not come to this: {sql}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var engine in _engines)
        {
            await engine.DisposeAsync();
        }

        foreach (var store in _stores)
        {
            await store.DisposeAsync();
        }

        _server.DropSchema(_schema);
    }
}
