namespace Workflow.Engine.Tests.Engines;

public sealed class MemoryDossierEngineTests(MemoryDossierEngineTests.Running running) : DossierEngineContract(() => running.Engine), IClassFixture<MemoryDossierEngineTests.Running>
{
    public sealed class Running : IAsyncLifetime
    {
        public DossierEngine Engine { get; private set; } = null!;

        public async ValueTask InitializeAsync() => (Engine, _, _) = await Office.OpenAsync();

        public ValueTask DisposeAsync() => Engine.DisposeAsync();
    }
}
