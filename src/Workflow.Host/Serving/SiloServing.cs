using Orleans.Configuration;
using Workflow.Engine.Journal;
using Workflow.Host.Terminal;
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
    /// <exception cref="UnusableInputException">The address is none of this machine, or a port is in use.</exception>
    public static async Task AddToAsync(IHostApplicationBuilder builder, SiloPlan plan, string connectionString, CancellationToken cancellationToken)
    {
        var silo = plan.WithPorts();
        await OrleansSchema.CreateAsync(connectionString, cancellationToken).ConfigureAwait(false);

        // What a silo warns of at every start and end: the kind of its garbage collector, and stages that take above a second.
        builder.Logging.AddFilter("Orleans", LogLevel.Warning).AddFilter("Orleans.Runtime.Silo", LogLevel.Error);
        builder.Services.AddSingleton(silo);
        builder.UseOrleans(o =>
        {
            o.Configure<ClusterOptions>(ids => (ids.ClusterId, ids.ServiceId) = (silo.Cluster, silo.Service));
            o.ConfigureEndpoints(silo.Address, silo.SiloPort, silo.GatewayPort);
            o.AddWorkflow(connectionString);
        });
        builder.Services.AddHealthChecks().AddWorkflowSilo();
    }
}
