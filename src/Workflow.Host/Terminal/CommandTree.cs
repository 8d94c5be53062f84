using System.CommandLine;
using System.CommandLine.Help;
using Workflow.Host.Audit;
using Workflow.Host.Calendars;
using Workflow.Host.Demo;
using Workflow.Host.Dossiers;
using Workflow.Host.Forms;
using Workflow.Host.Loading;
using Workflow.Host.Logs;
using Workflow.Host.Procedures;
using Workflow.Host.Serving;
using Workflow.Host.Subscribers;
using Workflow.Host.Units;

namespace Workflow.Host.Terminal;

/// <summary>Every command that is built.</summary>
internal static class CommandTree
{
    public static Command Create(HostEnvironment environment)
    {
        var root = new Command("workflow", "Receives, routes and settles administrative dossiers within their legal time limits.")
        {
            new HelpOption(),
            new VersionOption(),
            DemoCommand.Create(environment),
            ServeCommand.Create(environment),
            new Command("procedure", "Procedures: check them, read them.")
            {
                VerifyCommand.Create(environment),
                ShowProcedureCommand.Create(environment),
                PublishCommand.Create(environment),
                DiffCommand.Create(environment),
                MigrateCommand.Create(environment),
                ImportCommand.Create(environment),
            },
            new Command("calendar", "Working days and deadlines.") { DueCommand.Create(environment), PublishCalendarCommand.Create(environment) },
            new Command("log", "Event logs in XES (.xes, .xes.gz).")
            {
                ProfileCommand.Create(environment),
                DiscoverCommand.Create(environment),
                ReplayCommand.Create(environment),
                ExportCommand.Create(environment),
            },
            new Command("dossier", "One dossier by hand, and the archive of closed ones.")
            {
                SubmitCommand.Create(environment),
                FireCommand.Create(environment),
                ShowDossierCommand.Create(environment),
                SlipCommand.Create(environment),
                ArchiveCommand.Create(environment),
            },
            new Command("unit", "Units: see them, reorganise them with their dossiers.")
            {
                ReorganiseCommand.Create(environment),
                ShowUnitsCommand.Create(environment),
            },
            new Command("audit", "Whether the store is what was written.") { AuditCommand.Create(environment), AnchorCommand.Create(environment) },
            new Command("subscriber", "Those who are told what happens to dossiers: webhooks and the national portal.")
            {
                AddSubscriberCommand.Create(environment),
                RemoveSubscriberCommand.Create(environment),
                RemoveSubscriberCommand.CreateRotate(environment),
                ListSubscribersCommand.Create(environment),
                RetrySubscriberCommand.Create(environment),
                DeliverCommand.Create(environment),
            },
            LoadCommand.Create(environment),
        };
        return root;
    }
}
