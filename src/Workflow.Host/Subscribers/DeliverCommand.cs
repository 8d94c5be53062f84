using System.CommandLine;
using Workflow.Host.Procedures;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Subscribers;

/// <summary><c>subscriber deliver [NAME]</c>: delivers up to the journal's end and exits, for offices without a host that runs.</summary>
internal static class DeliverCommand
{
    public static Command Create(HostEnvironment environment)
    {
        var name = new Argument<string?>("NAME") { Description = "The subscriber's name; all webhooks when it is left out.", Arity = ArgumentArity.ZeroOrOne };
        var store = new StoreOptions();
        var json = SharedOptions.Json();
        var command = new Command("deliver", "Delivers to webhooks up to the journal's end and exits. Deliveries that wait and are not parked are tried once.") { name };
        store.AddTo(command);
        command.Add(json);
        command.SetAction((parsed, cancellation) => RunAsync(
            new Session(environment, parsed.GetValue(json)), store.Choose(parsed, environment), parsed.GetValue(name), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Session session, StoreChoice choice, string? name, CancellationToken cancellationToken)
    {
        await choice.RequireAsync(cancellationToken).ConfigureAwait(false);
        var environment = session.Environment;
        var office = await CommandEngine.OpenAsync(
            choice, stored => stored.With([]), Catalogue.Units(environment), Catalogue.Calendar(environment), environment.Clock, queue: 16, cancellationToken).ConfigureAwait(false);
        await using (office.ConfigureAwait(false))
        {
            var desk = office.Engine.Subscribers;
            if (name is not null && !(await desk.ListAsync(cancellationToken).ConfigureAwait(false)).Any(s => s.Name == name))
            {
                throw await SubscriberStore.UnknownAsync(desk, name, cancellationToken).ConfigureAwait(false);
            }

            long delivered;
            using (var progress = session.Progress("delivering"))
            {
                delivered = await office.Engine.DeliverAsync(name, new Seen(progress), cancellationToken).ConfigureAwait(false);
            }

            var reports = (await desk.ListAsync(cancellationToken).ConfigureAwait(false)).Where(r => name is null || r.Name == name).ToList();
            var behind = reports.Where(r => r.Url is not null && (r.Lag > 0 || r.Owed.Count > 0)).ToList();
            await session.ResultAsync(
                new { Delivered = delivered, Behind = behind.Select(r => new { r.Name, r.Lag, Troubled = r.Owed.Count, Parked = r.Owed.Count(o => o.IsParked), r.Standing.LastError }) },
                behind.Select(r => $"  {r.Name}: {ListSubscribersCommand.Rows(r.Lag)} behind, {r.Owed.Count:N0} {(r.Owed.Count == 1 ? "dossier waits" : "dossiers wait")}{(r.Standing.LastError is { } why ? $" ({why})" : string.Empty)}; see 'subscriber list'")
                    .Prepend($"{delivered:N0} {(delivered == 1 ? "delivery" : "deliveries")} taken")).ConfigureAwait(false);
            return behind.Count > 0 ? ExitStatus.Found : ExitStatus.Done;
        }
    }

    private sealed class Seen(ProgressLine line) : IProgress<long>
    {
        public void Report(long value) => line.Report(value, 0, "deliveries");
    }
}
