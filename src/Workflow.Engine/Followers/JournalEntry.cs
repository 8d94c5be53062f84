using System.Diagnostics;
using Workflow.Core.Dossiers;
using Workflow.Engine.Commits;
using Workflow.Engine.Journal;
using Workflow.Engine.Telemetry;

namespace Workflow.Engine.Followers;

/// <summary>An accepted command in the journal.</summary>
/// <param name="Cursor">Its place in the journal, ascending; gaps may occur.</param>
/// <param name="Code">The dossier.</param>
/// <param name="Version">The version that it made.</param>
/// <param name="OccurredAt">The legal time.</param>
/// <param name="RecordedAt">When it was written.</param>
/// <param name="Actor">The acting account.</param>
/// <param name="Unit">The unit that it acted for, or null.</param>
/// <param name="Events">What happened, in order. Never empty.</param>
public sealed record JournalEntry(
    JournalCursor Cursor, DossierCode Code, int Version, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt, string Actor, string? Unit, IReadOnlyList<DossierEvent> Events)
{
    // As it is stored; parsed for those who ask.
    private string? TraceContext { get; init; }

    /// <summary>The trace in which the command was given, to be continued by what follows from it; the default where none was recorded.</summary>
    public ActivityContext Trace => Traces.Of(TraceContext);

    internal static JournalEntry Of(JournalRow row)
    {
        var recorded = Recording.Read(row);
        return new JournalEntry(row.Cursor, new DossierCode(row.Code), row.Version, row.OccurredAt, row.RecordedAt, row.Actor, recorded.Unit, recorded.Events)
        {
            TraceContext = row.TraceContext,
        };
    }
}
