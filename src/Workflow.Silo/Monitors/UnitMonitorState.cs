using Workflow.Core.Indicators;
using Workflow.Engine.Journal;

namespace Workflow.Silo.Monitors;

/// <summary>A unit's figures as grain storage keeps them. Members are added, never renamed; what was counted by other rules is counted anew.</summary>
internal sealed class UnitMonitorState
{
    /// <summary>The rules by which figures are counted now: one more whenever the same journal comes to other figures.</summary>
    public const int CurrentRules = 1;

    /// <summary>The rules by which these were counted; 0 where nothing is stored.</summary>
    public int Rules { get; set; }

    public string? Cursor { get; set; }

    public int Submitted { get; set; }

    public int TakenOver { get; set; }

    public int HandedOver { get; set; }

    public int Early { get; set; }

    public int OnTime { get; set; }

    public int Overdue { get; set; }

    public int InProcess { get; set; }

    public int WaitingForSupplement { get; set; }

    public int Held { get; set; }

    public int[] ByStatus { get; set; } = [];

    public static UnitMonitorState Of(UnitFigures figures, JournalCursor cursor) => new()
    {
        Rules = CurrentRules,
        Cursor = cursor == default ? null : cursor.ToString(),
        Submitted = figures.Submitted,
        TakenOver = figures.TakenOver,
        HandedOver = figures.HandedOver,
        Early = figures.Early,
        OnTime = figures.OnTime,
        Overdue = figures.Overdue,
        InProcess = figures.InProcess,
        WaitingForSupplement = figures.WaitingForSupplement,
        Held = figures.Held,
        ByStatus = [.. figures.ByStatus],
    };

    public JournalCursor ReadCursor() => Cursor is null ? default : JournalCursor.Parse(Cursor);

    public UnitFigures ReadFigures() => new()
    {
        Submitted = Submitted,
        TakenOver = TakenOver,
        HandedOver = HandedOver,
        Early = Early,
        OnTime = OnTime,
        Overdue = Overdue,
        InProcess = InProcess,
        WaitingForSupplement = WaitingForSupplement,
        Held = Held,
        ByStatus = ByStatus ?? [],
    };
}
