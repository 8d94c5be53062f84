using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Workflow.Benchmarks.Postgres;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Setup;
using Workflow.Host.Loading;
using Workflow.Silo;

namespace Workflow.Benchmarks.Grains;

/// <summary>A silo in this process whose client is in it too, with its dossiers submitted and as many grains in the storage of Orleans beside them.</summary>
internal sealed class LoadedSilo : IAsyncDisposable
{
    private const string Npgsql = "Npgsql";
    private const int Preparing = 64;

    private readonly IHost _host;
    private readonly LoadRun _run;
    private int _small;

    private LoadedSilo(IHost host)
    {
        _host = host;
        _run = new LoadRun(Engine, TimeProvider.System, Guid.NewGuid().ToString("N")[..12]);
    }

    public DossierCode[] Codes { get; private set; } = [];

    /// <summary>The engine, over grains.</summary>
    public IDossierEngine Engine => _host.Services.GetRequiredService<IDossierEngine>();

    public IGrainFactory Grains => _host.Services.GetRequiredService<IGrainFactory>();

    public static async Task<LoadedSilo> StartAsync(string connection, int dossiers)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(new ProcedureSet(LoadRun.Procedure, DurableCommandOffice.Define()));
        builder.Services.AddSingleton(LoadedEngine.Units);
        builder.Services.AddSingleton(DurableCommandOffice.Calendar());
        builder.UseOrleans(silo => silo
            .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = ("benchmark", "benchmark"))
            .ConfigureEndpoints(IPAddress.Loopback, FreePort(), 0)
            .AddWorkflow(connection, configureEngine: LoadedEngine.Configure)
            .AddAdoNetGrainStorage(StockGrain.Storage, o => (o.Invariant, o.ConnectionString) = (Npgsql, connection)));
        var loaded = new LoadedSilo(builder.Build());
        await loaded._host.StartAsync();
        loaded.Codes = await loaded._run.PrepareAsync(dossiers, LoadedEngine.Unit, _ => { }, CancellationToken.None);
        await Parallel.ForEachAsync(loaded.Codes, new ParallelOptions { MaxDegreeOfParallelism = Preparing }, async (code, _) => await loaded.Stock(code).ChangeAsync());
        return loaded;
    }

    /// <summary>Submits and accepts dossiers such as the tests of the engine weigh: an applicant's name, a field, a document, a legal clock.</summary>
    public async Task<DossierCode[]> SubmitSmallAsync(int count)
    {
        var codes = new DossierCode[count];
        var actor = Actor.Officer("clerk-17", LoadedEngine.Unit);
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = Preparing }, async (i, ct) =>
        {
            var id = $"small-{Interlocked.Increment(ref _small)}";
            var submission = new SubmitDossier("T.1", LoadedEngine.Unit)
            {
                Applicant = new Applicant($"Nguyễn Thị Minh Khai {i:D5}"),
                Documents = [new SubmittedDocument("form", 1)],
                Fields = [new FieldValue("purpose", "n")],
            };
            codes[i] = Accepted(await Engine.SubmitAsync(submission, new CommandRequest(new CommandId(id), actor), ct));
            Accepted(await Engine.ExecuteAsync(codes[i], new FireTrigger("accept"), new CommandRequest(new CommandId(id + "/accept"), actor), ct));
        });
        return codes;
    }

    /// <summary>The grain that keeps its state in the storage of Orleans, by the key of a dossier.</summary>
    public IStockGrain Stock(DossierCode code) => Grains.GetGrain<IStockGrain>("stocked/" + code.Value);

    /// <summary>The grain that keeps nothing, by a key of the same length.</summary>
    public IEmptyGrain Empty(DossierCode code) => Grains.GetGrain<IEmptyGrain>("nothing/" + code.Value);

    /// <summary>Durable commands through grains.</summary>
    public Task<Measured> RunAsync(int callers, int seconds) => LoadedEngine.RunAsync(_run, Codes, callers, seconds);

    /// <summary>Writes to the storage of Orleans, from callers that go through grains as those above do.</summary>
    public async Task<Measured> RunStockAsync(int callers, int seconds)
    {
        var (latencies, done) = (new Latencies(), 0L);
        var (clock, time) = (TimeProvider.System, TimeSpan.FromSeconds(seconds));
        var started = clock.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var given = caller; clock.GetElapsedTime(started) < time; given += callers)
            {
                var before = clock.GetTimestamp();
                await Stock(Codes[given % Codes.Length]).ChangeAsync();
                latencies.Add(clock.GetElapsedTime(before));
                Interlocked.Increment(ref done);
            }
        })));
        return new Measured(done / clock.GetElapsedTime(started).TotalSeconds, latencies.Percentile(0.5), latencies.Percentile(0.99));
    }

    /// <summary>Ends all activations of dossiers and of the grains beside them.</summary>
    public async Task DeactivateAsync()
    {
        var management = Grains.GetGrain<IManagementGrain>(0);
        for (var left = int.MaxValue; left > 0;)
        {
            await management.ForceActivationCollection(TimeSpan.Zero);
            left = (await management.GetSimpleGrainStatistics()).Where(s => !s.GrainType.StartsWith("Orleans.", StringComparison.Ordinal)).Sum(s => s.ActivationCount);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
    }

    private static DossierCode Accepted(CommandResult result) =>
        result is CommandResult.Accepted accepted ? accepted.Code : throw new InvalidOperationException($"A command came to {result}.");

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
