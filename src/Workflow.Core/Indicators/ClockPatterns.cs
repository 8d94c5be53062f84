using Workflow.Core.Calendars;
using Workflow.Core.Deadlines;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;

namespace Workflow.Core.Indicators;

/// <summary>Finds how the clock of one dossier was treated when its time was over, or nearly. Its commands come in their order. Not thread-safe.</summary>
/// <param name="dossier">The dossier's code.</param>
public sealed class ClockPatterns(string dossier)
{
    // A notice of what is missing comes within three working days (Decree 61/2018 Art 19.4), so a shorter limit may end with it.
    private const int NoticeDays = 3;

    private DateTimeOffset? _due;
    private DateTimeOffset? _suspendedAt;
    private bool _isShort;
    private bool _wasOverdue;
    private DateTimeOffset? _endedAt;

    /// <summary>When the dossier ended without a result after its promise had passed; null when it did not.</summary>
    public DateTimeOffset? EndedOverdueAt => _wasOverdue ? _endedAt : null;

    /// <summary>Takes in one accepted command; returns the patterns that it shows.</summary>
    public IReadOnlyList<Pattern> Fold(int version, string actor, DateTimeOffset occurredAt, IReadOnlyList<DossierEvent> events)
    {
        ArgumentNullException.ThrowIfNull(events);
        List<Pattern>? found = null;
        foreach (var happened in events)
        {
            if (Fold(happened, occurredAt) is var (kind, why))
            {
                (found ??= []).Add(new Pattern(kind, dossier, version, actor, why));
            }
        }

        return found ?? (IReadOnlyList<Pattern>)[];
    }

    private (PatternKind Kind, string Why)? Fold(DossierEvent happened, DateTimeOffset at)
    {
        switch (happened)
        {
            case DossierAccepted { Promise: { } promise, Limit: { } limit }:
                _due = promise.Due;
                _isShort = DaysOf(TimeLimit.Parse(limit)) <= NoticeDays;
                return null;
            case SupplementRequested when _due is { } due && !_isShort && WorkingCalendar.DayOf(at) >= WorkingCalendar.DayOf(due):
                return (PatternKind.SupplementOnLastDay, $"a supplement was asked for at {at:yyyy-MM-dd HH:mm}, and the promise was {due:yyyy-MM-dd HH:mm}");
            case ClockSuspended e:
                var stopped = e.Status == PortalStatus.Stopped && IsOverdueAt(at);
                _suspendedAt ??= at;
                return stopped ? (PatternKind.SuspendedWhenOverdue, $"the clock was stopped at {at:yyyy-MM-dd HH:mm}, overdue since {_due:yyyy-MM-dd HH:mm}") : null;
            case ClockResumed e:
                return Moved(e.Promise.Due, null, at, e.Restarted ? "the limit began again" : "the clock went on");
            case DossierReappointed e when !IsOverdueAt(at) && _due is { } due && at >= TimelinessRule.FirstLateMoment(due.AddDays(-1)):
                _due = e.NewDue;
                return (PatternKind.LateReappointment, $"a new date was promised at {at:yyyy-MM-dd HH:mm}, less than a day before the old one of {due:yyyy-MM-dd HH:mm}");
            case DossierReappointed e:
                return Moved(e.NewDue, _suspendedAt, at, "a new date was promised");
            case PromiseRecomputed e:
                return Moved(e.Promise.Due, _suspendedAt, at, "a calendar was published");
            case DossierMigrated e:
                return Moved(e.After.Clock?.Due, e.After.Clock?.SuspendedAt, at, "the dossier was migrated");
            case MigrationTakenBack e:
                return Moved(e.After.Clock?.Due, e.After.Clock?.SuspendedAt, at, "a migration was taken back");
            case ClockStopped e:
                _wasOverdue = e.Timeliness == Timeliness.Overdue;
                _due = null;
                return null;
            case DossierMoved { Status: PortalStatus.Withdrawn or PortalStatus.NotAccepted } or DossierMoved { Closes: true, Status: PortalStatus.Stopped }:
                _endedAt ??= at;
                return null;
            default:
                return null;
        }
    }

    private static decimal DaysOf(TimeLimit limit) => limit.Unit switch
    {
        TimeLimitUnit.WorkingHours => limit.Amount / 8,
        TimeLimitUnit.Hours => limit.Amount / 24,
        TimeLimitUnit.Months => limit.Amount * 30,
        _ => limit.Amount,
    };

    // Whoever was overdue stays so while the new date, too, has passed.
    private (PatternKind Kind, string Why)? Moved(DateTimeOffset? due, DateTimeOffset? suspendedAt, DateTimeOffset at, string how)
    {
        var (was, before) = (IsOverdueAt(at), _due);
        (_due, _suspendedAt) = (due, suspendedAt);
        return was && !IsOverdueAt(at)
            ? (PatternKind.OverdueReset, $"overdue since {before:yyyy-MM-dd HH:mm}, and at {at:yyyy-MM-dd HH:mm} {how}{(due is null ? string.Empty : $": promised for {due:yyyy-MM-dd HH:mm}")}")
            : null;
    }

    // A suspended clock stands at the moment of its suspension.
    private bool IsOverdueAt(DateTimeOffset at) => _due is { } due && TimelinessRule.Of(_suspendedAt is { } stood && stood < at ? stood : at, due) == Timeliness.Overdue;
}
