using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Workflow.Core.Engines;
using Workflow.Grains.Calls;
using Workflow.Grains.Dossiers;

namespace Workflow.Grains;

/// <summary>Sets up the client of a cluster.</summary>
public static class WorkflowClient
{
    /// <summary>Registers <see cref="IDossierEngine"/> over the grains of a cluster, the form of its messages and the response timeout.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="configure">How it calls; the defaults when null.</param>
    /// <exception cref="OptionsValidationException">The options have mistakes; all of them are named.</exception>
    public static IClientBuilder AddWorkflow(this IClientBuilder builder, Action<WorkflowClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = new WorkflowClientOptions();
        configure?.Invoke(options);
        Require(options);
        if (options.Gateways.Count > 0)
        {
            builder.UseStaticClustering([.. options.Gateways]);
        }

        builder.Services.AddWorkflowMessages();
        builder.Services.AddFallenGateways();
        builder.Services.Configure<ClientMessagingOptions>(o => o.ResponseTimeout = options.ResponseTimeout);
        builder.Services.TryAddSingleton<IDossierEngine>(s => new GrainDossierEngine(s.GetRequiredService<IClusterClient>(), options));
        return builder;
    }

    internal static void Require(WorkflowClientOptions options)
    {
        if (options.Mistakes() is { Count: > 0 } mistakes)
        {
            throw new OptionsValidationException(nameof(WorkflowClientOptions), typeof(WorkflowClientOptions), mistakes);
        }
    }
}
