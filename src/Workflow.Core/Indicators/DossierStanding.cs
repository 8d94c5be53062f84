using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;

namespace Workflow.Core.Indicators;

/// <summary>What the indicators need to know of one dossier, folded from its events alone. Not thread-safe: it belongs to one fold.</summary>
public sealed class DossierStanding
{
    private DateTimeOffset? _due;
    private DateTimeOffset? _suspendedAt;

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

    /// <summary>The unit that settles it and in whose row it counts.</summary>
    public string Unit { get; }

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
            case ClockSuspended:
                _suspendedAt = at;
                break;
            case ClockResumed e:
                (_suspendedAt, _due) = (null, e.Promise.Due);
                break;
            case ClockStopped e:
                Timeliness = e.Timeliness;
                break;
        }
    }

    // Portal status 3, 7, 9 or 10, or stopped for good; a procedure that no portal shows settles what it ends.
    private static bool Settles(DossierMoved moved) => moved.Status switch
    {
        PortalStatus.NotAccepted or PortalStatus.Withdrawn or PortalStatus.Processed or PortalStatus.ResultReturned => true,
        PortalStatus.Stopped or null => moved.Closes,
        _ => false,
    };
}
