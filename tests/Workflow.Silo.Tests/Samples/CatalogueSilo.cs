using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.TestingHost;
using Workflow.Core.Calendars;
using Workflow.Core.Procedures;
using Workflow.Core.Units;
using Workflow.Engine.Setup;
using Workflow.Silo.Schema;

namespace Workflow.Silo.Tests.Samples;

/// <summary>A silo with the birth registration of the catalogue, over a schema of its own, on a morning of November 2020. Clients find it through the database.</summary>
internal sealed class CatalogueSilo : IAsyncDisposable
{
    private static readonly TestClusterPortAllocator s_ports = new();

    private readonly IHost _host;

    private CatalogueSilo(string connectionString)
    {
        ConnectionString = connectionString;
        var (siloPort, gatewayPort) = s_ports.AllocateConsecutivePortPairs(1);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(new Morning());
        builder.Services.AddSingleton(new ProcedureSet(Read("1.001193.yaml", (text, file) => ProcedureYaml.Read(text, file))));
        builder.Services.AddSingleton(Read("units/tan-lac.yaml", UnitTreeYaml.Read));
        builder.Services.AddSingleton(Read("calendars/vn.yaml", CalendarBook.Read));
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = ("workflow", "workflow"));
            silo.ConfigureEndpoints(IPAddress.Loopback, siloPort, gatewayPort);
            silo.AddWorkflow(connectionString);
        });
        _host = builder.Build();
    }

    public string ConnectionString { get; }

    public static async Task<CatalogueSilo> StartAsync()
    {
        var connectionString = PostgresServer.Require().CreateSchema();
        await OrleansSchema.CreateAsync(connectionString);
        var silo = new CatalogueSilo(connectionString);
        await silo._host.StartAsync();
        return silo;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        PostgresServer.Require().DropSchema(ConnectionString);
    }

    private static T Read<T>(string file, Func<TextReader, string, T> read)
    {
        using var text = File.OpenText(RepositoryRoot.PathOf("procedures", file));
        return read(text, file);
    }

    // The catalogue is of that time. What waits, waits in real time.
    private sealed class Morning : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2020, 11, 6, 1, 30, 0, TimeSpan.Zero);
    }
}
