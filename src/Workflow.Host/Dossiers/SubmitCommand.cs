using System.CommandLine;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Procedures;
using Workflow.Host.Procedures;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Dossiers;

/// <summary><c>dossier submit</c>: one dossier by hand.</summary>
internal static class SubmitCommand
{
    public static Command Create(HostEnvironment environment)
    {
        var procedure = new Option<string>("--procedure") { Description = "The procedure's code, or a procedure file.", HelpName = "CODE", Required = true };
        var unit = new Option<string>("--unit") { Description = "The unit whose one-stop shop receives it.", HelpName = "UNIT", Required = true };
        var competent = new Option<string?>("--competent") { Description = "The unit that settles it, where that is another.", HelpName = "UNIT" };
        var applicant = new Option<string?>("--applicant") { Description = "The applicant's name.", HelpName = "NAME" };
        var channel = new Option<string>("--channel") { Description = "How it comes in.", DefaultValueFactory = _ => "direct" };
        channel.AcceptOnlyFromAmong("direct", "online", "post");
        var fields = GivenParts.FieldOption();
        var documents = GivenParts.DocumentOption();
        var trigger = new Option<string?>("--trigger") { Description = "A trigger to fire in the same command.", HelpName = "TRIGGER" };
        var actor = new ActorOptions();
        var store = new StoreOptions();
        var json = SharedOptions.Json();
        var command = new Command("submit", "Submits a dossier.") { procedure, unit, competent, applicant, channel, fields, documents, trigger };
        actor.AddTo(command, gives: true);
        store.AddTo(command);
        command.Add(json);
        command.SetAction((parsed, cancellation) =>
        {
            var submission = new SubmitDossier(parsed.GetRequiredValue(procedure), parsed.GetRequiredValue(unit))
            {
                CompetentUnit = parsed.GetValue(competent),
                Applicant = parsed.GetValue(applicant) is { } name ? new Applicant(name) : null,
                Channel = Enum.Parse<Channel>(parsed.GetRequiredValue(channel), ignoreCase: true),
                Fields = GivenParts.Fields(parsed.GetValue(fields)),
                Documents = GivenParts.Documents(parsed.GetValue(documents)),
                Trigger = parsed.GetValue(trigger),
            };
            return RunAsync(new Session(environment, parsed.GetValue(json)), store.Choose(parsed, environment), submission, actor.Request(parsed), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(Session session, StoreChoice choice, SubmitDossier submission, CommandRequest request, CancellationToken cancellationToken)
    {
        var environment = session.Environment;
        var catalogue = Catalogue.Procedures(environment);
        var procedure = await choice.ExistsAsync(cancellationToken).ConfigureAwait(false) ? null : ShowProcedureCommand.Find(catalogue, submission.Procedure);
        var units = Catalogue.Units(environment);
        var embedded = await CommandEngine.OpenAsync(
            choice, stored => stored.Under(Known(catalogue, procedure ??= Choose(catalogue, stored, submission.Procedure))), units, Catalogue.Calendar(environment), environment.Clock, queue: 16, cancellationToken).ConfigureAwait(false);
        await using (embedded.ConfigureAwait(false))
        {
            submission = submission with { Procedure = procedure!.Code, ProcedureVersion = procedure.Version.Number };
            var result = await embedded.Engine.SubmitAsync(submission, request, cancellationToken).ConfigureAwait(false);

            // What other agencies get of it is submitted before the command ends.
            await embedded.Engine.CatchUpAsync(cancellationToken).ConfigureAwait(false);
            return await Outcome.ReportAsync(session, result, request).ConfigureAwait(false);
        }
    }

    // A version that was published since is newer than the catalogue's; a file is meant as it is.
    private static Procedure Choose(ProcedureCatalogue catalogue, StoredProcedures stored, string code) =>
        catalogue.Find(code) is { } known ? stored.NewerThan(known) ?? known
        : stored.Newest(code) ?? ShowProcedureCommand.Find(catalogue, code);

    private static List<Procedure> Known(ProcedureCatalogue catalogue, Procedure chosen) =>
        [.. catalogue.All.Where(p => p.Version != chosen.Version), chosen];
}
