using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Workflow.Engine.Tests.Postgres;

/// <summary>A server that closes its first connections, as one that is starting, and then leads to the one behind it.</summary>
internal sealed class UnreadyServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private int _closed;

    /// <param name="closes">How many connections it closes.</param>
    /// <param name="behind">The connection string of the server behind it, on a socket in a folder; null for none.</param>
    public UnreadyServer(int closes, string? behind)
    {
        _listener.Start();
        var settings = new NpgsqlConnectionStringBuilder(behind ?? "Username=workflow;Database=workflow") { Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port };
        ConnectionString = settings.ConnectionString;
        _ = ServeAsync(closes, behind is null ? null : new UnixDomainSocketEndPoint($"{new NpgsqlConnectionStringBuilder(behind).Host}/.s.PGSQL.5432"));
    }

    public string ConnectionString { get; }

    /// <summary>How many connections it has closed.</summary>
    public int Closed => Volatile.Read(ref _closed);

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task ServeAsync(int closes, UnixDomainSocketEndPoint? behind)
    {
        while (!_end.IsCancellationRequested)
        {
            var client = await _listener.AcceptSocketAsync(_end.Token);
            if (_closed < closes || behind is null)
            {
                Interlocked.Increment(ref _closed);
                client.Dispose();
                continue;
            }

            var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await server.ConnectAsync(behind, _end.Token);
            _ = CarryAsync(new NetworkStream(client, ownsSocket: true), new NetworkStream(server, ownsSocket: true));
        }
    }

    private async Task CarryAsync(NetworkStream client, NetworkStream server)
    {
        await using var clientEnd = client;
        await using var serverEnd = server;
        await Task.WhenAny(client.CopyToAsync(server, _end.Token), server.CopyToAsync(client, _end.Token));
    }
}
