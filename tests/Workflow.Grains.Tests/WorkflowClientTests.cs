using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Messaging;
using Workflow.Core.Engines;
using Workflow.Grains.Dossiers;

namespace Workflow.Grains.Tests;

public sealed class WorkflowClientTests
{
    [Fact]
    public void OneLine_SetsUpTheEngineOfACluster()
    {
        using var host = new HostBuilder()
            .UseOrleansClient(client => client.AddWorkflow(o =>
            {
                o.Gateways.Add(new IPEndPoint(IPAddress.Loopback, 30_000));
                o.ResponseTimeout = TimeSpan.FromSeconds(3);
            }))
            .Build();

        Assert.IsType<GrainDossierEngine>(host.Services.GetRequiredService<IDossierEngine>());
        Assert.Equal(TimeSpan.FromSeconds(3), host.Services.GetRequiredService<IOptions<ClientMessagingOptions>>().Value.ResponseTimeout);
        Assert.Contains("127.0.0.1:30000", Assert.Single(host.Services.GetRequiredService<IOptions<StaticGatewayListProviderOptions>>().Value.Gateways).ToString(), StringComparison.Ordinal);
        Assert.NotNull(host.Services.GetRequiredService<IGatewayListProvider>());
    }

    [Fact]
    public void Mistakes_AreNamedAllAtOnce()
    {
        var mistakes = Assert.Throws<OptionsValidationException>(() => new HostBuilder()
            .UseOrleansClient(client => client.AddWorkflow(o => (o.ResponseTimeout, o.RetryFor) = (TimeSpan.Zero, TimeSpan.FromSeconds(-1))))
            .Build());

        Assert.Equal(
            ["ResponseTimeout is 00:00:00: give a time above zero and at most an hour, such as 00:00:05.", "RetryFor is -00:00:01: give a time from zero to an hour, such as 00:00:30."],
            mistakes.Failures);
    }
}
