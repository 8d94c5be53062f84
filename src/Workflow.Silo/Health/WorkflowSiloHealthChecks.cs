using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Workflow.Silo.Health;

/// <summary>Registers the health check of a silo with a host's, beside those of its engine.</summary>
public static class WorkflowSiloHealthChecks
{
    /// <summary>The name of the check whether the silo is a member of its cluster; its tag is <c>ready</c>.</summary>
    public const string Ready = "workflow-silo";

    /// <summary>Adds the check: not well until the silo has joined its cluster, and from the moment on when the host begins to stop.</summary>
    /// <param name="builder">The health checks of a host whose silo has <see cref="WorkflowSilo.AddWorkflow"/>.</param>
    public static IHealthChecksBuilder AddWorkflowSilo(this IHealthChecksBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddCheck<SiloReadyCheck>(Ready, HealthStatus.Unhealthy, ["ready"]);
    }
}
