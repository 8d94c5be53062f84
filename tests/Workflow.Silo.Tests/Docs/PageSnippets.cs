using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Workflow.Core.Calendars;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Units;
using Workflow.Engine.Health;
using Workflow.Engine.Setup;
using Workflow.Grains;
using Workflow.Silo.Health;

namespace Workflow.Silo.Tests.Docs;

/// <summary>The code of the pages on Orleans, compiled. <see cref="PageTests"/> compares the lines.</summary>
internal static class PageSnippets
{
    public static void Silo(IHostApplicationBuilder builder, ProcedureSet procedures, UnitTree units, CalendarBook calendar)
    {
        builder.Services.AddSingleton(procedures).AddSingleton(units).AddSingleton(calendar);
        builder.UseOrleans(silo => silo.AddWorkflow("Host=db;Database=workflow;Username=workflow"));
        builder.Services.AddHealthChecks().AddWorkflowEngine().AddWorkflowSilo();
    }

    public static void ClientByDatabase(IHostApplicationBuilder builder, string database)
    {
        builder.UseOrleansClient(client => client.UseAdoNetClustering(o => (o.Invariant, o.ConnectionString) = ("Npgsql", database)).AddWorkflow());
    }

    public static void ClientByGateways(IHostApplicationBuilder builder)
    {
        builder.UseOrleansClient(client => client.AddWorkflow(o => o.Gateways.Add(IPEndPoint.Parse("10.0.0.5:30000"))));
    }

    public static async Task Call(IHost app, DossierCode code, string key, Actor actor)
    {
        var engine = app.Services.GetRequiredService<IDossierEngine>();
        await engine.ExecuteAsync(code, new FireTrigger("accept"), new CommandRequest(new CommandId(key), actor));
    }
}
