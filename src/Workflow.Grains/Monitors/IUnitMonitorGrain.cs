using Orleans.Concurrency;

namespace Workflow.Grains.Monitors;

/// <summary>The monitor of one unit: how many of its dossiers stand how. Its key is <c>unit/CODE</c>, see <see cref="UnitMonitorGrainKey"/>.</summary>
/// <remarks>
/// <para>It follows the journal a moment behind; <see cref="UnitMonitor.Cursor"/> says how far. A unit that nothing happened to has figures of 0.</para>
/// <para>Methods and aliases stay as they are: silos and clients of two releases call each other while a cluster is upgraded.</para>
/// </remarks>
[Alias("workflow.IUnitMonitorGrain")]
public interface IUnitMonitorGrain : IGrainWithStringKey
{
    /// <summary>Returns the unit's figures as far as they are stored.</summary>
    [Alias("Read")]
    [ReadOnly]
    [AlwaysInterleave]
    ValueTask<UnitMonitor> ReadAsync();

    /// <summary>Counts the whole journal anew, stores the figures in place of those that were kept, and returns them.</summary>
    /// <remarks>It reads every entry of the journal, so the answer may take minutes; reading and counting go on meanwhile.</remarks>
    [Alias("Rebuild")]
    [AlwaysInterleave]
    [ResponseTimeout("01:00:00")]
    ValueTask<UnitMonitor> RebuildAsync();
}
