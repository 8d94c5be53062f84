using System.CommandLine;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Subscribers;

/// <summary><c>subscriber remove NAME</c> and <c>subscriber rotate NAME --secret-file F</c>.</summary>
internal static class RemoveSubscriberCommand
{
    public static Command Create(HostEnvironment environment)
    {
        var name = new Argument<string>("NAME") { Description = "The subscriber's name." };
        var store = new StoreOptions();
        var json = SharedOptions.Json();
        var command = new Command("remove", "Removes a subscriber and forgets what it is owed.") { name };
        store.AddTo(command);
        command.Add(json);
        command.SetAction((parsed, cancellation) => RunAsync(
            new Session(environment, parsed.GetValue(json)), store.Choose(parsed, environment), parsed.GetRequiredValue(name), null, cancellation));
        return command;
    }

    /// <summary>The command that replaces secrets.</summary>
    public static Command CreateRotate(HostEnvironment environment)
    {
        var name = new Argument<string>("NAME") { Description = "The subscriber's name." };
        var secrets = new Option<string>("--secret-file") { Description = "The secrets from now on, a line each, the newest first; keep the old one behind it until the receiver knows the new one.", HelpName = "FILE", Required = true };
        var store = new StoreOptions();
        var json = SharedOptions.Json();
        var command = new Command("rotate", "Gives a webhook other secrets.") { name, secrets };
        store.AddTo(command);
        command.Add(json);
        command.SetAction((parsed, cancellation) => RunAsync(
            new Session(environment, parsed.GetValue(json)), store.Choose(parsed, environment), parsed.GetRequiredValue(name), parsed.GetRequiredValue(secrets), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Session session, StoreChoice choice, string name, string? secretFile, CancellationToken cancellationToken)
    {
        var secrets = secretFile is null ? [] : SecretFile.Read(secretFile);
        var subscribers = await SubscriberStore.OpenAsync(choice, cancellationToken).ConfigureAwait(false);
        await using (subscribers.ConfigureAwait(false))
        {
            var found = secretFile is null
                ? await subscribers.Desk.RemoveAsync(name, cancellationToken).ConfigureAwait(false)
                : await ReplaceAsync(subscribers, name, secretFile, secrets, cancellationToken).ConfigureAwait(false);
            if (!found)
            {
                throw await SubscriberStore.UnknownAsync(subscribers.Desk, name, cancellationToken).ConfigureAwait(false);
            }

            await session.ResultAsync(
                secretFile is null ? new { Name = name, Removed = true } : new { Name = name, Secrets = secrets.Count },
                [secretFile is null ? $"subscriber {name} is removed" : $"subscriber {name} is signed for with {secrets.Count} {(secrets.Count == 1 ? "secret" : "secrets")} from now on"]).ConfigureAwait(false);
            return ExitStatus.Done;
        }
    }

    private static async Task<bool> ReplaceAsync(SubscriberStore subscribers, string name, string file, IReadOnlyList<string> secrets, CancellationToken cancellationToken)
    {
        try
        {
            return await subscribers.Desk.ReplaceSecretsAsync(name, secrets, cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException mistake) when (mistake.ParamName == "secrets")
        {
            throw new UnusableInputException($"{file}: {Faults.OneLine(mistake.Message.Replace(" (Parameter 'secrets')", string.Empty, StringComparison.Ordinal))}");
        }
    }
}
