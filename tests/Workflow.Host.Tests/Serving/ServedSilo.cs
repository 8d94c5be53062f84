using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Workflow.Host.Terminal;

namespace Workflow.Host.Tests.Serving;

/// <summary><c>serve --engine orleans</c> as the command line runs it, on free ports, on a morning of November 2020.</summary>
internal sealed class ServedSilo : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly FirstLine _output = new();
    private readonly StringWriter _errors = new();
    private readonly Task<int> _running;

    private ServedSilo(string connectionString, string[] more)
    {
        var environment = new HostEnvironment(_output, TextWriter.Synchronized(_errors)) { Clock = new Morning() };
        _running = CommandLine.RunAsync(
            ["serve", "--engine", "orleans", "--development", "--urls", "http://127.0.0.1:0", "--postgres", connectionString, .. more], environment, _stop.Token);
    }

    /// <summary>What it said once it listened.</summary>
    public string Line => _output.Written.Result;

    public HttpClient Client { get; } = new();

    public static async Task<ServedSilo> StartAsync(string connectionString, params string[] more)
    {
        var silo = new ServedSilo(connectionString, more);
        await Task.WhenAny(silo._output.Written, silo._running);
        Assert.False(silo._running.IsCompleted, silo._errors.ToString());
        silo.Client.BaseAddress = new Uri(silo.Line.Split(' ')[2]);
        var answer = await silo.Client.PostAsJsonAsync("/dev/token", new { person = "citizen-1" });
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString();
        silo.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return silo;
    }

    public async Task<Told> SendAsync(HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        using var response = await Client.SendAsync(request);
        return new Told((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers, response.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>Submits a birth registration.</summary>
    public Task<Told> SubmitAsync(string id) => SendAsync(
        HttpMethod.Post,
        "/v1/dossiers",
        new
        {
            procedure = "1.001193",
            receivingUnit = ServedOffice.Commune,
            channel = "online",
            applicant = new { name = "Nguyễn Văn Kín" },
            fields = new Dictionary<string, string> { ["child-name"] = "Nguyễn Thị Bé" },
        },
        ("Idempotency-Key", id));

    /// <summary>Stops it as SIGTERM does, and returns its exit status.</summary>
    public async Task<int> StopAsync()
    {
        await _stop.CancelAsync();
        return await _running;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await StopAsync();
        _stop.Dispose();
        await _output.DisposeAsync();
        await _errors.DisposeAsync();
    }

    // The catalogue is of that time. What waits, waits in real time.
    private sealed class Morning : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2020, 11, 6, 1, 30, 0, TimeSpan.Zero);
    }

    private sealed class FirstLine : StringWriter
    {
        private readonly TaskCompletionSource<string> _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Written => _line.Task;

        public override void WriteLine(string? value) => _line.TrySetResult(value!);
    }
}
