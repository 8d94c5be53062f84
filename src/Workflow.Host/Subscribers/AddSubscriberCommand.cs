using System.CommandLine;
using Workflow.Engine.Outbox;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Subscribers;

/// <summary><c>subscriber add NAME --url U --secret-file F</c>: a webhook that is told of dossiers.</summary>
internal static class AddSubscriberCommand
{
    public static Command Create(HostEnvironment environment)
    {
        var name = new Argument<string>("NAME") { Description = "The subscriber's name." };
        var url = new Option<string>("--url") { Description = "Where deliveries are posted: https, or http on this machine.", HelpName = "U", Required = true };
        var secrets = new Option<string>("--secret-file") { Description = "The secrets that sign deliveries, 'whsec_...' on a line each, the newest first.", HelpName = "FILE", Required = true };
        var format = new Option<string>("--format") { Description = "The form of the deliveries.", DefaultValueFactory = _ => PayloadFormats.Events };
        format.AcceptOnlyFromAmong([.. PayloadFormats.All]);
        var procedures = new Option<string[]>("--procedure") { Description = "Only dossiers of this procedure; may be given several times.", HelpName = "CODE" };
        var units = new Option<string[]>("--unit") { Description = "Only dossiers that this unit received, settles or has; may be given several times.", HelpName = "CODE" };
        var statusOnly = new Option<bool>("--status-changes") { Description = "Only what changes the portal status." };
        var allowHttp = new Option<bool>("--allow-http") { Description = "Let the address be plain http to another machine." };
        var fromStart = new Option<bool>("--from-start") { Description = "Begin with the journal's first row; without this, with what is accepted from now on." };
        var store = new StoreOptions();
        var json = SharedOptions.Json();
        var command = new Command("add", "Adds a webhook that is told what happens to dossiers, signed and in order per dossier.")
        {
            name, url, secrets, format, procedures, units, statusOnly, allowHttp, fromStart,
        };
        store.AddTo(command);
        command.Add(json);
        command.SetAction((parsed, cancellation) =>
        {
            var secretFile = parsed.GetRequiredValue(secrets);
            var subscriber = new WebhookSubscriber(parsed.GetRequiredValue(name), parsed.GetRequiredValue(url), SecretFile.Read(secretFile))
            {
                AllowsHttp = parsed.GetValue(allowHttp),
                Format = parsed.GetRequiredValue(format),
                Filter = new SubscriberFilter
                {
                    Procedures = parsed.GetValue(procedures) ?? [],
                    Units = parsed.GetValue(units) ?? [],
                    StatusChangesOnly = parsed.GetValue(statusOnly),
                },
            };
            return RunAsync(new Session(environment, parsed.GetValue(json)), store.Choose(parsed, environment), subscriber, secretFile, parsed.GetValue(fromStart), cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(Session session, StoreChoice choice, WebhookSubscriber subscriber, string secretFile, bool fromStart, CancellationToken cancellationToken)
    {
        if (subscriber.Mistake is { } mistake)
        {
            throw new UnusableInputException(Faults.OneLine(mistake == subscriber.MistakeInSecrets ? $"{secretFile}: {mistake}" : mistake));
        }

        var subscribers = await SubscriberStore.OpenAsync(choice, cancellationToken).ConfigureAwait(false);
        await using (subscribers.ConfigureAwait(false))
        {
            if (subscriber.Filter is { Procedures.Count: > 0 } or { Units.Count: > 0 }
                && (await subscribers.CodesAsync(session.Environment, cancellationToken).ConfigureAwait(false)).MistakeIn(subscriber.Filter) is { } unknown)
            {
                throw new UnusableInputException(Faults.OneLine(unknown));
            }

            if (!await subscribers.Desk.AddAsync(subscriber, fromStart, cancellationToken).ConfigureAwait(false))
            {
                throw new UnusableInputException($"there is a subscriber '{subscriber.Name}' already: name this one otherwise, or remove that one");
            }

            var report = (await subscribers.Desk.ListAsync(cancellationToken).ConfigureAwait(false)).Single(s => s.Name == subscriber.Name);
            await session.ResultAsync(
                new { report.Name, report.Url, report.Format, report.Lag },
                [$"subscriber {report.Name} is told of {(fromStart ? $"everything from the first row on ({ListSubscribersCommand.Rows(report.Lag)} behind)" : "what is accepted from now on")} at {report.Url}"]).ConfigureAwait(false);
            return ExitStatus.Done;
        }
    }
}
