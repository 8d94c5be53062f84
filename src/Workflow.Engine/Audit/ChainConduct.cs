using Workflow.Core.Dossiers;
using Workflow.Core.Indicators;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Audit;

/// <summary>Gathers from one dossier's events what should be asked about. Takes rows in their order; for one thread.</summary>
internal sealed class ChainConduct(string code)
{
    private readonly ClockPatterns _clock = new(code);
    private List<Pattern>? _patterns;

    public IReadOnlyList<Pattern> Patterns => _patterns ?? (IReadOnlyList<Pattern>)[];

    /// <summary>The submission with when and by whom, when it was read.</summary>
    public (DossierSubmitted Event, DateTimeOffset At, string Actor)? Submission { get; private set; }

    /// <summary>When the dossier ended without a result after its promise had passed, or null.</summary>
    public DateTimeOffset? EndedOverdueAt => _clock.EndedOverdueAt;

    /// <summary>Every account's new dates are counted over all dossiers.</summary>
    public List<(int Version, string Actor, DateTimeOffset At, IReadOnlyList<DossierEvent> Events)>? Extensions { get; private set; }

    public void Take(JournalRow row, IReadOnlyList<DossierEvent> events)
    {
        if (row.Version == 1 && events[0] is DossierSubmitted submitted)
        {
            Submission = (submitted, row.OccurredAt, row.Actor);
        }

        if (_clock.Fold(row.Version, row.Actor, row.OccurredAt, events) is { Count: > 0 } found)
        {
            (_patterns ??= []).AddRange(found);
        }

        for (var i = 0; i < events.Count; i++)
        {
            if (events[i] is DossierReappointed)
            {
                (Extensions ??= []).Add((row.Version, row.Actor, row.OccurredAt, events));
                break;
            }
        }
    }
}
