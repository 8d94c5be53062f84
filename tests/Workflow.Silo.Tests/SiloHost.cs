using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.TestingHost;
using Workflow.Silo.Schema;
using Workflow.Silo.Setup;

namespace Workflow.Silo.Tests;

/// <summary>A silo in this process whose cluster, grain storage and reminders are in PostgreSQL, through the real providers.</summary>
internal sealed class SiloHost : IAsyncDisposable
{
    public const string Storage = "workflow";
    private const string Provider = "Npgsql";
    private static readonly TestClusterPortAllocator s_ports = new();

    private readonly IHost _host;
    private readonly string? _schema;

    private SiloHost(IHost host, string? schema) => (_host, _schema) = (host, schema);

    public IServiceProvider Services => _host.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    /// <summary>Builds a silo that is not started.</summary>
    /// <param name="connectionString">Where the schema for Orleans stands.</param>
    /// <param name="cluster">The cluster's id and its service's.</param>
    /// <param name="more">What else the silo has.</param>
    public static SiloHost Build(string connectionString, string cluster, Action<ISiloBuilder>? more = null) => Build(connectionString, cluster, null, more);

    /// <summary>Starts a silo.</summary>
    public static async Task<SiloHost> StartAsync(string connectionString, string cluster, Action<ISiloBuilder>? more = null)
    {
        var silo = Build(connectionString, cluster, null, more);
        await silo._host.StartAsync();
        return silo;
    }

    /// <summary>Starts a silo over a schema of its own, which goes with it.</summary>
    public static async Task<SiloHost> StartAsync()
    {
        var connectionString = PostgresServer.Require().CreateSchema();
        await OrleansSchema.CreateAsync(connectionString);
        var silo = Build(connectionString, "tests", connectionString, null);
        await silo._host.StartAsync();
        return silo;
    }

    public Task StopAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        if (_schema is not null)
        {
            PostgresServer.Require().DropSchema(_schema);
        }
    }

    private static SiloHost Build(string connectionString, string cluster, string? schema, Action<ISiloBuilder>? more)
    {
        var (siloPort, gatewayPort) = s_ports.AllocateConsecutivePortPairs(1);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (cluster, cluster))
                .ConfigureEndpoints(IPAddress.Loopback, siloPort, gatewayPort)
                .UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (Provider, connectionString))
                .AddAdoNetGrainStorage(Storage, o => (o.Invariant, o.ConnectionString, o.GrainStorageSerializer) = (Provider, connectionString, new JsonStateSerializer()))
                .UseAdoNetReminderService(o => (o.Invariant, o.ConnectionString) = (Provider, connectionString));
            more?.Invoke(silo);
        });
        return new SiloHost(builder.Build(), schema);
    }
}
