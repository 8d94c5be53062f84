namespace Workflow.Silo.Tests.Schema;

/// <summary>One silo for the tests of a class.</summary>
public sealed class SharedSilo : IAsyncLifetime
{
    private SiloHost? _silo;

    internal SiloHost Silo => _silo!;

    public async ValueTask InitializeAsync() => _silo = await SiloHost.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_silo is not null)
        {
            await _silo.DisposeAsync();
        }
    }
}
