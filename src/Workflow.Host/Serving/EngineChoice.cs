using System.Reflection;
using Workflow.Core.Engines;
using Workflow.Engine;
using Workflow.Engine.Health;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;
using Workflow.Host.Dossiers;
using Workflow.Host.Procedures;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Serving;

/// <summary>Where dossiers are active: the one place that registers <see cref="IDossierEngine"/>.</summary>
internal static class EngineChoice
{
    /// <summary>In this process.</summary>
    public const string Local = "local";

    /// <summary>In a cluster: the process is one of its silos.</summary>
    public const string Cluster = "orleans";

#if ORLEANS
    /// <summary>Whether a silo can be had: its packages were there when this was built.</summary>
    public static bool HasCluster => true;

    private static string WhyNoCluster => string.Empty;
#else
    /// <summary>Whether a silo can be had: its packages were there when this was built.</summary>
    public static bool HasCluster => false;

    private static string WhyNoCluster => typeof(EngineChoice).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(m => m.Key == "NoOrleans").Value!;
#endif

    /// <summary>The engines that can be had, for people.</summary>
    public static string Offered => HasCluster ? $"'{Local}' is in this process, '{Cluster}' makes it a silo, of which any number share a database" : $"'{Local}' is in this process";

    /// <summary>Why an engine cannot be had over a store; null when it can.</summary>
    public static string? WhyNot(string engine, StoreChoice store) => engine switch
    {
        Local => null,
        Cluster when !HasCluster => $"--engine {Cluster} is left out of this build, since {WhyNoCluster}: use --engine {Local}, or build where a package source carries them (README, Optional packages)",
        Cluster when store is not PostgresChoice => $"--engine {Cluster} needs a database that its silos share: name it with --postgres",
        Cluster => null,
        _ => $"there is no engine '{Faults.OneLine(engine)}': use --engine {Local}{(HasCluster ? $" or {Cluster}" : string.Empty)}",
    };

    /// <summary>Registers the store, the engine over it, what the office has published and the checks of its health.</summary>
    /// <exception cref="StorageException">The store cannot be used.</exception>
    public static async Task AddToAsync(IHostApplicationBuilder builder, ServePlan plan, HostEnvironment environment, CancellationToken cancellationToken)
    {
        var (services, choice) = (builder.Services, plan.Store);
        var catalogue = Catalogue.Procedures(environment);
        services.AddSingleton(await ProceduresAsync(choice, catalogue, cancellationToken).ConfigureAwait(false));
        services.AddSingleton(Catalogue.Units(environment));
        services.AddSingleton(Catalogue.Calendar(environment));
        services.AddSingleton(environment.Clock);

        // Made by the container, so that it is disposed of after the engine.
        services.AddSingleton(_ => choice.Create(TimeProvider.System));
        await AddEngineAsync(builder, plan, cancellationToken).ConfigureAwait(false);
        services.AddSingleton<IOffice>(s => new LocalOffice(s.GetRequiredService<DossierEngine>(), environment.Clock));
        services.AddHealthChecks().AddWorkflowEngine();
    }

#if ORLEANS
    private static Task AddEngineAsync(IHostApplicationBuilder builder, ServePlan plan, CancellationToken cancellationToken)
    {
        if (plan is { Silo: { } silo, Store: PostgresChoice database })
        {
            return SiloServing.AddToAsync(builder, silo, database.ConnectionString, cancellationToken);
        }

        builder.Services.AddWorkflowEngine();
        return Task.CompletedTask;
    }
#else
    private static Task AddEngineAsync(IHostApplicationBuilder builder, ServePlan plan, CancellationToken cancellationToken)
    {
        builder.Services.AddWorkflowEngine();
        return Task.CompletedTask;
    }
#endif

    // The catalogue, and what was published into the store besides.
    private static async Task<ProcedureSet> ProceduresAsync(StoreChoice choice, Core.Procedures.ProcedureCatalogue catalogue, CancellationToken cancellationToken)
    {
        var store = await choice.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (store.ConfigureAwait(false))
        {
            var stored = await StoredProcedures.ReadAsync(store, cancellationToken).ConfigureAwait(false);
            return stored.Under([.. catalogue.All]);
        }
    }
}
