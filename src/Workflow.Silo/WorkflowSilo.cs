using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Workflow.Core.Engines;
using Workflow.Engine.Journal;
using Workflow.Engine.Postgres;
using Workflow.Engine.Setup;
using Workflow.Grains;
using Workflow.Grains.Calls;
using Workflow.Grains.Dossiers;
using Workflow.Silo.Dossiers;
using Workflow.Silo.Faults;
using Workflow.Silo.Monitors;
using Workflow.Silo.Setup;

namespace Workflow.Silo;

/// <summary>Sets up a silo.</summary>
public static class WorkflowSilo
{
    /// <summary>The name of the grain storage.</summary>
    public const string StorageName = "workflow";

    private const string Npgsql = "Npgsql";

    // What submissions and timers touch; dossiers that are called are held by their grains.
    private const int EngineActiveCap = 2_000;

    /// <summary>Lets a silo serve dossiers from a PostgreSQL database: clustering, grain storage, reminders, the engine, its grains, the monitors of units, and <see cref="IDossierEngine"/> over them.</summary>
    /// <remarks>
    /// The host registers a <see cref="ProcedureSet"/>, a <see cref="Core.Units.UnitTree"/> and a <see cref="Core.Calendars.CalendarBook"/>, as for
    /// <see cref="WorkflowEngineServices.AddWorkflowEngine"/>, which this takes the place of: do not call both. The engine opens before grains are called and is
    /// drained after they are deactivated.
    /// </remarks>
    /// <param name="builder">The silo.</param>
    /// <param name="connectionString">The database; see <see cref="PostgresJournalStore"/>. What is missing in it is made when the silo starts.</param>
    /// <param name="configure">How the silo holds dossiers; the defaults when null.</param>
    /// <param name="configureEngine">How its engine runs; the defaults when null.</param>
    /// <exception cref="ArgumentException"><paramref name="connectionString"/> is no connection string.</exception>
    /// <exception cref="OptionsValidationException">The options have mistakes; all of them are named.</exception>
    public static ISiloBuilder AddWorkflow(
        this ISiloBuilder builder, string connectionString, Action<WorkflowSiloOptions>? configure = null, Action<WorkflowEngineOptions>? configureEngine = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (PostgresConnectionString.WhyNot(connectionString) is { } why)
        {
            throw new ArgumentException($"The connection string cannot be used: {why}.", nameof(connectionString));
        }

        var options = new WorkflowSiloOptions();
        configure?.Invoke(options);
        if (options.Mistakes() is { Count: > 0 } mistakes)
        {
            throw new OptionsValidationException(nameof(WorkflowSiloOptions), typeof(WorkflowSiloOptions), mistakes);
        }

        if (options.ProvidersInDatabase)
        {
            UseDatabase(builder, ProviderConnections.Of(connectionString, options.ProviderConnections));
        }

        var services = builder.Services;
        services.TryAddSingleton<IJournalStore>(s => new PostgresJournalStore(connectionString, s.GetRequiredService<TimeProvider>()));
        services.AddWorkflowEngineParts(o =>
        {
            o.ActiveCap = EngineActiveCap;
            configureEngine?.Invoke(o);
        });
        services.RemoveAll(d => d.ImplementationType == typeof(EngineLifetime));
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, SiloEngine>();
        builder.AddUnitMonitors();
        services.AddWorkflowMessages();
        services.AddFallenSilos().AddSoonFailingConnections();
        services.Replace(ServiceDescriptor.Singleton<IDossierEngine>(s => new GrainDossierEngine(s.GetRequiredService<IGrainFactory>(), options.Calls, null, EngineFaults.ToException)));
        services.Configure<SiloMessagingOptions>(o => o.ResponseTimeout = options.Calls.ResponseTimeout);
        services.Configure<GrainCollectionOptions>(o => o.ClassSpecificCollectionAge[typeof(DossierGrain).FullName!] = options.CollectionAge);
        return builder;
    }

    private static void UseDatabase(ISiloBuilder builder, string connectionString)
    {
        builder.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(new ProviderTables(connectionString));
        builder.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = (Npgsql, connectionString));
        builder.UseAdoNetReminderService(o => (o.Invariant, o.ConnectionString) = (Npgsql, connectionString));
        builder.AddAdoNetGrainStorage(StorageName, o =>
        {
            (o.Invariant, o.ConnectionString) = (Npgsql, connectionString);
            o.GrainStorageSerializer = new JsonStateSerializer();
            o.DeleteStateOnClear = true;
        });
    }

    private static void RemoveAll(this IServiceCollection services, Predicate<ServiceDescriptor> match)
    {
        for (var i = services.Count - 1; i >= 0; i--)
        {
            if (!services[i].IsKeyedService && match(services[i]))
            {
                services.RemoveAt(i);
            }
        }
    }
}
