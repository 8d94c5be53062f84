using Orleans.Configuration;
using Workflow.Engine.Journal;
using Workflow.Silo;
using Workflow.Silo.Health;
using Workflow.Silo.Schema;

namespace Workflow.Host.Serving;

/// <summary>Makes the process a silo: it is one of any number that share the dossiers of a database.</summary>
internal static class SiloServing
{
    /// <summary>Makes the tables of the cluster and registers the silo, the engine in it and the check whether it is a member.</summary>
    /// <remarks>What is registered after it starts after the silo has joined, and stops before the silo leaves: so does the web server.</remarks>
    /// <param name="builder">The host.</param>
    /// <param name="plan">How the silo is reached.</param>
    /// <param name="connectionString">The database of the dossiers and of the cluster.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    /// <exception cref="StorageException">The tables cannot be made.</exception>
    public static async Task AddToAsync(IHostApplicationBuilder builder, SiloPlan plan, string connectionString, CancellationToken cancellationToken)
    {
        await OrleansSchema.CreateAsync(connectionString, cancellationToken).ConfigureAwait(false);
        builder.Logging.AddFilter("Orleans", LogLevel.Warning);
        builder.UseOrleans(silo =>
        {
            silo.Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = (plan.Cluster, plan.Service));
            silo.ConfigureEndpoints(plan.Address, plan.SiloPort, plan.GatewayPort);
            silo.AddWorkflow(connectionString);
        });
        builder.Services.AddHealthChecks().AddWorkflowSilo();
    }
}
