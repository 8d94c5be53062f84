using System.CommandLine;
using Workflow.Engine.Archive;
using Workflow.Host.Procedures;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Dossiers;

/// <summary><c>dossier archive --closed-before DATE</c>: closed dossiers move to the archive of the store.</summary>
internal static class ArchiveCommand
{
    public static Command Create(HostEnvironment environment)
    {
        var before = new Option<string>("--closed-before") { Description = "Dossiers that closed before this time, or before this day.", HelpName = "DATE", Required = true };
        var store = new StoreOptions();
        var json = SharedOptions.Json();
        var command = new Command("archive", "Moves closed dossiers to the archive of the store, where they answer as before.") { before, json };
        store.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            new Session(environment, parsed.GetValue(json)), Times.Read("--closed-before", parsed.GetRequiredValue(before)), store.Choose(parsed, environment), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Session session, DateTimeOffset closedBefore, StoreChoice choice, CancellationToken cancellationToken)
    {
        await choice.RequireAsync(cancellationToken).ConfigureAwait(false);
        var environment = session.Environment;
        var opened = await CommandEngine.OpenAsync(
            choice, stored => stored.With([]), Catalogue.Units(environment), Catalogue.Calendar(environment), environment.Clock, queue: 16, cancellationToken).ConfigureAwait(false);
        await using (opened.ConfigureAwait(false))
        {
            ArchivedDossiers report;
            using (var line = session.Progress("archiving"))
            {
                report = await opened.Engine.ArchiveAsync(closedBefore, new Moved(line), cancellationToken).ConfigureAwait(false);
            }

            await session.ResultAsync(
                new { report.Archived, report.Remaining },
                [$"{report.Archived} {(report.Archived == 1 ? "dossier" : "dossiers")} that closed before {Times.Show(closedBefore)} moved to the archive; {report.Remaining} remain"]).ConfigureAwait(false);
            return ExitStatus.Done;
        }
    }

    private sealed class Moved(ProgressLine line) : IProgress<long>
    {
        public void Report(long value) => line.Report(value, 0, "dossiers");
    }
}
