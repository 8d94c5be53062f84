using Workflow.Core.Calendars;
using Workflow.Core.Deadlines;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;

namespace Workflow.Core.Indicators;

/// <summary>The clock of the service-quality index (Decision 766/QĐ-TTg), folded from a dossier's events alone, apart from the legal clock.</summary>
/// <remarks>
/// <para>The two clocks disagree on purpose. The law may count the whole limit again after a supplement (Decree 61/2018/NĐ-CP, Article 19.4);
/// the index subtracts the time of the supplement whatever the law does, and takes a second request for overdue.</para>
/// <para>The appointment is the date that was promised at acceptance. A new date with an apology, a payment or a stop that held the limit up, and
/// a calendar that was published later move it as they move the legal one; a supplement does not, since its time is subtracted.</para>
/// <para>Not thread-safe: it belongs to one fold. The events come in their order, those of the submission first.</para>
/// </remarks>
public sealed class IndicatorClock
{
    private readonly List<Suspension> _supplements = [];
    private DateTimeOffset _submittedAt;
    private DateTimeOffset? _acceptedAt;
    private DateTimeOffset? _appointment;
    private DateTimeOffset? _legalDue;

    // The moment of a request that was not answered yet.
    private DateTimeOffset? _requestedAt;
    private bool _waitsForSupplement;

    // The first moment of each kind of end.
    private DateTimeOffset? _processedAt;
    private DateTimeOffset? _returnedAt;
    private DateTimeOffset? _brokenOffAt;

    /// <summary>How many supplements were asked for.</summary>
    public int SupplementRequests { get; private set; }

    /// <summary>Takes in what one accepted command did.</summary>
    public void Fold(DateTimeOffset occurredAt, IReadOnlyList<DossierEvent> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            Fold(events[i], occurredAt);
        }
    }

    /// <summary>Judges the dossier at the end of a period of which no later event was folded.</summary>
    /// <param name="periodEnd">The end of the period: that of a dossier which is not finished.</param>
    /// <param name="mostTime">Given the receipt, the last moment that the longest limit of the procedure allows; asked where no date was appointed. Null for no limit.</param>
    public IndicatorVerdict JudgeAt(DateTimeOffset periodEnd, Func<DateTimeOffset, DateTimeOffset>? mostTime = null)
    {
        // The order of the formula: processed, then returned, then stopped, refused or withdrawn.
        var finished = _processedAt ?? _returnedAt ?? _brokenOffAt;
        var end = finished ?? _requestedAt ?? periodEnd;
        var start = _acceptedAt ?? _submittedAt;
        var subtracted = Subtracted(start, end);
        var appointment = _appointment ?? mostTime?.Invoke(start);
        var timeliness = SupplementRequests > 1 ? Timeliness.Overdue
            : appointment is { } last ? TimelinessRule.Of(end - subtracted, last)
            : Timeliness.OnTime;
        return new IndicatorVerdict(start, end, finished is not null, subtracted, appointment, timeliness);
    }

    private void Fold(DossierEvent happened, DateTimeOffset at)
    {
        switch (happened)
        {
            case DossierSubmitted:
                _submittedAt = at;
                break;
            case DossierAccepted e:
                (_acceptedAt, _appointment, _legalDue) = (at, e.Promise?.Due, e.Promise?.Due);
                break;
            case SupplementRequested:
                SupplementRequests++;
                _requestedAt ??= at;
                break;
            case SupplementReceived:
                EndSupplement(at);
                break;
            case DossierMoved e:
                FoldMove(e, at);
                break;
            case DossierReappointed e:
                MoveAppointment(e.NewDue);
                break;
            case PromiseRecomputed e:
                MoveAppointment(e.Promise.Due);
                break;
            case ClockSuspended e:
                _waitsForSupplement = e.Status == PortalStatus.SupplementRequested;
                break;
            case ClockResumed e when _waitsForSupplement:
                (_legalDue, _waitsForSupplement) = (e.Promise.Due, false);
                break;
            case ClockResumed e:
                MoveAppointment(e.Promise.Due);
                break;
        }
    }

    private void FoldMove(DossierMoved moved, DateTimeOffset at)
    {
        // A dossier that goes on without what was asked for waits no longer.
        if (moved.Status != PortalStatus.SupplementRequested)
        {
            EndSupplement(at);
        }

        switch (moved.Status)
        {
            case PortalStatus.Processed:
                _processedAt ??= at;
                break;
            case PortalStatus.ResultReturned:
                _returnedAt ??= at;
                break;
            case PortalStatus.NotAccepted or PortalStatus.Withdrawn:
            case PortalStatus.Stopped or null when moved.Closes:
                _brokenOffAt ??= at;
                break;
        }
    }

    private void EndSupplement(DateTimeOffset at)
    {
        if (_requestedAt is { } from)
        {
            _supplements.Add(new Suspension(from, at));
            _requestedAt = null;
        }
    }

    // By as much as the legal date moves, which a supplement may have taken elsewhere.
    private void MoveAppointment(DateTimeOffset due)
    {
        _appointment = _appointment is { } old && _legalDue is { } legal ? old + (due - legal) : due;
        _legalDue = due;
    }

    private TimeSpan Subtracted(DateTimeOffset start, DateTimeOffset end)
    {
        var time = TimeSpan.Zero;
        foreach (var (from, to) in _supplements)
        {
            var (first, last) = (from > start ? from : start, to < end ? to : end);
            time += last > first ? last - first : TimeSpan.Zero;
        }

        return time;
    }
}

/// <summary>How a dossier stands to its appointment by Decision 766/QĐ-TTg.</summary>
/// <param name="Start">When the time began: the acceptance, or the submission where there was none.</param>
/// <param name="End">When it ended, or is taken to have: see <see cref="IndicatorClock"/>.</param>
/// <param name="IsFinished">Whether the dossier is finished; otherwise <paramref name="End"/> is the open request for a supplement, or the end of the period.</param>
/// <param name="Supplement">The time of supplements, which is subtracted.</param>
/// <param name="Appointment">The date that it is held to, or null when there is none.</param>
/// <param name="Timeliness">How the end, less the time of supplements, stands to it; overdue after a second request in any case.</param>
public sealed record IndicatorVerdict(
    DateTimeOffset Start, DateTimeOffset End, bool IsFinished, TimeSpan Supplement, DateTimeOffset? Appointment, Timeliness Timeliness);
