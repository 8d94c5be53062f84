using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Workflow.Engine.Health;

/// <summary>Registers the health checks of the engine with a host's.</summary>
public static class WorkflowHealthChecks
{
    /// <summary>The name of the check whether the process must be restarted; its tag is <c>live</c>.</summary>
    public const string Live = "workflow-live";

    /// <summary>The name of the check whether the host can do commands; its tag is <c>ready</c>.</summary>
    public const string Ready = "workflow-ready";

    /// <summary>Adds both checks of the engine that <see cref="Setup.WorkflowEngineServices.AddWorkflowEngine"/> registered.</summary>
    /// <param name="builder">The host's health checks.</param>
    /// <param name="configure">Sets from when on the host is not well; null for the defaults.</param>
    public static IHealthChecksBuilder AddWorkflowEngine(this IHealthChecksBuilder builder, Action<WorkflowHealthOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddOptions<WorkflowHealthOptions>()
            .Validate(o => o.StoreTimeout > TimeSpan.Zero, "StoreTimeout is not above zero: give the store some time to answer, such as 00:00:02.")
            .Configure(o => configure?.Invoke(o));
        return builder
            .AddCheck<EngineLiveCheck>(Live, HealthStatus.Unhealthy, ["live"])
            .AddCheck<EngineReadyCheck>(Ready, HealthStatus.Unhealthy, ["ready"]);
    }
}
