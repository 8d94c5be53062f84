using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Workflow.Engine.Tests.Faults;

/// <summary>The way to a server, on which connections are cut after so many bytes: in the middle of what is asked, or of the answer to what was done.</summary>
internal sealed class CuttingProxy : IDisposable
{
    private const int LeastBytes = 500;
    private const int BufferLength = 16_384;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly UnixDomainSocketEndPoint _behind;
    private readonly Random _random;
    private readonly int _mostBytes;
    private int _cuts;

    /// <param name="connectionString">The server behind it, on a socket in a folder.</param>
    /// <param name="seed">Gives each connection its direction and its bytes, in the order in which they are opened.</param>
    /// <param name="mostBytes">After how many bytes a connection is cut at the latest.</param>
    public CuttingProxy(string connectionString, int seed, int mostBytes)
    {
        (_random, _mostBytes) = (new Random(seed), mostBytes);
        _listener.Start();
        _behind = new UnixDomainSocketEndPoint($"{new NpgsqlConnectionStringBuilder(connectionString).Host}/.s.PGSQL.5432");
        ConnectionString = new NpgsqlConnectionStringBuilder(connectionString) { Host = "127.0.0.1", Port = ((IPEndPoint)_listener.LocalEndpoint).Port }.ConnectionString;
        _ = ServeAsync();
    }

    public string ConnectionString { get; }

    /// <summary>Whether connections are cut.</summary>
    public bool IsCutting { get; set; }

    /// <summary>How many connections it has cut.</summary>
    public int Cuts => Volatile.Read(ref _cuts);

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            var client = await _listener.AcceptSocketAsync(_end.Token);
            client.NoDelay = true;
            var (bytes, ofTheAnswer) = (_random.Next(LeastBytes, _mostBytes), _random.Next(2) == 0);
            var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            _ = CarryAsync(client, server, ofTheAnswer ? long.MaxValue : bytes, ofTheAnswer ? bytes : long.MaxValue);
        }
    }

    private async Task CarryAsync(Socket client, Socket server, long asked, long answered)
    {
        using (client)
        using (server)
        {
            try
            {
                await server.ConnectAsync(_behind, _end.Token);
                await await Task.WhenAny(CopyAsync(client, server, asked), CopyAsync(server, client, answered));
            }
            catch (Exception gone) when (gone is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Both ends are closed below.
            }

            // The client is told at once; the server finds out when it answers.
            client.LingerState = new LingerOption(true, 0);
        }
    }

    // Ends when one side has, or after so many bytes.
    private async Task CopyAsync(Socket from, Socket to, long bytes)
    {
        var buffer = new byte[BufferLength];
        while (await from.ReceiveAsync(buffer, _end.Token) is > 0 and var length)
        {
            var carried = IsCutting ? (int)Math.Min(length, bytes) : length;
            for (var sent = 0; sent < carried;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, carried - sent), _end.Token);
            }

            bytes = Math.Max(0, bytes - carried);
            if (carried < length || (IsCutting && bytes == 0))
            {
                Interlocked.Increment(ref _cuts);
                return;
            }
        }
    }
}
