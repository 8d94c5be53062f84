using System.CommandLine;
using Workflow.Engine.Journal;
using Workflow.Engine.Outbox;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Subscribers;

/// <summary><c>subscriber list</c>: how every subscriber fares, and what it is owed.</summary>
internal static class ListSubscribersCommand
{
    private const int MostLines = 50;

    public static Command Create(HostEnvironment environment)
    {
        var parked = new Option<bool>("--parked") { Description = "Only what waits for 'subscriber retry'." };
        var store = new StoreOptions();
        var json = SharedOptions.Json();
        var command = new Command("list", "Lists subscribers: where each stands, how far it is behind, whether it rests, and the dossiers whose deliveries wait.") { parked };
        store.AddTo(command);
        command.Add(json);
        command.SetAction((parsed, cancellation) => RunAsync(
            new Session(environment, parsed.GetValue(json)), store.Choose(parsed, environment), parsed.GetValue(parked), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(Session session, StoreChoice choice, bool parkedOnly, CancellationToken cancellationToken)
    {
        var subscribers = await SubscriberStore.OpenAsync(choice, cancellationToken).ConfigureAwait(false);
        await using (subscribers.ConfigureAwait(false))
        {
            var reports = await subscribers.Desk.ListAsync(cancellationToken).ConfigureAwait(false);
            if (parkedOnly)
            {
                reports = [.. reports.Select(r => r with { Owed = [.. r.Owed.Where(o => o.IsParked)] }).Where(r => r.Owed.Count > 0 || r.Standing.Paused is not null)];
            }

            await session.ResultAsync(Json(reports), Lines(reports)).ConfigureAwait(false);
            return IsFound(reports) ? ExitStatus.Found : ExitStatus.Done;
        }
    }

    /// <summary>Whether something waits for a person.</summary>
    public static bool IsFound(IEnumerable<SubscriberReport> reports) => reports.Any(r => r.Standing.Paused is not null || r.Owed.Any(o => o.IsParked));

    /// <summary>A number of rows in words.</summary>
    public static string Rows(long count) => $"{count:N0} {(count == 1 ? "row" : "rows")}";

    private static object Json(IReadOnlyList<SubscriberReport> reports) => new
    {
        Subscribers = reports.Select(r => new
        {
            r.Name,
            r.Url,
            r.Format,
            r.Filter.Procedures,
            r.Filter.Units,
            StatusChanges = r.Filter.StatusChangesOnly,
            AddedAt = StoredTimeText(r.AddedAt),
            Position = r.Position.ToString(),
            r.Lag,
            r.Standing.Paused,
            RestingUntil = r.Standing.RestsUntil is { } until ? StoredTimeText(until) : null,
            r.Standing.Failures,
            r.Standing.LastError,
            Troubled = r.Owed.Count,
            Parked = r.Owed.Where(o => o.IsParked).Select(Row),
            Waiting = r.Owed.Where(o => !o.IsParked).Select(Row),
        }),
    };

    private static object Row(OwedDossier owed) => new
    {
        Dossier = owed.Code, owed.Version, owed.Attempts, NextAttempt = owed.IsParked ? null : StoredTimeText(owed.NextAttemptAt), owed.LastError,
    };

    private static IEnumerable<string> Lines(IReadOnlyList<SubscriberReport> reports)
    {
        if (reports.Count == 0)
        {
            yield return "nothing to list";
        }

        foreach (var report in reports)
        {
            var standing = report.Standing;
            var how = standing.Paused is { } why ? $"paused ({why}): 'subscriber retry {report.Name}' when it is mended"
                : standing.RestsUntil is { } until ? $"down ({standing.LastError}), tried again at {StoredTimeText(until)}"
                : "up";
            yield return $"{report.Name}  {report.Url ?? "in a host's process"}  {report.Format}  {Rows(report.Lag)} behind  {how}";
            foreach (var owed in report.Owed.OrderByDescending(o => o.IsParked).Take(MostLines))
            {
                var next = owed.IsParked ? "parked" : $"tried again at {StoredTimeText(owed.NextAttemptAt)}";
                yield return $"  {owed.Code} from version {owed.Version}: {next} after {owed.Attempts} {(owed.Attempts == 1 ? "attempt" : "attempts")} ({owed.LastError})";
            }

            if (report.Owed.Count > MostLines)
            {
                yield return $"  and {report.Owed.Count - MostLines:N0} more (all with --json)";
            }
        }
    }

    private static string StoredTimeText(DateTimeOffset time) =>
        time.ToOffset(TimeSpan.FromHours(7)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);
}
