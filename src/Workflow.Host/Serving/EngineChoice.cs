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

    private const string Cluster = "orleans";

    /// <summary>Why an engine cannot be had; null when it can.</summary>
    public static string? WhyNot(string engine) => engine switch
    {
        Local => null,
        Cluster => $"--engine {Cluster} is not part of this build: use --engine {Local}",
        _ => $"there is no engine '{Faults.OneLine(engine)}': use --engine {Local}",
    };

    /// <summary>Registers the store, the engine over it, what the office has published and the checks of its health.</summary>
    /// <exception cref="StorageException">The store cannot be used.</exception>
    public static async Task AddToAsync(IServiceCollection services, StoreChoice choice, HostEnvironment environment, CancellationToken cancellationToken)
    {
        var catalogue = Catalogue.Procedures(environment);
        services.AddSingleton(await ProceduresAsync(choice, catalogue, cancellationToken).ConfigureAwait(false));
        services.AddSingleton(Catalogue.Units(environment));
        services.AddSingleton(Catalogue.Calendar(environment));
        services.AddSingleton(environment.Clock);

        // Made by the container, so that it is disposed of after the engine.
        services.AddSingleton(_ => choice.Create(TimeProvider.System));
        services.AddWorkflowEngine();
        services.AddSingleton<IOffice>(s => new LocalOffice(s.GetRequiredService<DossierEngine>(), environment.Clock));
        services.AddHealthChecks().AddWorkflowEngine();
    }

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
