using Microsoft.Extensions.Diagnostics.HealthChecks;
using Workflow.Engine.Setup;

namespace Workflow.Engine.Health;

/// <summary>Whether the process can go on: not so only where a restart would mend it. A store that is away is no reason to restart.</summary>
internal sealed class EngineLiveCheck(WorkflowEngineHosting hosting) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(hosting.Started switch
    {
        null => HealthCheckResult.Healthy("The engine is not started."),
        { IsWriting: false } => new HealthCheckResult(context.Registration.FailureStatus, "The shared commits have ended by a fault: restart the process."),
        _ => HealthCheckResult.Healthy(),
    });
}
