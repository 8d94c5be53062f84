using System.Globalization;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Procedures;
using Workflow.Engine.Followers;
using Workflow.Engine.Telemetry;

namespace Workflow.Engine.Legs;

/// <summary>Carries out what the journal says about legs: submits their dossiers, tells the parents what became of them, takes back what was recalled.</summary>
/// <remarks>
/// No transaction spans dossiers. It is given every entry at least once, and every command that it gives bears an id that follows from the
/// entry alone; together each is done exactly once, wherever it was interrupted.
/// </remarks>
internal sealed class LegFollower(ILegDesk desk) : IJournalFollower
{
    /// <summary>The caller in whose name it gives commands.</summary>
    public const string Caller = "system:legs";

    /// <summary>The name of its cursor.</summary>
    public const string FollowerName = "legs";

    public string Name => FollowerName;

    /// <summary>The id under which a leg's dossier is submitted.</summary>
    public static CommandId SubmissionId(string parent, int number) => Id($"leg:{parent}:{number}");

    public async ValueTask HandleAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
    {
        var errands = new List<Errand>();
        foreach (var entry in entries)
        {
            foreach (var happened in entry.Events)
            {
                if (happened is LegDispatched or LegRecalled)
                {
                    errands.Add(new Errand(entry.Code.Value, entry, happened));
                }
                else if (happened is LegReport report)
                {
                    errands.Add(new Errand(report.Parent, entry, happened));
                }
            }
        }

        if (errands.Count == 0)
        {
            return;
        }

        // All submissions first and in the journal's order, so that the same journal gives the same dossier numbers.
        var submitted = await SubmitAsync(errands, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();

        // Then each parent in its own order; parents side by side, so that they share commits.
        await Task.WhenAll(errands.GroupBy(e => e.Parent, StringComparer.Ordinal).Select(chain => RunAsync(chain, submitted, cancellationToken))).ConfigureAwait(false);
    }

    private async Task<Dictionary<Errand, CommandResult>> SubmitAsync(List<Errand> errands, CancellationToken ct)
    {
        var due = new List<Errand>();
        foreach (var errand in errands)
        {
            if (errand.Event is LegDispatched leg && await IsAwaitedAsync(errand.Entry, leg, ct).ConfigureAwait(false))
            {
                due.Add(errand);
            }
        }

        var given = due.ConvertAll(e => (Errand: e, Result: SubmitAsync(e)));
        await Task.WhenAll(given.Select(g => g.Result)).ConfigureAwait(false);
        return given.ToDictionary(g => g.Errand, g => g.Result.Result);
    }

    // Up to the first await this takes the number, so numbers follow the order of the calls.
    private async Task<CommandResult> SubmitAsync(Errand errand)
    {
        using var span = Spans.Leg(errand.Entry.Trace);
        var leg = (LegDispatched)errand.Event;
        return await desk.SubmitAsync(Submission(errand.Parent, leg), SubmissionId(errand.Parent, leg.Number)).ConfigureAwait(false);
    }

    // A leg whose submission was refused once is not tried again, although a refusal is not stored: the parent knows of its end. Memory
    // that is behind the journal knows nothing yet; the command's id is the guard then.
    private async ValueTask<bool> IsAwaitedAsync(JournalEntry entry, LegDispatched leg, CancellationToken ct)
    {
        var parent = await desk.FindAsync(entry.Code, ct).ConfigureAwait(false);
        return parent is null || parent.Version < entry.Version || parent.Legs?.FirstOrDefault(l => l.Number == leg.Number) is { IsOpen: true, Code: null };
    }

    private async Task RunAsync(IEnumerable<Errand> chain, Dictionary<Errand, CommandResult> submitted, CancellationToken ct)
    {
        foreach (var errand in chain)
        {
            ct.ThrowIfCancellationRequested();
            using var span = Spans.Leg(errand.Entry.Trace);
            switch (errand.Event)
            {
                case LegDispatched leg when submitted.TryGetValue(errand, out var result):
                    await OpenAsync(errand, leg.Number, result).ConfigureAwait(false);
                    break;
                case LegRecalled leg:
                    await RecallAsync(errand, leg.Number, ct).ConfigureAwait(false);
                    break;
                case AcknowledgementReported report:
                    await TellAsync(errand, new AcknowledgeLeg(report.LegNumber, errand.Entry.OccurredAt), Id($"leg-acknowledged:{errand.Entry.Code}:{errand.Entry.Version}")).ConfigureAwait(false);
                    break;
                case OutcomeReported report:
                    var end = new EndLeg(report.LegNumber, report.Outcome, errand.Entry.OccurredAt) { Result = report.Result, State = report.State, Status = report.Status };
                    await TellAsync(errand, end, Id($"leg-ended:{errand.Entry.Code}:{errand.Entry.Version}")).ConfigureAwait(false);
                    break;
            }
        }
    }

    private ValueTask OpenAsync(Errand errand, int number, CommandResult submission) => submission switch
    {
        CommandResult.Accepted accepted => TellAsync(errand, new OpenLeg(number, accepted.Code.Value), Id($"leg-opened:{number}")),

        // Personal data may have been erased between two tries: the dossier is there all the same.
        CommandResult.IdReused known => TellAsync(errand, new OpenLeg(number, known.Code.Value), Id($"leg-opened:{number}")),
        CommandResult.Rejected rejected => TellAsync(
            errand,
            new EndLeg(number, LegOutcome.Badly, errand.Entry.OccurredAt) { Unmet = [.. rejected.Unmet.Select(u => u.Name).Distinct(StringComparer.Ordinal)] },
            Id($"leg-refused:{number}")),
        _ => throw new InvalidOperationException($"The engine did not take leg {number} of dossier {errand.Parent}: {submission}."),
    };

    // Where neither withdrawal nor stopping is permitted any more, the agency ends what it has begun.
    private async ValueTask RecallAsync(Errand errand, int number, CancellationToken ct)
    {
        if (await desk.FindSubmittedAsync(SubmissionId(errand.Parent, number), ct).ConfigureAwait(false) is not { } leg
            || await desk.PermittedAsync(leg, ct).ConfigureAwait(false) is not { } permitted)
        {
            return;
        }

        var way = permitted.FirstOrDefault(p => p is { Act: Act.Withdraw, IsPermitted: true }) ?? permitted.FirstOrDefault(p => p is { Act: Act.Stop, IsPermitted: true });
        if (way is not null)
        {
            var command = new FireTrigger(way.Trigger) { Reason = $"recalled: dossier {errand.Parent} went on without this leg" };
            await desk.ExecuteAsync(leg, command, Id($"leg-recalled:{errand.Parent}:{number}")).ConfigureAwait(false);
        }
    }

    private async ValueTask TellAsync(Errand errand, DossierCommand command, CommandId id)
    {
        // What comes too late is refused as such, and so done. Anything else is tried again: a leg must not get lost.
        if (await desk.ExecuteAsync(new DossierCode(errand.Parent), command, id).ConfigureAwait(false) is CommandResult.Rejected rejected
            && rejected.Unmet.Any(u => u.Name is not ("leg-awaited" or "open")))
        {
            throw new InvalidOperationException($"Dossier {errand.Parent} refused what became of its leg ({command}): {string.Join("; ", rejected.Unmet)}.");
        }
    }

    private static SubmitDossier Submission(string parent, LegDispatched leg) => new(leg.Procedure, leg.Unit)
    {
        Channel = leg.Channel,
        Applicant = leg.Personal?.Applicant,
        Fields = [.. leg.Fields, .. leg.Personal?.Fields ?? []],
        Documents = leg.Documents,
        LegOf = new LegOrigin(parent, leg.Number, leg.Owner),
    };

    private static CommandId Id(FormattableString text) => new(text.ToString(CultureInfo.InvariantCulture));

    // Compared by reference: an entry may hold two legs.
    private sealed class Errand(string parent, JournalEntry entry, DossierEvent happened)
    {
        public string Parent => parent;

        public JournalEntry Entry => entry;

        public DossierEvent Event => happened;
    }
}
