using Microsoft.Extensions.DependencyInjection;
using Workflow.Core.Calendars;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using Workflow.Core.Units;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;
using Workflow.Engine.Sqlite;

namespace Workflow.Samples.Tests;

/// <summary>The code of the packages' READMEs, compiled. <see cref="ReadmeTests"/> compares the lines.</summary>
internal static class ReadmeSnippets
{
    public static Dossier Core(Dossier dossier, DateTimeOffset time, string unit, WorkingCalendar calendar, UnitTree units)
    {
        var context = new DecisionContext(time, Actor.Officer("lan", unit, "reception"), calendar, units);
        var decision = DossierDecider.Decide(dossier, new FireTrigger("accept"), context);
        dossier = decision.IsAccepted ? dossier.Apply(decision.Events, context.Time) : dossier;   // decision.Unmet says why not
        return dossier;
    }

    public static void Engine(IServiceCollection services, ProcedureCatalogue catalogue, UnitTree units, CalendarBook calendar)
    {
        services.AddSingleton<IJournalStore>(new SqliteJournalStore("./data", TimeProvider.System));
        services.AddSingleton(new ProcedureSet(catalogue.All));
        services.AddSingleton(units);      // UnitTree
        services.AddSingleton(calendar);   // CalendarBook
        services.AddWorkflowEngine(options => options.ActiveCap = 50_000);
        // IDossierEngine is what the rest of the application sees
    }
}
