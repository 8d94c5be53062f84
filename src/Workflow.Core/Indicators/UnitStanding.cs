using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;

namespace Workflow.Core.Indicators;

/// <summary>What a unit's figures need to know of one dossier, folded from its events alone. Immutable.</summary>
/// <param name="Unit">The unit in whose figures it counts: the one that settles it, or did.</param>
/// <param name="Holder">The unit that has it on its desk.</param>
/// <param name="Status">Its portal status, or null.</param>
/// <param name="Timeliness">How its settling stands to the promised date.</param>
/// <param name="IsSettled">Whether it was settled.</param>
/// <param name="IsClosed">Whether it ended.</param>
public sealed record UnitStanding(string Unit, string Holder, PortalStatus? Status, Timeliness Timeliness, bool IsSettled, bool IsClosed)
{
    /// <summary>Where a dossier stands when it was submitted.</summary>
    public static UnitStanding Of(DossierSubmitted submitted)
    {
        ArgumentNullException.ThrowIfNull(submitted);
        return new UnitStanding(submitted.CompetentUnit, submitted.ReceivingUnit, submitted.Status, Timeliness.OnTime, IsSettled: false, IsClosed: false);
    }

    /// <summary>Where it stands after one more event.</summary>
    public UnitStanding After(DossierEvent happened) => happened switch
    {
        DossierMoved moved => this with { Status = moved.Status, IsSettled = IsSettled || DossierStanding.Settles(moved), IsClosed = IsClosed || moved.Closes },
        ClockStopped e => this with { Timeliness = e.Timeliness },
        DossierTransferred e => this with { Holder = e.ToUnit },
        DossierAssigned { Unit: { } unit } => this with { Holder = unit },
        DossierHandedOver e => this with { Unit = IsSettled ? Unit : e.ToCompetentUnit, Holder = e.ToUnit },
        DossierMigrated e => this with { Status = e.Status },
        MigrationTakenBack e => this with { Status = e.Status },
        _ => this,
    };

    /// <summary>What it is in the figures of <see cref="Unit"/>, beside how it came there and who has it on the desk.</summary>
    internal UnitFigures Figures => UnitFigures.OfOne(Status) with
    {
        InProcess = IsSettled ? 0 : 1,
        WaitingForSupplement = !IsSettled && Status == PortalStatus.SupplementRequested ? 1 : 0,
        Early = IsSettled && Timeliness == Timeliness.Early ? 1 : 0,
        OnTime = IsSettled && Timeliness == Timeliness.OnTime ? 1 : 0,
        Overdue = IsSettled && Timeliness == Timeliness.Overdue ? 1 : 0,
    };
}
