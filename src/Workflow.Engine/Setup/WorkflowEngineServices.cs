using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Workflow.Core.Engines;

namespace Workflow.Engine.Setup;

/// <summary>Registers the engine with a host's services.</summary>
public static class WorkflowEngineServices
{
    /// <summary>Registers <see cref="WorkflowEngineHosting"/>, which opens the engine, and the engine as <see cref="IDossierEngine"/> and <see cref="DossierEngine"/>.</summary>
    /// <remarks>
    /// The host registers an <see cref="Journal.IJournalStore"/>, a <see cref="ProcedureSet"/>, a <see cref="Core.Units.UnitTree"/> and a
    /// <see cref="Core.Calendars.CalendarBook"/>, and may register a <see cref="TimeProvider"/> and any number of
    /// <see cref="Followers.IJournalFollower"/>. A generic host starts the engine and drains it at its end; without one, await
    /// <see cref="WorkflowEngineHosting.StartAsync"/> before the engine is used.
    /// </remarks>
    public static IServiceCollection AddWorkflowEngine(this IServiceCollection services, Action<WorkflowEngineOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddWorkflowEngineParts(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, EngineLifetime>());
        services.TryAddSingleton<IDossierEngine>(s => s.GetRequiredService<WorkflowEngineHosting>().Engine);
        return services;
    }

    /// <summary>As above, for a host that starts and drains the engine at its own moments and says itself what <see cref="IDossierEngine"/> is.</summary>
    internal static IServiceCollection AddWorkflowEngineParts(this IServiceCollection services, Action<WorkflowEngineOptions>? configure)
    {
        services.AddOptions<WorkflowEngineOptions>();
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<WorkflowEngineOptions>, OptionsCheck>());
        services.TryAddSingleton<WorkflowEngineHosting>();
        services.TryAddSingleton(s => s.GetRequiredService<WorkflowEngineHosting>().Engine);
        return services;
    }

    private sealed class OptionsCheck : IValidateOptions<WorkflowEngineOptions>
    {
        public ValidateOptionsResult Validate(string? name, WorkflowEngineOptions options) =>
            options.Mistakes() is { Count: > 0 } mistakes ? ValidateOptionsResult.Fail(mistakes) : ValidateOptionsResult.Success;
    }
}
