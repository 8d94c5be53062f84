using Workflow.Silo.Schema;

namespace Workflow.Silo.Setup;

/// <summary>Makes the tables of the Orleans providers before the first of them is asked for anything.</summary>
internal sealed class ProviderTables(string connectionString) : ILifecycleParticipant<ISiloLifecycle>
{
    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(ProviderTables), ServiceLifecycleStage.RuntimeInitialize, ct => OrleansSchema.CreateAsync(connectionString, ct));
}
