using System.CommandLine;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Timers;
using Workflow.Host.Procedures;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Dossiers;

/// <summary><c>dossier fire CODE TRIGGER</c>: one command by hand.</summary>
internal static class FireCommand
{
    public static Command Create(HostEnvironment environment)
    {
        var code = new Argument<string>("CODE") { Description = "The dossier's code." };
        var trigger = new Argument<string>("TRIGGER") { Description = "The trigger." };
        var reason = new Option<string?>("--reason") { Description = "Why; for a refusal and a request for supplement.", HelpName = "TEXT" };
        var ground = new Option<string?>("--ground") { Description = "The legal ground of a refusal.", HelpName = "TEXT" };
        var items = new Option<string[]>("--item") { Description = "What has to be supplemented; may be given several times.", HelpName = "TEXT" };
        var payment = new Option<string?>("--payment") { Description = "A payment in dong: AMOUNT, AMOUNT:METHOD or all three; cash when no method is named.", HelpName = "AMOUNT:METHOD:REFERENCE" };
        var amount = new Option<long?>("--amount") { Description = "A further amount to be paid, in dong.", HelpName = "DONG" };
        var result = new Option<string?>("--result") { Description = "The number or code of the result, with a decision.", HelpName = "TEXT" };
        var expected = new Option<int?>("--expected-version") { Description = "Refuse the command when the dossier has another version.", HelpName = "N" };
        var fields = GivenParts.FieldOption();
        var documents = GivenParts.DocumentOption();
        var actor = new ActorOptions();
        var store = new StoreOptions();
        var json = SharedOptions.Json();
        var command = new Command("fire", "Fires a trigger of a dossier.") { code, trigger, reason, ground, items, payment, amount, result, fields, documents, expected };
        actor.AddTo(command, gives: true);
        store.AddTo(command);
        command.Add(json);
        command.SetAction((parsed, cancellation) =>
        {
            var fire = new FireTrigger(parsed.GetRequiredValue(trigger))
            {
                Reason = parsed.GetValue(reason),
                Ground = parsed.GetValue(ground),
                Items = parsed.GetValue(items) ?? [],
                Payment = GivenParts.Payment(parsed.GetValue(payment)),
                Amount = parsed.GetValue(amount),
                Result = parsed.GetValue(result),
                Fields = GivenParts.Fields(parsed.GetValue(fields)),
                Documents = GivenParts.Documents(parsed.GetValue(documents)),
            };
            var request = actor.Request(parsed) with { ExpectedVersion = Version(parsed.GetValue(expected)) };
            return RunAsync(
                new Session(environment, parsed.GetValue(json)), store.Choose(parsed, environment), GivenParts.Code(parsed.GetRequiredValue(code)), fire, request, cancellation);
        });
        return command;
    }

    private static int? Version(int? expected) => expected is null or >= 1
        ? expected
        : throw new UnusableInputException($"--expected-version {expected} is no version: the first is 1, and 'dossier show' tells the one a dossier has");

    private static async Task<int> RunAsync(
        Session session, StoreChoice choice, DossierCode code, FireTrigger fire, CommandRequest request, CancellationToken cancellationToken)
    {
        await choice.RequireAsync(cancellationToken).ConfigureAwait(false);
        var environment = session.Environment;

        // What is entered later is done under the clock of then: a timer that is found due would otherwise fire now, and legal time never goes back.
        var now = environment.Clock.GetUtcNow();
        var clock = request.OccurredAt is { } at && at < now ? new VirtualClock(at) : environment.Clock;
        var embedded = await CommandEngine.OpenAsync(
            choice, stored => stored.With([]), Catalogue.Units(environment), Catalogue.Calendar(environment), clock, queue: 16, cancellationToken).ConfigureAwait(false);
        await using (embedded.ConfigureAwait(false))
        {
            // What silence came to by then comes first.
            await embedded.Engine.FireDueTimersAsync(clock.GetUtcNow(), cancellationToken).ConfigureAwait(false);
            var result = await embedded.Engine.ExecuteAsync(code, fire, request, cancellationToken).ConfigureAwait(false);

            // What other agencies get of it is submitted before the command ends.
            await embedded.Engine.CatchUpAsync(cancellationToken).ConfigureAwait(false);
            return await Outcome.ReportAsync(session, result, request).ConfigureAwait(false);
        }
    }
}
