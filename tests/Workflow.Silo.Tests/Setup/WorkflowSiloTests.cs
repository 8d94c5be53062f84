using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Configuration;
using Orleans.TestingHost;
using Workflow.Core.Engines;
using Workflow.Engine;
using Workflow.Engine.Setup;
using Workflow.Engine.Tests;
using Workflow.Grains;
using Workflow.Grains.Dossiers;
using Workflow.Silo.Setup;
using Workflow.Silo.Tests.Clusters;
using static Workflow.Engine.Tests.Office;

namespace Workflow.Silo.Tests.Setup;

/// <summary>Silos and clients as a host sets them up: one line each, over the providers of the database and real connections.</summary>
public sealed class WorkflowSiloTests
{
    private static readonly TestClusterPortAllocator s_ports = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task OneLineEach_MakesAClusterFromAnEmptyDatabaseAndServesAClient()
    {
        var server = PostgresServer.Require();
        var database = server.CreateSchema();
        try
        {
            using var one = Silo(database, out var gateway);
            using var two = Silo(database, out _);
            await Task.WhenAll(one.StartAsync(Ct), two.StartAsync(Ct));
            using var client = new HostBuilder().UseOrleansClient(c => c.AddWorkflow(o => o.Gateways.Add(gateway))).Build();
            await client.StartAsync(Ct);

            var engine = client.Services.GetRequiredService<IDossierEngine>();
            var codes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => engine.AcceptedAsync($"{i}")));

            Assert.Equal(20, codes.Distinct().Count());
            Assert.All(await Task.WhenAll(codes.Select(c => engine.FindAsync(c, Ct).AsTask())), d => Assert.Equal((2, "Working"), (d!.Version, d.State)));
            Assert.Equal(2L, PostgresServer.Read(database, "SELECT count(*) FROM orleansmembershiptable"));

            // Both have a part of the dossiers, and both see all of them.
            Assert.IsType<GrainDossierEngine>(two.Services.GetRequiredService<IDossierEngine>());
            Assert.Equal(2, (await two.Services.GetRequiredService<IDossierEngine>().FindAsync(codes[0], Ct))!.Version);

            var ended = one.Services.GetRequiredService<DossierEngine>();
            await Task.WhenAll(client.StopAsync(Ct), one.StopAsync(Ct), two.StopAsync(Ct));
            Assert.IsType<CommandResult.Busy>(await ended.ExecuteAsync(codes[0], Fire("forward"), Request("late"), Ct));
        }
        finally
        {
            server.DropSchema(database);
        }
    }

    [Fact]
    public void Mistakes_AreNamedAllAtOnce()
    {
        var mistakes = Assert.Throws<OptionsValidationException>(() => Built(s => s.AddWorkflow(
            "Host=db", o => (o.CollectionAge, o.ProviderConnections, o.Calls.RetryFor) = (TimeSpan.FromSeconds(1), 0, TimeSpan.FromDays(1)))));
        Assert.Equal(
            [
                "RetryFor is 1.00:00:00: give a time from zero to an hour, such as 00:00:30.",
                "CollectionAge is 00:00:01: give more than a minute and at most a year, such as 00:10:00.",
                "ProviderConnections is 0: give 2 to 1000.",
            ],
            mistakes.Failures);
        Assert.StartsWith("The connection string cannot be used: it names no server", Assert.Throws<ArgumentException>(() => Built(s => s.AddWorkflow("Database=x"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_ReachOrleans()
    {
        using var host = Built(s => s.AddWorkflow("Host=db", o =>
        {
            o.CollectionAge = TimeSpan.FromMinutes(3);
            o.Calls.ResponseTimeout = TimeSpan.FromSeconds(2);
        }));

        Assert.Equal(TimeSpan.FromSeconds(2), host.Services.GetRequiredService<IOptions<SiloMessagingOptions>>().Value.ResponseTimeout);
        Assert.Equal(TimeSpan.FromMinutes(3), host.Services.GetRequiredService<IOptions<GrainCollectionOptions>>().Value.ClassSpecificCollectionAge["Workflow.Silo.Dossiers.DossierGrain"]);
        var storage = host.Services.GetRequiredService<IOptionsMonitor<AdoNetGrainStorageOptions>>().Get(WorkflowSilo.StorageName);
        Assert.Equal("""{"name":"ghi chú"}""", storage.GrainStorageSerializer.Serialize(new { Name = "ghi chú" }).ToString());
    }

    [Fact]
    public void EngineOfAnEarlierRegistration_IsNotEndedBeforeItsGrains()
    {
        using var host = Built(s =>
        {
            s.Services.AddWorkflowEngine();
            s.AddWorkflow("Host=db");
        });

        Assert.DoesNotContain(host.Services.GetServices<IHostedService>(), s => s.GetType().Assembly == typeof(DossierEngine).Assembly);
    }

    [Fact]
    public void ProviderConnections_AreBoundedAndPrepared()
    {
        var settings = new NpgsqlConnectionStringBuilder(ProviderConnections.Of("Host=db;Maximum Pool Size=100;Minimum Pool Size=50;Search Path=s", 7));
        Assert.Equal((7, 7, 20, "s"), (settings.MaxPoolSize, settings.MinPoolSize, settings.MaxAutoPrepare, settings.SearchPath));
        Assert.Equal(0, new NpgsqlConnectionStringBuilder(ProviderConnections.Of("Host=db;Max Auto Prepare=0", 7)).MaxAutoPrepare);
    }

    private static IHost Silo(string database, out IPEndPoint gateway)
    {
        var (siloPort, gatewayPort) = s_ports.AllocateConsecutivePortPairs(1);
        gateway = new IPEndPoint(IPAddress.Loopback, gatewayPort);
        return Built(s => s.ConfigureEndpoints(IPAddress.Loopback, siloPort, gatewayPort).AddWorkflow(database));
    }

    private static IHost Built(Action<ISiloBuilder> configure)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(new OfficeTime()).AddSingleton(new ProcedureSet(Procedure)).AddSingleton(Units).AddSingleton(Calendar);
        builder.UseOrleans(configure);
        return builder.Build();
    }
}
