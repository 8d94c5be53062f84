using Workflow.Core.Indicators;

namespace Workflow.Grains.Monitors;

/// <summary>Figures as they go over the wire: numbered members, of which more may come; a missing one is 0.</summary>
[GenerateSerializer]
[Alias("workflow.UnitFigures")]
internal struct UnitFiguresText
{
    [Id(0)]
    public int Submitted;

    [Id(1)]
    public int TakenOver;

    [Id(2)]
    public int HandedOver;

    [Id(3)]
    public int Early;

    [Id(4)]
    public int OnTime;

    [Id(5)]
    public int Overdue;

    [Id(6)]
    public int InProcess;

    [Id(7)]
    public int WaitingForSupplement;

    [Id(8)]
    public int Held;

    [Id(9)]
    public int[]? ByStatus;
}

[RegisterConverter]
internal sealed class UnitFiguresConverter : IConverter<UnitFigures, UnitFiguresText>
{
    public UnitFigures ConvertFromSurrogate(in UnitFiguresText surrogate) => new()
    {
        Submitted = surrogate.Submitted,
        TakenOver = surrogate.TakenOver,
        HandedOver = surrogate.HandedOver,
        Early = surrogate.Early,
        OnTime = surrogate.OnTime,
        Overdue = surrogate.Overdue,
        InProcess = surrogate.InProcess,
        WaitingForSupplement = surrogate.WaitingForSupplement,
        Held = surrogate.Held,
        ByStatus = surrogate.ByStatus ?? [],
    };

    public UnitFiguresText ConvertToSurrogate(in UnitFigures value) => new()
    {
        Submitted = value.Submitted,
        TakenOver = value.TakenOver,
        HandedOver = value.HandedOver,
        Early = value.Early,
        OnTime = value.OnTime,
        Overdue = value.Overdue,
        InProcess = value.InProcess,
        WaitingForSupplement = value.WaitingForSupplement,
        Held = value.Held,
        ByStatus = [.. value.ByStatus],
    };
}
