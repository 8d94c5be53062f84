using Workflow.Engine.Setup;

namespace Workflow.Silo.Setup;

/// <summary>Opens the engine of a silo before its grains are called, and drains it after they are deactivated.</summary>
internal sealed class SiloEngine(WorkflowEngineHosting hosting) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(
            nameof(SiloEngine),
            ServiceLifecycleStage.ApplicationServices,
            async ct => await hosting.StartAsync(ct).ConfigureAwait(false),
            ct => hosting.StopAsync(ct).AsTask());
}
