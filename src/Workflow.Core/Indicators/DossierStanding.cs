using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;

namespace Workflow.Core.Indicators;

/// <summary>What the indicators need to know of one dossier, folded from its events alone. Not thread-safe: it belongs to one fold.</summary>
public sealed class DossierStanding
{
    private DateTimeOffset? _due;
    private DateTimeOffset? _suspendedAt;

    // The units that had it to settle before the present one, each with the moment at which it was handed over. Most never are.
    private List<(string Unit, DateTimeOffset Until)>? _earlier;

    internal DossierStanding(DossierSubmitted submitted, DateTimeOffset at)
    {
        Code = submitted.Code;
        Procedure = submitted.Procedure;
        Unit = submitted.CompetentUnit;
        Channel = submitted.Channel;
        OnlineLevel = submitted.OnlineLevel;
        SubmittedAt = at;
    }

    /// <summary>The dossier's code.</summary>
    public string Code { get; }

    /// <summary>The procedure's code.</summary>
    public string Procedure { get; }

    /// <summary>The unit that settles it, or did; before a hand-over it counts in the row of the unit of then.</summary>
    public string Unit { get; private set; }

    /// <summary>How it came in.</summary>
    public Channel Channel { get; }

    /// <summary>The level of the online service, or null.</summary>
    public int? OnlineLevel { get; }

    /// <summary>When it was submitted: it counts as received from then on.</summary>
    public DateTimeOffset SubmittedAt { get; }

    /// <summary>When it was settled, or null while it is in process.</summary>
    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>The portal status under which it was settled; null while it is in process or where no portal shows it.</summary>
    public PortalStatus? SettledAs { get; private set; }

    /// <summary>How its settling stands to the promised date. Where no date was promised, what is settled is on time.</summary>
    public Timeliness Timeliness { get; private set; } = Timeliness.OnTime;

    /// <summary>Whether it is in process at a moment and its promised date has passed.</summary>
    /// <remarks>A suspended clock stands at the moment of its suspension.</remarks>
    public bool IsOverdueAt(DateTimeOffset moment) =>
        _due is { } due && TimelinessRule.Of(_suspendedAt is { } suspended && suspended < moment ? suspended : moment, due) == Timeliness.Overdue;

    /// <summary>The units that had it to settle, in their order.</summary>
    internal IEnumerable<UnitStay> Stays()
    {
        var from = SubmittedAt;
        var index = 0;
        for (; index < _earlier?.Count; index++)
        {
            var (unit, until) = _earlier[index];
            yield return new UnitStay(unit, from, until, IsFirst: index == 0);
            from = until;
        }

        yield return new UnitStay(Unit, from, null, IsFirst: index == 0);
    }

    internal void Fold(DossierEvent happened, DateTimeOffset at)
    {
        switch (happened)
        {
            case DossierMoved moved when Settles(moved):
                SettledAt ??= at;
                SettledAs ??= moved.Status;
                break;
            case DossierAccepted { Promise: { } promise }:
                _due = promise.Due;
                break;
            case DossierReappointed e:
                _due = e.NewDue;
                break;
            case PromiseRecomputed e:
                _due = e.Promise.Due;
                break;
            case ClockSuspended:
                _suspendedAt = at;
                break;
            case ClockResumed e:
                (_suspendedAt, _due) = (null, e.Promise.Due);
                break;
            case DossierMigrated e:
                Fold(e.After.Clock);
                break;
            case MigrationTakenBack e:
                Fold(e.After.Clock);
                break;
            case ClockStopped e:
                Timeliness = e.Timeliness;
                break;
            // What was settled stays with whoever settled it, though the dossier may still wait for its applicant.
            case DossierHandedOver { ChangesCompetentUnit: true } e when SettledAt is null:
                (_earlier ??= []).Add((Unit, at));
                Unit = e.ToCompetentUnit;
                break;
        }
    }

    private void Fold(ClockSnapshot? clock) => (_due, _suspendedAt) = (clock?.Due, clock?.SuspendedAt);

    // Portal status 3, 7, 9 or 10, or stopped for good; a procedure that no portal shows settles what it ends.
    internal static bool Settles(DossierMoved moved) => moved.Status switch
    {
        PortalStatus.NotAccepted or PortalStatus.Withdrawn or PortalStatus.Processed or PortalStatus.ResultReturned => true,
        PortalStatus.Stopped or null => moved.Closes,
        _ => false,
    };
}

/// <summary>The time that a dossier was a unit's to settle.</summary>
/// <param name="Unit">The unit's code.</param>
/// <param name="From">The submission or the hand-over to the unit, included.</param>
/// <param name="Until">The hand-over to another unit, excluded; null when there was none.</param>
/// <param name="IsFirst">Whether it came by its submission.</param>
internal readonly record struct UnitStay(string Unit, DateTimeOffset From, DateTimeOffset? Until, bool IsFirst);
