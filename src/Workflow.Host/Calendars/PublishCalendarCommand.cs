using System.CommandLine;
using Workflow.Core.Calendars;
using Workflow.Core.Dossiers;
using Workflow.Engine;
using Workflow.Engine.Setup;
using Workflow.Host.Dossiers;
using Workflow.Host.Files;
using Workflow.Host.Procedures;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Calendars;

/// <summary><c>calendar publish FILE</c>: a new calendar version, known from now; open dossiers are projected again.</summary>
internal static class PublishCalendarCommand
{
    public static Command Create(HostEnvironment environment)
    {
        var file = new Argument<string>("FILE") { Description = "The calendar's file: all that the present one says, and what is new." };
        var favour = new Option<string?>("--favour") { Description = "Let the citizen keep the earlier date, unless it became a day off.", HelpName = "citizen" };
        favour.AcceptOnlyFromAmong("citizen");
        var store = new StoreOptions();
        var json = SharedOptions.Json();
        var command = new Command("publish", "Publishes a calendar and computes the promised dates of all open dossiers again.") { file, favour, json };
        store.AddTo(command);
        command.SetAction((parsed, cancellation) => RunAsync(
            new Session(environment, parsed.GetValue(json)),
            parsed.GetRequiredValue(file),
            parsed.GetValue(favour) is null ? ProjectionPolicy.Recompute : ProjectionPolicy.CitizenFavour,
            store.Choose(parsed, environment),
            cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Session session, string file, ProjectionPolicy policy, StoreChoice choice, CancellationToken cancellationToken)
    {
        using var reader = new StringReader(InputFile.ReadText(file));
        var calendar = CalendarBook.Read(reader, file);
        await choice.RequireAsync(cancellationToken).ConfigureAwait(false);
        var environment = session.Environment;
        var embedded = await CommandEngine.OpenAsync(
            choice, stored => stored.With([]), Catalogue.Units(environment), Catalogue.Calendar(environment), environment.Clock, queue: 128, cancellationToken).ConfigureAwait(false);
        await using (embedded.ConfigureAwait(false))
        {
            var published = await PublishAsync(session, embedded.Engine, file, calendar, policy, cancellationToken).ConfigureAwait(false);
            foreach (var refused in published.Refused)
            {
                await session.NoteAsync($"dossier {refused.Code} keeps its date: {string.Join("; ", refused.Unmet)}").ConfigureAwait(false);
            }

            var version = embedded.Engine.Calendar.Version;
            await session.ResultAsync(
                new { published.Dossiers, published.Moved, Calendar = version, Refused = published.Refused.Select(r => new { Dossier = r.Code.Value, Unmet = r.Unmet.Select(u => u.ToString()) }) },
                [$"published {version}: {published.Moved} of {published.Dossiers} open dossiers have another promised date"]).ConfigureAwait(false);
            return published.Refused.Count > 0 ? ExitStatus.Found : ExitStatus.Done;
        }
    }

    private static async Task<CalendarPublication> PublishAsync(
        Session session, DossierEngine engine, string file, CalendarBook calendar, ProjectionPolicy policy, CancellationToken cancellationToken)
    {
        var totals = await engine.CountAsync(cancellationToken).ConfigureAwait(false);
        using var line = session.Progress("projecting");
        try
        {
            return await engine.PublishCalendarAsync(calendar, policy, new Visited(line, totals.Dossiers), cancellationToken).ConfigureAwait(false);
        }
        catch (CalendarConflictException e)
        {
            throw new UnusableInputException($"{file}: {e.Message}", e);
        }
    }

    // In the order of the pass, which the progress of the library does not promise. Closed dossiers count in the total and are not visited.
    private sealed class Visited(ProgressLine line, long total) : IProgress<int>
    {
        public void Report(int value) => line.Report(value, total, "dossiers");
    }
}
