using Workflow.Core.Calendars;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Commits;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Activation;

/// <summary>What the projection of a dossier came to: neither of the two when its date stays, or it has no running limit.</summary>
internal readonly record struct ProjectionOutcome(bool Moved, RefusedProjection? Refused);

/// <content>Promised dates under a calendar that was published later.</content>
internal sealed partial class ActiveDossier
{
    /// <summary>The caller in whose name promised dates are computed again.</summary>
    public const string CalendarCaller = "system:calendar";

    private const int HistoryPage = 500;

    // What a dossier says whose date is none of the publication's business.
    private static readonly HashSet<string> s_untouched = new(["promise-changed", "clock-running", "open"], StringComparer.Ordinal);

    /// <summary>Computes the promised date again; the same calendar a second time changes nothing.</summary>
    public async ValueTask<ProjectionOutcome> ProjectInTurnAsync(CalendarBook calendar, ProjectDeadline command)
    {
        await ConfirmInTurnAsync().ConfigureAwait(false);
        if (_dossier is { IsCountKnown: false, Clock.StoppedAt: null })
        {
            await RebuildCountInTurnAsync(_dossier).ConfigureAwait(false);
        }

        var request = new CommandRequest(new CommandId($"calendar-{calendar.KnownAt(parts.Now).Version}"), Actor.System) { Caller = CalendarCaller };
        return await ExecuteInTurnAsync(command, request).ConfigureAwait(false) switch
        {
            CommandResult.Accepted { IsRepeat: false } accepted => new ProjectionOutcome(accepted.Events.OfType<PromiseRecomputed>().Any(e => e.Promise.Due != e.OldDue), null),
            CommandResult.Rejected rejected when !rejected.Unmet.All(u => s_untouched.Contains(u.Name)) =>
                new ProjectionOutcome(false, new RefusedProjection(code, rejected.Unmet)),
            _ => default,
        };
    }

    // Only how the limit ran is taken from the history: the rest of the dossier may have lost personal data since.
    private async ValueTask RebuildCountInTurnAsync(Dossier stored)
    {
        Dossier? replayed = null;
        while ((replayed?.Version ?? 0) < stored.Version)
        {
            var rows = await parts.Store.ReadHistoryAsync(code.Value, (replayed?.Version ?? 0) + 1, HistoryPage, CancellationToken.None).ConfigureAwait(false);
            if (rows.Count == 0)
            {
                throw new StorageCorruptException($"Dossier {code} has version {stored.Version}, and its history ends at {replayed?.Version ?? 0}: run an audit of the journal.");
            }

            foreach (var row in rows.TakeWhile(r => r.Version <= stored.Version))
            {
                var events = Recording.Read(row).Events;
                replayed = replayed is null ? Dossier.Create(stored.Procedure, events, row.OccurredAt) : replayed.Apply(events, row.OccurredAt);
            }
        }

        _dossier = stored.WithCountOf(replayed!);
    }
}
