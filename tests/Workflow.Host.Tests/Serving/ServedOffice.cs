using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Workflow.Core.Engines;
using Workflow.Engine.Timers;
using Workflow.Host.Serving;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;
using Workflow.Host.Tests.Terminal;

namespace Workflow.Host.Tests.Serving;

/// <summary>A host that serves an office on a free port, with a clock that stands until it is moved.</summary>
internal sealed class ServedOffice : IAsyncDisposable
{
    public const string Commune = "000.01.30.H28";
    public const string OtherCommune = "000.02.30.H28";
    public const string District = "000.00.30.H28";

    private readonly CancellationTokenSource _stop = new();
    private readonly Scratch _scratch = new();
    private readonly StringWriter _log = new() { NewLine = "\n" };
    private Task _serving = Task.CompletedTask;

    private ServedOffice(VirtualClock clock) => Clock = clock;

    public VirtualClock Clock { get; }

    public HttpClient Client { get; private set; } = new();

    /// <summary>Every route that is mapped, with its methods.</summary>
    public IReadOnlyList<string> Routes { get; private set; } = [];

    /// <summary>What the host has written to standard error.</summary>
    public string Log => _log.ToString();

    public static async Task<ServedOffice> StartAsync(ServeSettings? settings = null, bool development = true, StoreChoice? store = null, Func<IDossierEngine, IDossierEngine>? before = null)
    {
        var office = new ServedOffice(new VirtualClock(new DateTimeOffset(2020, 11, 6, 9, 0, 0, TimeSpan.FromHours(7))));
        var environment = new HostEnvironment(TextWriter.Null, TextWriter.Synchronized(office._log)) { Clock = office.Clock, StorePatience = TimeSpan.FromSeconds(5) };
        var plan = new ServePlan([new Uri("http://127.0.0.1:0")], store ?? new DataDirectoryChoice(office._scratch.File("data")), settings ?? new ServeSettings { PaymentClients = ["portal"] }, development) { Before = before };
        var started = new TaskCompletionSource<WebApplication>(TaskCreationOptions.RunContinuationsAsynchronously);
        office._serving = WebServer.RunAsync(plan, environment, started.SetResult, office._stop.Token);
        await Task.WhenAny(started.Task, office._serving);
        if (!started.Task.IsCompleted)
        {
            await office._serving;
        }

        var app = await started.Task;
        office.Client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        office.Routes = [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Select(e => $"{string.Join(' ', e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"])} {e.RoutePattern.RawText}")];
        return office;
    }

    /// <summary>Gets a token from the development issuer.</summary>
    public async Task<string> TokenAsync(string person, string? unit = null, params string[] roles) => await TokenOfAsync(new { person, unit, roles });

    public async Task<string> TokenOfAsync(object wanted)
    {
        var told = await SendAsync(HttpMethod.Post, "/dev/token", null, wanted);
        Assert.Equal(200, told.Status);
        return told.Json.GetProperty("accessToken").GetString()!;
    }

    /// <summary>Sends a request and reads all of the answer.</summary>
    public async Task<Told> SendAsync(HttpMethod method, string path, string? token = null, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        if (body is not null)
        {
            request.Content = new StringContent(body as string ?? JsonSerializer.Serialize(body), Encoding.UTF8, "application/json");
        }

        using var response = await Client.SendAsync(request);
        return new Told((int)response.StatusCode, await response.Content.ReadAsStringAsync(), response.Headers, response.Content.Headers.ContentType?.MediaType);
    }

    public Task<Told> GetAsync(string path, string? token = null) => SendAsync(HttpMethod.Get, path, token);

    /// <summary>Submits a birth registration.</summary>
    public Task<Told> SubmitAsync(string token, string id, string unit = Commune, string channel = "online", object? occurredAt = null) => SendAsync(HttpMethod.Post, "/v1/dossiers", token, Birth(unit, channel, occurredAt), ("Idempotency-Key", id));

    /// <summary>Submits a birth registration that must be accepted, and returns its code.</summary>
    public async Task<string> SubmittedAsync(string token, string id, string unit = Commune, string channel = "online")
    {
        var told = await SubmitAsync(token, id, unit, channel);
        Assert.True(told.Status == 201, told.Body);
        return told.Json.GetProperty("code").GetString()!;
    }

    /// <summary>Fires a trigger.</summary>
    public Task<Told> FireAsync(string token, string id, string code, string trigger, string version = "*", object? body = null) =>
        SendAsync(HttpMethod.Post, $"/v1/dossiers/{code}/triggers/{trigger}", token, body ?? new { }, ("Idempotency-Key", id), ("If-Match", version));

    /// <summary>Stops the host in order.</summary>
    public async Task StopAsync()
    {
        await _stop.CancelAsync();
        await _serving;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await StopAsync();
        _stop.Dispose();
        _scratch.Dispose();
        await _log.DisposeAsync();
    }

    private static Dictionary<string, object> Birth(string unit, string channel, object? occurredAt)
    {
        var body = new Dictionary<string, object>
        {
            ["procedure"] = "1.001193",
            ["receivingUnit"] = unit,
            ["channel"] = channel,
            ["applicant"] = new { name = "Nguyễn Văn Kín", idNumber = "012345678901", phone = "0912000333" },
            ["fields"] = new Dictionary<string, string> { ["child-name"] = "Nguyễn Thị Bé" },
            ["documents"] = new[] { new { code = "birth-certificate", originals = 1 } },
        };
        if (occurredAt is not null)
        {
            body["occurredAt"] = occurredAt;
        }

        return body;
    }
}

/// <summary>An answer of the host.</summary>
internal sealed record Told(int Status, string Body, HttpResponseHeaders Headers, string? MediaType)
{
    public JsonElement Json => JsonDocument.Parse(Body).RootElement;

    public string? Tag => Headers.ETag?.Tag;

    /// <summary>Demands a problem of a kind, with all the parts in its detail.</summary>
    public JsonElement IsProblem(int status, string kind, params string[] parts)
    {
        Assert.True(status == Status, $"{Status} {Body}");
        Assert.Equal("application/problem+json", MediaType);
        Assert.Equal($"urn:workflow:problem:{kind}", Json.GetProperty("type").GetString());
        Assert.Equal(status, Json.GetProperty("status").GetInt32());
        Assert.All(parts, p => Assert.Contains(p, Json.GetProperty("detail").GetString(), StringComparison.Ordinal));
        return Json;
    }
}
