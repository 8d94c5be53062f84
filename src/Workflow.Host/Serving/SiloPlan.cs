using System.Net;
using System.Net.Sockets;
using Workflow.Host.Terminal;

namespace Workflow.Host.Serving;

/// <summary>Where a silo is reached, and to which cluster it belongs.</summary>
/// <param name="Address">The address that it tells the others and listens on.</param>
/// <param name="SiloPort">The port for other silos; 0 for any that is free.</param>
/// <param name="GatewayPort">The port for clients; 0 for any that is free.</param>
/// <param name="Cluster">The cluster's id: silos of one id find each other.</param>
/// <param name="Service">The service's id, under which grain storage and reminders stand.</param>
internal sealed record SiloPlan(IPAddress Address, int SiloPort, int GatewayPort, string Cluster, string Service)
{
    /// <summary>Puts free ports where none is named.</summary>
    /// <exception cref="UnusableInputException">The address is none of this machine, or a port is in use.</exception>
    public SiloPlan WithPorts()
    {
        // Both are held until both are found, so that they differ.
        using var silo = Listen(SiloPort, "--silo-port");
        using var gateway = Listen(GatewayPort, "--gateway-port");
        return this with { SiloPort = PortOf(silo), GatewayPort = PortOf(gateway) };
    }

    /// <summary>What <c>serve</c> says of it once it has joined.</summary>
    public override string ToString() => $" as silo {new IPEndPoint(Address, SiloPort)} with gateway {new IPEndPoint(Address, GatewayPort)} of cluster '{Cluster}'";

    private static int PortOf(TcpListener listener) => ((IPEndPoint)listener.LocalEndpoint).Port;

    private TcpListener Listen(int port, string option)
    {
        var listener = new TcpListener(Address, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.AddressNotAvailable)
        {
            listener.Dispose();
            throw new UnusableInputException($"--advertise {Address} is no address of this machine: name the one at which the other silos and the clients reach it", e);
        }
        catch (SocketException e)
        {
            listener.Dispose();
            throw new UnusableInputException(
                $"{option} {port} is in use or cannot be used at {Address} ({Faults.OneLine(e.Message).TrimEnd('.')}): name another port, or leave the option out for any that is free", e);
        }
    }
}
