using System.CommandLine;
using Workflow.Core.Diagrams;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Procedures;
using Workflow.Host.Diagrams;
using Workflow.Host.Procedures;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Dossiers;

/// <summary><c>dossier show CODE</c>: where a dossier stands, what may be done with it, what happened.</summary>
internal static class ShowDossierCommand
{
    public static Command Create(HostEnvironment environment)
    {
        var code = new Argument<string>("CODE") { Description = "The dossier's code." };
        var actor = new ActorOptions();
        var store = new StoreOptions();
        var json = SharedOptions.Json();
        var command = new Command("show", "Shows where a dossier stands, its permitted triggers and its history.") { code };
        actor.AddTo(command, gives: false);
        var format = new DiagramFormat();
        format.AddTo(command);
        store.AddTo(command);
        command.Add(json);
        command.SetAction((parsed, cancellation) =>
        {
            var session = new Session(environment, parsed.GetValue(json));
            var (directory, dossier) = (store.Choose(parsed, environment), GivenParts.Code(parsed.GetRequiredValue(code)));
            if (format.IsText(parsed))
            {
                return RunAsync(session, directory, dossier, actor.Actor(parsed), cancellation);
            }

            return session.IsJson
                ? throw new UnusableInputException("--json and a picture cannot be printed at once: leave one of --json and --format out")
                : DrawAsync(session, directory, dossier, format, parsed, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(Session session, StoreChoice choice, DossierCode code, Actor? actor, CancellationToken cancellationToken)
    {
        await choice.RequireAsync(cancellationToken).ConfigureAwait(false);
        var environment = session.Environment;
        var embedded = await CommandEngine.OpenAsync(
            choice, stored => stored.With([]), Catalogue.Units(environment), Catalogue.Calendar(environment), environment.Clock, queue: 16, cancellationToken).ConfigureAwait(false);
        await using (embedded.ConfigureAwait(false))
        {
            var dossier = await embedded.Engine.FindAsync(code, cancellationToken).ConfigureAwait(false) ?? throw Outcome.NotFound(code);
            var permitted = await embedded.Engine.PermittedAsync(code, actor ?? new Actor("nobody", [], null), cancellationToken).ConfigureAwait(false) ?? [];
            var history = await embedded.HistoryAsync(dossier, cancellationToken).ConfigureAwait(false);
            var state = embedded.Procedures.Find(dossier.Procedure, dossier.ProcedureVersion)?.Content.States.FirstOrDefault(s => s.Name == dossier.State);
            await session.ResultAsync(Json(dossier, state, permitted, history), Lines(dossier, state, permitted, history, named: actor is not null)).ConfigureAwait(false);
            return ExitStatus.Done;
        }
    }

    private static async Task<int> DrawAsync(Session session, StoreChoice choice, DossierCode code, DiagramFormat format, ParseResult parsed, CancellationToken cancellationToken)
    {
        await choice.RequireAsync(cancellationToken).ConfigureAwait(false);
        var environment = session.Environment;
        var embedded = await CommandEngine.OpenAsync(
            choice, stored => stored.With([]), Catalogue.Units(environment), Catalogue.Calendar(environment), environment.Clock, queue: 16, cancellationToken).ConfigureAwait(false);
        await using (embedded.ConfigureAwait(false))
        {
            var dossier = await embedded.Engine.FindAsync(code, cancellationToken).ConfigureAwait(false) ?? throw Outcome.NotFound(code);
            var path = DossierPath.Of((await embedded.HistoryAsync(dossier, cancellationToken).ConfigureAwait(false)).Select(h => (h.OccurredAt, h.Events)));
            await format.WriteAsync(parsed, environment, options => Diagram.Of(embedded.ProcedureOf(dossier), path, options)).ConfigureAwait(false);
            return ExitStatus.Done;
        }
    }

    private static object Json(DossierSnapshot dossier, StateDefinition? state, IReadOnlyList<PermittedTrigger> permitted, List<HistoryEntry> history) => new
    {
        dossier.Code,
        dossier.Procedure,
        dossier.ProcedureVersion,
        dossier.Version,
        dossier.State,
        Status = (int?)state?.Status,
        dossier.Unit,
        dossier.Role,
        dossier.Assignee,
        dossier.SubmittedAt,
        dossier.AcceptedAt,
        Due = dossier.Clock?.Due,
        SuspendedAt = dossier.Clock?.SuspendedAt,
        dossier.ClosedAt,
        dossier.Timeliness,
        dossier.Parent,
        dossier.LegNumber,
        Legs = dossier.Legs?.Select(l => new { l.Number, l.Name, l.Unit, l.State, l.Code, l.AcknowledgeBy, l.Due, l.DeemedAt, l.IsUnacknowledged, l.IsLate, l.Outcome, l.Result }),
        Permitted = permitted.Select(p => new { p.Trigger, p.Roles, p.IsPermitted, p.Unmet }),
        History = history.Select(h => new { h.Version, h.OccurredAt, h.RecordedAt, h.Actor, h.Unit, Trigger = TriggerOf(h), Events = h.Events.Select(e => e.GetType().Name) }),
    };

    private static IEnumerable<string> Lines(DossierSnapshot dossier, StateDefinition? state, IReadOnlyList<PermittedTrigger> permitted, List<HistoryEntry> history, bool named)
    {
        yield return $"{dossier.Code}  {dossier.Procedure}@{dossier.ProcedureVersion}, version {dossier.Version}";
        yield return $"  state      {dossier.State}{(state?.Label is { } label ? $"  {label.Vi}{(label.En is null ? string.Empty : $" / {label.En}")}" : string.Empty)}";
        if (state?.Status is { } status)
        {
            yield return $"  status     {(int)status} ({status})";
        }

        yield return $"  with       {dossier.Unit}{(dossier.Role is null ? string.Empty : $", {dossier.Role}")}{(dossier.Assignee is null ? string.Empty : $", {dossier.Assignee}")}";
        yield return $"  submitted  {Times.Show(dossier.SubmittedAt)}";
        if (dossier.Clock is { } clock)
        {
            var suspended = clock is { SuspendedAt: { } at, StoppedAt: null } ? $", suspended since {Times.Show(at)}" : string.Empty;
            yield return $"  due        {Times.Show(clock.Due)} ({clock.Limit}){suspended}";
        }

        if (dossier.ClosedAt is { } closed)
        {
            yield return $"  closed     {Times.Show(closed)}{(dossier.Timeliness is null ? string.Empty : $", {dossier.Timeliness}")}";
        }

        if (dossier.Parent is { } parent)
        {
            yield return $"  leg of     {parent}, number {dossier.LegNumber}";
        }

        foreach (var leg in dossier.Legs ?? [])
        {
            yield return $"  leg {leg.Number,-6} {LegLine(leg)}";
        }

        foreach (var trigger in permitted)
        {
            var by = trigger.Roles.Count == 0 ? string.Empty : $" by {string.Join(" or ", trigger.Roles)}";
            yield return !named ? $"  trigger    {trigger.Trigger}{by}"
                : trigger.IsPermitted ? $"  may fire   {trigger.Trigger}{by}"
                : $"  may not    {trigger.Trigger}{by}: {Faults.OneLine(string.Join("; ", trigger.Unmet))}";
        }

        if (!named && permitted.Count > 0)
        {
            yield return "  (with --as, --role and --actor-unit: which of these that account may fire now, and why not the others)";
        }

        foreach (var entry in history)
        {
            yield return $"  {entry.Version,4}  {Times.Show(entry.OccurredAt)}  {entry.Actor}  {TriggerOf(entry) ?? string.Join(", ", entry.Events.Select(e => e.GetType().Name))}";
        }
    }

    private static string LegLine(DossierLeg leg)
    {
        var alerts = (leg.IsUnacknowledged ? ", not acknowledged in time" : string.Empty) + (leg.IsLate ? ", late" : string.Empty);
        var outcome = leg.Outcome is null ? string.Empty : $" {leg.Outcome}{(leg.Result is null ? string.Empty : $" ({leg.Result})")}";
        var due = leg is { IsOpen: true, Due: { } until } ? $", due {Times.Show(until)}" : string.Empty;
        return $"{leg.Name}, {leg.Unit}: {leg.State}{outcome}{due}{alerts}{(leg.Code is null ? string.Empty : $", dossier {leg.Code}")}";
    }

    private static string? TriggerOf(HistoryEntry entry) => entry.Events.OfType<DossierMoved>().FirstOrDefault()?.Trigger;
}
