using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Hosting;
using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Procedures;
using Workflow.Core.Units;
using Workflow.Engine.Setup;
using Workflow.Silo;

// A silo as a process of its own, made to be killed. It says 'ready' when it takes calls, and 'ended' when it was asked to stop and has. What it
// logs goes to standard error. Arguments: a connection string of PostgreSQL, the ports of the silo and of its gateway, and the files of the
// procedures that it knows.
var connectionString = args[0];
var (siloPort, gatewayPort) = (Number(args[1]), Number(args[2]));
var procedures = args[3..].Select(Read).ToArray();

const string Unit = "000.01.30.H28";

// It covers the day on which this runs.
const string Calendar = """
    calendar: test
    first-day: 2020-01-01
    last-day: 2100-12-31
    weekend: [saturday, sunday]
    office-hours:
      periods: [08:00-17:00]
    non-working-days: []
    """;

var builder = Host.CreateApplicationBuilder();
builder.Logging.ClearProviders().AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning);
builder.Services.AddSingleton(new ProcedureSet(procedures));
builder.Services.AddSingleton(new UnitTree([new Unit(Unit, new LocalizedName("Xã 01"), UnitLevel.Commune, null)]));
builder.Services.AddSingleton(CalendarBook.Read(new StringReader(Calendar), "calendar.yaml"));
builder.UseOrleans(silo => silo
    .Configure<ClusterOptions>(o => (o.ClusterId, o.ServiceId) = ("crash", "crash"))
    .ConfigureEndpoints(IPAddress.Loopback, siloPort, gatewayPort)
    .AddWorkflow(connectionString));
using var host = builder.Build();
await host.StartAsync();
Console.WriteLine("ready");

// Whoever started it has its standard input, and takes it along when it dies itself.
_ = Task.Run(() =>
{
    while (Console.In.Read() >= 0)
    {
    }

    Environment.Exit(1);
});
await host.WaitForShutdownAsync();
Console.WriteLine("ended");

static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);

static Procedure Read(string file)
{
    using var reader = File.OpenText(file);
    return ProcedureYaml.Read(reader, file);
}
