using Workflow.Engine.Tests.Hosts;

namespace Workflow.Engine.Tests.Engines;

public sealed class PostgresDossierEngineTests(PostgresDossierEngineTests.Running running) : DossierEngineContract(() => running.Engine), IClassFixture<PostgresDossierEngineTests.Running>
{
    public sealed class Running : IAsyncLifetime
    {
        private SharedOffice? _office;

        public DossierEngine Engine => _office!.Hosts[0];

        public async ValueTask InitializeAsync() => _office = await SharedOffice.OpenAsync(1);

        public ValueTask DisposeAsync() => _office?.DisposeAsync() ?? default;
    }
}
