using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Workflow.Host.Terminal;

/// <summary>What one run of a command says, and where: results on standard output, the rest on standard error.</summary>
internal sealed class Session(HostEnvironment environment, bool json)
{
    private static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public HostEnvironment Environment { get; } = environment;

    /// <summary>Whether the result is one JSON object.</summary>
    public bool IsJson { get; } = json;

    /// <summary>Prints the result: the object under <c>--json</c>, otherwise the lines for people.</summary>
    public async Task ResultAsync(object result, IEnumerable<string> lines)
    {
        if (IsJson)
        {
            await Environment.Output.WriteLineAsync(JsonSerializer.Serialize(result, s_json)).ConfigureAwait(false);
            return;
        }

        foreach (var line in lines)
        {
            await Environment.Output.WriteLineAsync(line).ConfigureAwait(false);
        }
    }

    /// <summary>Tells something beside the result, on standard error.</summary>
    public Task NoteAsync(string line) => Environment.Error.WriteLineAsync(line);

    /// <summary>Begins to show progress. Dispose it before the result is printed.</summary>
    public ProgressLine Progress(string what) => new(Environment, what);
}
