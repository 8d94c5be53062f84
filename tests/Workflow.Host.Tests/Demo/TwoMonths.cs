using System.Text.Json;
using Workflow.Host.Tests.Terminal;

namespace Workflow.Host.Tests.Demo;

/// <summary>The demo, replayed once into a data directory.</summary>
public sealed class TwoMonths : IAsyncLifetime
{
    private readonly Scratch _scratch = new();

    public string Data => _scratch.File("data");

    /// <summary>What the replay printed.</summary>
    public JsonElement Json { get; private set; }

    public async ValueTask InitializeAsync() => Json = await Run.JsonAsync("demo", "--no-serve", "--data", Data);

    public ValueTask DisposeAsync()
    {
        _scratch.Dispose();
        return ValueTask.CompletedTask;
    }
}
