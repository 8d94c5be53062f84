using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Workflow.Host.Tests.Subscribers;

/// <summary>A receiver on this machine that answers every request with one status.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Task _loop;
    private int _received;

    public Receiver()
    {
        _listener.Start();
        Url = $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/hook";
        _loop = Task.Run(AcceptAsync);
    }

    public string Url { get; }

    public int Status { get; set; } = 200;

    public int Received => Volatile.Read(ref _received);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await AnswerAsync(client.GetStream());
            }
        }
        catch (Exception fault) when (fault is SocketException or InvalidOperationException)
        {
            // It ends.
        }
    }

    // The whole request is read, so that the sender is not cut off while it sends.
    private async Task AnswerAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.Latin1, leaveOpen: true);
        var length = 0;
        while (await reader.ReadLineAsync() is { Length: > 0 } line)
        {
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            {
                length = int.Parse(line["Content-Length:".Length..], System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        await reader.ReadBlockAsync(new char[length]);
        Interlocked.Increment(ref _received);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {Status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
    }
}
