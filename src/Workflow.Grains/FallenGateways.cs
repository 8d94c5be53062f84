using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Workflow.Grains;

/// <summary>How a process leaves silos that fell and finds them again. What the host configures afterwards counts.</summary>
internal static class FallenGateways
{
    // A machine without power refuses no connection: whoever calls it waits for this long and then tries another gateway, within the time that a call is waited for.
    private static readonly TimeSpan Connecting = TimeSpan.FromSeconds(2);

    // A gateway that could not be reached is left alone for so long. By the default (a minute) a silo that came back had no callers, and the fall of the
    // other one met them all; much shorter, and a gateway that stays away is tried too often.
    private static readonly TimeSpan Refreshing = TimeSpan.FromSeconds(15);

    /// <summary>For silos and clients.</summary>
    public static IServiceCollection AddSoonFailingConnections(this IServiceCollection services) => services.Configure<ConnectionOptions>(o => o.OpenConnectionTimeout = Connecting);

    /// <summary>For clients.</summary>
    public static IServiceCollection AddFallenGateways(this IServiceCollection services) =>
        services.AddSoonFailingConnections().Configure<GatewayOptions>(o => o.GatewayListRefreshPeriod = Refreshing);
}
