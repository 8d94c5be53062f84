using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;

namespace Workflow.Benchmarks.Subscribers;

/// <summary>A webhook on this machine that takes every delivery and does nothing with it, at as little cost as can be, after a delay when it is to seem far away.</summary>
internal sealed class LocalReceiver : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeSpan _delay;
    private readonly Task _loop;
    private long _taken;
    private long _connections;

    public LocalReceiver(TimeSpan delay)
    {
        _delay = delay;
        _listener.Start();
        Url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/hook";
        _loop = Task.Run(AcceptAsync);
    }

    public string Url { get; }

    /// <summary>How many deliveries came in.</summary>
    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>How many connections they came on.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _loop;
        _stop.Dispose();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Interlocked.Increment(ref _connections);
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or SocketException)
        {
            // It ends.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var _ = client;
        client.NoDelay = true;
        var stream = client.GetStream();
        var buffer = new byte[65_536];
        var answer = "HTTP/1.1 204 No Content\r\n\r\n"u8.ToArray();
        var (filled, ct) = (0, _stop.Token);
        try
        {
            while (true)
            {
                var length = LengthOf(buffer.AsSpan(0, filled));
                if (length < 0 || length > filled)
                {
                    var read = await stream.ReadAsync(buffer.AsMemory(filled), ct);
                    if (read == 0)
                    {
                        return;
                    }

                    filled += read;
                    continue;
                }

                buffer.AsSpan(length, filled - length).CopyTo(buffer);
                filled -= length;
                Interlocked.Increment(ref _taken);
                if (_delay > TimeSpan.Zero)
                {
                    await Task.Delay(_delay, ct);
                }

                await stream.WriteAsync(answer, ct);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or IOException)
        {
            // The sender went, or it ends.
        }
    }

    // The length of the first request; -1 while its head is not complete.
    private static int LengthOf(ReadOnlySpan<byte> received)
    {
        var head = received.IndexOf("\r\n\r\n"u8);
        if (head < 0)
        {
            return -1;
        }

        var name = "\r\nContent-Length: "u8;
        var at = received[..head].IndexOf(name);
        return head + 4 + (at >= 0 && Utf8Parser.TryParse(received[(at + name.Length)..head], out int body, out _) ? body : 0);
    }
}
