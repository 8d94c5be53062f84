using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Workflow.Silo.Health;

/// <summary>Whether the silo is a member of its cluster.</summary>
internal sealed class SiloReadyCheck(ISiloStatusOracle members, IHostApplicationLifetime host) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var whyNot = members.CurrentStatus switch
        {
            SiloStatus.Active => host.ApplicationStopping.IsCancellationRequested ? "The host stops and its silo leaves the cluster." : null,
            SiloStatus.None or SiloStatus.Created or SiloStatus.Joining => "The silo has not joined the cluster yet.",
            SiloStatus.ShuttingDown or SiloStatus.Stopping => "The silo leaves the cluster.",
            _ => "The silo is no member of the cluster.",
        };
        var data = new Dictionary<string, object>(StringComparer.Ordinal) { ["silo"] = members.SiloAddress.ToString(), ["activeSilos"] = members.GetActiveSilos().Length };
        return Task.FromResult(whyNot is null ? HealthCheckResult.Healthy(null, data) : new HealthCheckResult(context.Registration.FailureStatus, whyNot, null, data));
    }
}
