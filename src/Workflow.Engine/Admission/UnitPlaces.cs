namespace Workflow.Engine.Admission;

/// <summary>The places that one unit's commands hold. Reached under the gate's lock alone.</summary>
internal sealed class UnitPlaces
{
    /// <summary>How many of the unit's commands are under way.</summary>
    public int Held { get; set; }

    /// <summary>Until when callers of the unit were told to wait, in ticks of the gate's clock.</summary>
    public long ToldUntil { get; set; }
}
