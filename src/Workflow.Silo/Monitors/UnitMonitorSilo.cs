using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Workflow.Engine.Followers;

namespace Workflow.Silo.Monitors;

/// <summary>Sets up the monitors of units in a silo.</summary>
internal static class UnitMonitorSilo
{
    /// <summary>Lets the silo's engine keep the monitors of units up, in the grain storage <c>workflow</c>.</summary>
    /// <remarks>The silo has the engine's <see cref="Engine.Journal.IJournalStore"/>, and a grain storage of that name.</remarks>
    public static ISiloBuilder AddUnitMonitors(this ISiloBuilder builder)
    {
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IJournalFollower, UnitMonitorFollower>());
        return builder;
    }
}
