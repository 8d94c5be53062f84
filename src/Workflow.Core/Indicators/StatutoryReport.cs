namespace Workflow.Core.Indicators;

/// <summary>One row of the statutory report II.06a/VPCP/KSTT: a unit, or the total.</summary>
/// <param name="Unit">The unit's code; null in the total.</param>
/// <param name="Online">Received online in the period.</param>
/// <param name="DirectAndPost">Received directly or by post in the period.</param>
/// <param name="CarriedOver">Received before the period and not settled then, or taken over from another unit in the period.</param>
/// <param name="Early">Settled in the period before the promised day.</param>
/// <param name="OnTime">Settled in the period on the promised day, or without a promised date.</param>
/// <param name="Overdue">Settled in the period after the promised moment.</param>
/// <param name="InTime">In process at the end of the period, the promised date ahead.</param>
/// <param name="InProcessOverdue">In process at the end of the period, the promised date passed.</param>
public sealed record StatutoryRow(
    string? Unit, int Online, int DirectAndPost, int CarriedOver, int Early, int OnTime, int Overdue, int InTime, int InProcessOverdue)
{
    /// <summary>Of those carried over, taken over from another unit in the period; 0 in the total.</summary>
    public int TakenOver { get; init; }

    /// <summary>Handed over to another unit in the period; 0 in the total.</summary>
    public int HandedOver { get; init; }

    /// <summary>All that was received, carried over included.</summary>
    public int Received => Online + DirectAndPost + CarriedOver;

    /// <summary>All that was settled in the period.</summary>
    public int Settled => Early + OnTime + Overdue;

    /// <summary>All that is in process at the end of the period.</summary>
    public int InProcess => InTime + InProcessOverdue;

    /// <summary>The identity of the report: what was received was settled, is in process, or was handed over to another unit.</summary>
    public bool Holds => Received == Settled + InProcess + HandedOver;

    /// <summary>The share of what was settled that was not overdue, 0 to 1; null when nothing was settled.</summary>
    public double? OnTimeRate => Settled == 0 ? null : (double)(Early + OnTime) / Settled;

    internal StatutoryRow Plus(StatutoryRow other) => this with
    {
        Online = Online + other.Online,
        DirectAndPost = DirectAndPost + other.DirectAndPost,
        CarriedOver = CarriedOver + other.CarriedOver,
        TakenOver = TakenOver + other.TakenOver,
        HandedOver = HandedOver + other.HandedOver,
        Early = Early + other.Early,
        OnTime = OnTime + other.OnTime,
        Overdue = Overdue + other.Overdue,
        InTime = InTime + other.InTime,
        InProcessOverdue = InProcessOverdue + other.InProcessOverdue,
    };
}

/// <summary>The statutory report of a period. Immutable.</summary>
/// <param name="From">The first moment of the period, included.</param>
/// <param name="To">The end of the period, excluded.</param>
/// <param name="Rows">A row for each unit that has anything to report, in the order of their codes.</param>
/// <param name="Total">Every dossier once: the sum of the rows, less what one unit took over from another.</param>
public sealed record StatutoryReport(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<StatutoryRow> Rows, StatutoryRow Total)
{
    /// <summary>Whether the identities hold in every row and in the total, and as many dossiers were taken over as were handed over.</summary>
    public bool Holds => Total.Holds && Rows.All(r => r.Holds) && Rows.Sum(r => r.TakenOver) == Rows.Sum(r => r.HandedOver);
}
