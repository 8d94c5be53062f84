using Microsoft.Extensions.Hosting;

namespace Workflow.Engine.Setup;

/// <summary>Starts the engine with a generic host and drains it at the host's end.</summary>
internal sealed class EngineLifetime(WorkflowEngineHosting hosting) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken) => await hosting.StartAsync(cancellationToken).ConfigureAwait(false);

        // Services stop in the reverse order of their registration, the web server first: commands that it let in are answered by then.
    public Task StopAsync(CancellationToken cancellationToken) => hosting.StopAsync(cancellationToken).AsTask();
}
