using System.CommandLine;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Subscribers;

/// <summary><c>subscriber retry NAME</c>: what is parked, and the subscriber itself when it is paused, goes on.</summary>
internal static class RetrySubscriberCommand
{
    public static Command Create(HostEnvironment environment)
    {
        var name = new Argument<string>("NAME") { Description = "The subscriber's name." };
        var dossier = new Option<string?>("--dossier") { Description = "Only what waits of this dossier.", HelpName = "CODE" };
        var skip = new Option<bool>("--skip") { Description = "Give up the first delivery that waits of the dossier; those behind it are made." };
        var store = new StoreOptions();
        var json = SharedOptions.Json();
        var command = new Command("retry", "Lets what waits be delivered again: at once by a running host, otherwise by 'subscriber deliver'.") { name, dossier, skip };
        store.AddTo(command);
        command.Add(json);
        command.SetAction((parsed, cancellation) => RunAsync(
            new Session(environment, parsed.GetValue(json)), store.Choose(parsed, environment), parsed.GetRequiredValue(name), parsed.GetValue(dossier), parsed.GetValue(skip), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Session session, StoreChoice choice, string name, string? dossier, bool skip, CancellationToken cancellationToken)
    {
        if (skip && dossier is null)
        {
            throw new UnusableInputException("--skip gives up a delivery for good: name its dossier with --dossier");
        }

        var subscribers = await SubscriberStore.OpenAsync(choice, cancellationToken).ConfigureAwait(false);
        await using (subscribers.ConfigureAwait(false))
        {
            if (await subscribers.Desk.RetryAsync(name, dossier, skip, cancellationToken).ConfigureAwait(false) is not { } dossiers)
            {
                throw await SubscriberStore.UnknownAsync(subscribers.Desk, name, cancellationToken).ConfigureAwait(false);
            }

            if (dossier is not null && dossiers == 0)
            {
                throw new UnusableInputException($"nothing of dossier '{Faults.OneLine(dossier)}' waits for subscriber {name}: see 'subscriber list'");
            }

            await session.ResultAsync(
                new { Name = name, Dossiers = dossiers, Skipped = skip },
                [$"{dossiers:N0} {(dossiers == 1 ? "dossier goes" : "dossiers go")} on for subscriber {name}{(skip ? ", without the delivery that waited first" : string.Empty)}"]).ConfigureAwait(false);
            return ExitStatus.Done;
        }
    }
}
