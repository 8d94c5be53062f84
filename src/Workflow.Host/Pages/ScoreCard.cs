using Workflow.Core.Definitions;
using Workflow.Core.Indicators;
using Workflow.Core.Units;

namespace Workflow.Host.Pages;

/// <summary>What the score card shows. Immutable.</summary>
/// <param name="Report">The statutory report of the period.</param>
/// <param name="Daily">What was received and settled on each day, ascending, without gaps.</param>
/// <param name="Procedures">The figures of each procedure.</param>
/// <param name="Units">The units, for their names.</param>
/// <param name="Title">The heading.</param>
/// <param name="Dossiers">How many dossiers the journal holds.</param>
/// <param name="Events">How many rows it holds: one per accepted command, those of timers included.</param>
internal sealed record ScoreCard(
    StatutoryReport Report,
    IReadOnlyList<DailyCount> Daily,
    IReadOnlyList<(string Code, LocalizedName Name, int Received, int Settled, int Overdue)> Procedures,
    UnitTree Units,
    string Title,
    int Dossiers,
    long Events)
{
    /// <summary>The name of a unit; its code where the tree does not know it.</summary>
    public LocalizedName NameOf(string unit) => Units.Find(unit)?.Name ?? new LocalizedName(unit);

    /// <summary>The first and the last day of the period, both included.</summary>
    public (DateOnly First, DateOnly Last) Days =>
        (Core.Calendars.WorkingCalendar.DayOf(Report.From), Core.Calendars.WorkingCalendar.DayOf(Report.To.AddTicks(-1)));
}
