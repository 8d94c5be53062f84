using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace Workflow.Silo.Setup;

/// <summary>How soon the other silos of a cluster take over from one that fell or stops. What the host configures afterwards counts.</summary>
internal static class FallenSilos
{
    // A call that a fallen silo leaves unanswered is made again after five seconds, and finds its dossier at another silo only when the fallen one has been
    // declared dead. Three missed probes of this length come before that. By the defaults (five seconds) it took 11 to 17 s until all calls flowed again.
    // Shorter, and a collection of garbage or a busy machine looks like death: a silo that is declared dead ends itself.
    private static readonly TimeSpan Probe = TimeSpan.FromSeconds(1.5);

    // Silos tell each other who joined and who fell. Where that is lost, it is read here: a small table, and a row of it written.
    private static readonly TimeSpan Reading = TimeSpan.FromSeconds(10);

    // A silo that joins waits for all that were alive of late: after the fall of a whole cluster, three times this.
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(10);

    // A silo that stops asks its clients to go elsewhere, and answers in this time most of what they had sent. What is left unanswered, by the default (none)
    // nearly all, is made again after five seconds.
    private static readonly TimeSpan Leaving = TimeSpan.FromSeconds(1);

    public static IServiceCollection AddFallenSilos(this IServiceCollection services) =>
        services
            .Configure<ClusterMembershipOptions>(o => (o.ProbeTimeout, o.TableRefreshTimeout, o.IAmAliveTablePublishTimeout) = (Probe, Reading, SignOfLife))
            .Configure<SiloMessagingOptions>(o => o.ClientGatewayShutdownNotificationTimeout = Leaving);
}
