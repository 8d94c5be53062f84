using System.Net.Sockets;
using System.Text;
using Workflow.Host.Api;
using Workflow.Host.Serving;
using Workflow.Host.Tests.Access;
using Workflow.Host.Tests.Serving;

namespace Workflow.Host.Tests.Api;

/// <summary>Requests that nobody in good faith sends: a clear refusal each, never a fault of the host, never a stack trace, nothing of others.</summary>
public sealed class HostileRequestTests
{
    private static readonly string[] s_bodies =
    [
        "", " ", "{", "}", "[]", "null", "true", "1", "\"x\"", "{\"procedure\":1}", "{\"procedure\":null,\"receivingUnit\":\"x\",\"channel\":\"online\"}",
        "{\"procedure\":\"1.001193\",\"receivingUnit\":\"000.01.30.H28\",\"channel\":\"smoke\"}", "{\"procedure\":\"1.001193\",\"receivingUnit\":\"000.01.30.H28\",\"channel\":1}",
        "{\"procedure\":\"1.001193\",\"receivingUnit\":\"000.01.30.H28\",\"channel\":\"online\",\"legOf\":{\"parent\":\"x\"}}",
        "{\"procedure\":\"1.001193\",\"procedure\":\"2\",\"receivingUnit\":\"000.01.30.H28\",\"channel\":\"online\"}",
        "{\"procedure\":\"1.001193\",\"receivingUnit\":\"000.01.30.H28\",\"channel\":\"online\",\"documents\":[null]}",
        "{\"procedure\":\"1.001193\",\"receivingUnit\":\"000.01.30.H28\",\"channel\":\"online\",\"documents\":{\"0\":1}}",
        "{\"procedure\":\"1.001193\",\"receivingUnit\":\"000.01.30.H28\",\"channel\":\"online\",\"documents\":[{\"code\":\"x\",\"originals\":99999999999999}]}",
        "{\"procedure\":\"1.001193\",\"receivingUnit\":\"000.01.30.H28\",\"channel\":\"online\",\"documents\":[{\"code\":\"x\",\"originals\":-1}]}",
        "{\"procedure\":\"1.001193\",\"receivingUnit\":\"000.01.30.H28\",\"channel\":\"online\",\"fields\":{\"child-name\":null}}",
        "{\"procedure\":\"1.001193\",\"receivingUnit\":\"000.01.30.H28\",\"channel\":\"online\",\"fields\":{\"child-name\":\"\\u0000\"},\"applicant\":{\"name\":\"x\"}}",
        "{\"procedure\":\"1.001193\",\"receivingUnit\":\"000.01.30.H28\",\"channel\":\"online\",\"fields\":{\"\\ud800\":\"x\"}}",
        "{\"procedure\":\"\\udc00\",\"receivingUnit\":\"000.01.30.H28\",\"channel\":\"online\"}",
        "{\"procedure\":\"1.001193\",\"receivingUnit\":\"../../etc\",\"channel\":\"online\",\"applicant\":{\"name\":\"x\"}}",
        "{\"procedure\":\"1.001193'; DROP TABLE dossier; --\",\"receivingUnit\":\"000.01.30.H28\",\"channel\":\"online\"}",
        "{\"procedure\":\"1.001193\",\"receivingUnit\":\"000.01.30.H28\",\"channel\":\"online\",\"occurredAt\":\"9999-12-31T23:59:59Z\"}",
        "{\"procedure\":\"1.001193\",\"receivingUnit\":\"000.01.30.H28\",\"channel\":\"online\",\"occurredAt\":1e400}",
        "{\"amount\":1e3,\"method\":\"x\"}", "{\"amount\":9223372036854775807,\"method\":\"x\"}", "{\"newDue\":\"0001-01-01T00:00:00+14:00\",\"reason\":\"\",\"apologyDocument\":\"\"}",
        "{\"items\":[[]],\"reason\":{}}", "{/*c*/}", "{\"reason\":\"x\",}", "\uFEFF{}", "{\"$type\":\"System.IO.FileInfo\"}", "{\"command\":\"wake\"}",
        string.Concat(Enumerable.Repeat("{\"fields\":", 500)), string.Concat(Enumerable.Repeat("[", 2000)), "{\"reason\":\"" + new string('x', 60_000) + "\"}",
        "{\"fields\":{" + string.Join(',', Enumerable.Range(0, 3000).Select(i => $"\"f{i}\":\"\"")) + "}}",
    ];

    private static readonly string[] s_paths =
    [
        "/v1/dossiers/..%2f..%2fetc%2fpasswd", "/v1/dossiers/%2e%2e/%2e%2e/x", "/v1/dossiers/%00", "/v1/dossiers/%ff%fe", "/v1/dossiers/%ED%A0%80", "/v1/dossiers/%20", "/v1/dossiers/%0d%0aX:1", "/v1//dossiers", "/v1/dossiers/",
        "/v1/dossiers/" + new string('9', 4000), "/v1/dossiers/x/history?from=NaN", "/v1/dossiers/x/history?limit=999999999999", "/v1/dossiers/x/history?from=1&from=2", "/v1/dossiers/x%27%20OR%201=1--/history",
        "/v1/dossiers/x/triggers/%00", "/V1/DOSSIERS/x", "/v1/dossiers/x;y=z", "/%5c..%5c..%5cwindows", "//evil.example/", "/v1/dossiers/{code}", "/openapi", "/v2/dossiers", "/.env", "/workflow.db",
    ];

    [Fact]
    public async Task Bodies_OfEveryCommand_AreRefusedInOrder()
    {
        await using var office = await ServedOffice.StartAsync();
        var (citizen, officer) = (await office.TokenAsync("citizen-1"), await office.TokenAsync("mai", ServedOffice.Commune, "reception", "head"));
        var code = await office.SubmittedAsync(citizen, "one");
        var n = 0;
        foreach (var endpoint in ApiTable.All.Append(ApiTable.DevelopmentToken).Where(e => e.Method == "POST"))
        {
            var path = endpoint.Pattern.Replace("{code}", code, StringComparison.Ordinal).Replace("{trigger}", "refuse", StringComparison.Ordinal);
            foreach (var body in s_bodies)
            {
                var told = await office.SendAsync(HttpMethod.Post, path, officer, body, ("Idempotency-Key", $"k{n++}"), ("If-Match", "*"));
                IsARefusal(told, $"{path} {(body.Length > 200 ? body[..200] : body)}");
            }
        }

        Assert.Equal(1, (await office.GetAsync($"/v1/dossiers/{code}", officer)).Json.GetProperty("version").GetInt32());
        Assert.DoesNotContain("error", office.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paths_AndQueries_AreRefusedInOrder()
    {
        await using var office = await ServedOffice.StartAsync();
        var officer = await office.TokenAsync("mai", ServedOffice.Commune, "reception");
        foreach (var path in s_paths)
        {
            foreach (var method in (string[])["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"])
            {
                IsARefusal(await RawAsync(office, $"{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\nAuthorization: Bearer {officer}\r\nConnection: close\r\n\r\n"), $"{method} {path}");
            }
        }

        Assert.DoesNotContain("error", office.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_OutsideOfHttp_AreRefusedInOrder()
    {
        await using var office = await ServedOffice.StartAsync();
        string[] requests =
        [
            "rubbish\r\n\r\n", "GET / HTTP/9.9\r\n\r\n", "GET /v1/dossiers/x HTTP/1.1\r\n\r\n", "GET /v1/dossiers/x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
            "POST /v1/dossiers HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "POST /v1/dossiers HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
            $"GET / HTTP/1.1\r\nHost: x\r\nX: {new string('a', 40_000)}\r\n\r\n", "GET /v1/dossiers/x HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a\r\nAuthorization: Bearer b\r\nConnection: close\r\n\r\n",
            "GET /v1/dossiers/x HTTP/1.1\r\nHost: x\r\nAuthorization: Basic YTpi\r\nConnection: close\r\n\r\n", "GET http://evil.example/v1/dossiers/x HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n",
            $"POST /dev/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 9999999\r\nConnection: close\r\n\r\n",
            "POST /dev/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}",
            "POST /dev/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json; charset=utf-16\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}",
            "POST /dev/token HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 14\r\nConnection: close\r\n\r\n{\"person\":\"\u00ff\"}",
        ];

        foreach (var request in requests)
        {
            IsARefusal(await RawAsync(office, request), request[..Math.Min(120, request.Length)]);
        }
    }

    [Fact]
    public async Task Body_BeyondTheLimit_Is413()
    {
        await using var office = await ServedOffice.StartAsync(new ServeSettings { BodyBytes = 2_000 });
        var citizen = await office.TokenAsync("citizen-1");

        var told = await office.SendAsync(HttpMethod.Post, "/v1/dossiers", citizen, new string('x', 3_000), ("Idempotency-Key", "k"));

        told.IsProblem(413, "body-too-large");
    }

    [Fact]
    public async Task Answers_BearTheHeadersThatKeepBrowsersSafe()
    {
        await using var office = await ServedOffice.StartAsync();
        foreach (var told in (Told[])[await office.GetAsync("/health/live"), await office.GetAsync("/nothing"), await office.GetAsync("/v1/dossiers/x", Tokens.Forged("x"))])
        {
            Assert.Equal(
                ("nosniff", "DENY", "no-store", "no-referrer", false),
                (One(told, "X-Content-Type-Options"), One(told, "X-Frame-Options"), One(told, "Cache-Control"), One(told, "Referrer-Policy"), told.Headers.Contains("Server")));
            Assert.StartsWith("default-src 'none'", One(told, "Content-Security-Policy"), StringComparison.Ordinal);
        }

        static string One(Told told, string name) => told.Headers.GetValues(name).Single();
    }

    private static void IsARefusal(Told told, string what)
    {
        // The server's own answer to a version of HTTP that there is not.
        Assert.True(told.Status is (>= 400 and < 500) or 505, $"{what}: {told.Status} {told.Body}");
        foreach (var sign in (string[])["   at ", "Exception", "System.", "Microsoft.", "Workflow."])
        {
            Assert.False(told.Body.Contains(sign, StringComparison.Ordinal), $"{what}: {told.Body}");
        }
    }

    // As bytes: a client would mend the path.
    private static async Task<Told> RawAsync(ServedOffice office, string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", office.Client.BaseAddress!.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await ReadAsync(reader);
        using var none = new HttpResponseMessage();
        var status = answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(answer.AsSpan(9, 3)) : 400;
        return new Told(status, answer, none.Headers, null);
    }

    // A server that hangs up on rubbish has refused it.
    private static async Task<string> ReadAsync(StreamReader reader)
    {
        try
        {
            return await reader.ReadToEndAsync();
        }
        catch (IOException)
        {
            return string.Empty;
        }
    }
}
