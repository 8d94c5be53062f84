using System.CommandLine;
using System.Net;
using Workflow.Host.Terminal;

namespace Workflow.Host.Serving;

/// <summary>The options of <c>serve</c> that tell how its silo is reached.</summary>
internal sealed class SiloOptions
{
    private const string Name = "workflow";
    private const int LongestId = 150;

    private readonly Option<int?> _siloPort = new("--silo-port") { Description = "With --engine orleans: the port for the other silos; any that is free unless told.", HelpName = "PORT" };
    private readonly Option<int?> _gatewayPort = new("--gateway-port") { Description = "With --engine orleans: the port for clients of the cluster; any that is free unless told.", HelpName = "PORT" };

    private readonly Option<string?> _address = new("--advertise")
    {
        Description = "With --engine orleans: the address of this machine at which silos and clients reach the silo; 127.0.0.1 unless told. Keep its ports away from other networks.",
        HelpName = "ADDRESS",
    };

    private readonly Option<string?> _cluster = new("--cluster") { Description = $"With --engine orleans: the id of the cluster; '{Name}' unless told.", HelpName = "ID" };
    private readonly Option<string?> _service = new("--service") { Description = $"With --engine orleans: the id of the service, the same for ever; '{Name}' unless told.", HelpName = "ID" };

    private IEnumerable<Option> All => [_siloPort, _gatewayPort, _address, _cluster, _service];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in All)
        {
            command.Add(option);
        }
    }

    /// <summary>What the arguments say of a silo; null where there is none. Tells one line per mistake.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="isCluster">Whether the engine runs in a cluster.</param>
    /// <param name="mistakes">Gets the mistakes.</param>
    public SiloPlan? Read(ParseResult parsed, bool isCluster, List<string> mistakes)
    {
        if (!isCluster)
        {
            mistakes.AddRange(All.Where(o => parsed.GetResult(o) is { Implicit: false }).Select(o => $"{o.Name} is for --engine orleans: leave it out, or add --engine orleans"));
            return null;
        }

        var plan = new SiloPlan(AddressOf(parsed, mistakes), Port(_siloPort), Port(_gatewayPort), Id(_cluster), Id(_service));
        if (plan.SiloPort != 0 && plan.SiloPort == plan.GatewayPort)
        {
            mistakes.Add($"--silo-port and --gateway-port are both {plan.SiloPort}: give each a port of its own");
        }

        return plan;

        int Port(Option<int?> option)
        {
            var port = parsed.GetValue(option) ?? 0;
            if (port is < 0 or > IPEndPoint.MaxPort)
            {
                mistakes.Add($"{option.Name} {port} is no port: give a number from 0 (any that is free) to {IPEndPoint.MaxPort}");
            }

            return port;
        }

        string Id(Option<string?> option)
        {
            var id = parsed.GetValue(option) ?? Name;
            if (id.Length is 0 or > LongestId || id.Any(c => c is <= ' ' or >= '\u007f'))
            {
                mistakes.Add($"{option.Name} '{Faults.OneLine(id)}' is no id: give 1 to {LongestId} letters, digits or signs of ASCII");
            }

            return id;
        }
    }

    private IPAddress AddressOf(ParseResult parsed, List<string> mistakes)
    {
        if (parsed.GetValue(_address) is not { } text)
        {
            return IPAddress.Loopback;
        }

        if (!IPAddress.TryParse(text, out var address) || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            mistakes.Add($"--advertise '{Faults.OneLine(text)}' is no address that others reach: give one of this machine, such as 10.0.0.5");
            return IPAddress.Loopback;
        }

        return address;
    }
}
