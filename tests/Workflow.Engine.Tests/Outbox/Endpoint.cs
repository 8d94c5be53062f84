using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Workflow.Engine.Tests.Outbox;

/// <summary>A request as it came in.</summary>
internal sealed record Received(string Id, string Timestamp, string Signature, string ContentType, byte[] Body)
{
    public string Code => Uri.UnescapeDataString(Id[..Id.LastIndexOf('/')]);

    public int Version => int.Parse(Id[(Id.LastIndexOf('/') + 1)..], CultureInfo.InvariantCulture);

    public string Text => Encoding.UTF8.GetString(Body);
}

/// <summary>A receiver of webhooks on this machine, down to the bytes, so that it can behave as badly as receivers do.</summary>
internal sealed class Endpoint : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private readonly List<Received> _received = [];
    private readonly List<(Func<IReadOnlyList<Received>, bool> Holds, TaskCompletionSource Reached)> _awaited = [];
    private readonly Task _loop;

    public Endpoint()
    {
        _listener.Start();
        Url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/hook?token=1";
        _loop = Task.Run(AcceptAsync);
    }

    public string Url { get; }

    /// <summary>Answers a request; the token ends with the endpoint.</summary>
    public Func<Received, Stream, CancellationToken, Task> Answer { get; set; } = Status(204);

    public IReadOnlyList<Received> Received
    {
        get
        {
            lock (_lock)
            {
                return [.. _received];
            }
        }
    }

    /// <summary>An answer of a status and further header lines.</summary>
    public static Func<Received, Stream, CancellationToken, Task> Status(int status, params string[] headers) =>
        async (_, stream, ct) => await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n{string.Concat(headers.Select(h => h + "\r\n"))}\r\n"), ct);

    /// <summary>No answer.</summary>
    public static Task Silence(Received received, Stream stream, CancellationToken ct) => Task.Delay(Timeout.Infinite, ct);

    /// <summary>Waits until what was received is as wanted.</summary>
    public async Task UntilAsync(Func<IReadOnlyList<Received>, bool> holds)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            _awaited.Add((holds, reached));
            if (holds(_received))
            {
                reached.SetResult();
            }
        }

        await reached.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    public IEnumerable<int> VersionsOf(string code) => Received.Where(r => r.Code == code).Select(r => r.Version);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException or InvalidOperationException)
        {
            // It ends.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        try
        {
            var stream = client.GetStream();
            var received = await ReadAsync(stream, _stop.Token);
            lock (_lock)
            {
                _received.Add(received);
                _awaited.Where(a => a.Holds(_received)).ToList().ForEach(a => a.Reached.TrySetResult());
            }

            await Answer(received, stream, _stop.Token);
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // The sender went.
        }
    }

    private static async Task<Received> ReadAsync(Stream stream, CancellationToken ct)
    {
        var head = new List<byte>();
        var one = new byte[1];
        while (head.Count < 4 || !head[^4..].SequenceEqual("\r\n\r\n"u8.ToArray()))
        {
            await stream.ReadExactlyAsync(one, ct);
            head.Add(one[0]);
        }

        var headers = Encoding.ASCII.GetString([.. head]).Split("\r\n").Skip(1).Where(l => l.Contains(':', StringComparison.Ordinal))
            .ToDictionary(l => l[..l.IndexOf(':', StringComparison.Ordinal)].ToLowerInvariant(), l => l[(l.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
        var body = new byte[int.Parse(headers["content-length"], CultureInfo.InvariantCulture)];
        await stream.ReadExactlyAsync(body, ct);
        return new Received(headers["webhook-id"], headers["webhook-timestamp"], headers["webhook-signature"], headers["content-type"], body);
    }
}
