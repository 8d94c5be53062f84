using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Indicators;
using Workflow.Core.Procedures;
using Workflow.Core.Units;
using Workflow.Engine;
using Workflow.Host.Pages;

namespace Workflow.Host.Demo;

/// <summary>Makes the score card of the two months from the journal alone.</summary>
internal static class ScoreCards
{
    public static async Task<ScoreCard> OfAsync(DossierEngine engine, ProcedureCatalogue catalogue, UnitTree units, CancellationToken ct)
    {
        var fold = new DossierFold();
        long events = 0;
        await foreach (var entry in engine.ReadJournalAsync(default, ct).ConfigureAwait(false))
        {
            fold.Fold(entry.Code.Value, entry.OccurredAt, entry.Events);
            events++;
        }

        var from = WorkingCalendar.At(TanLacScenario.FirstDay, TimeOnly.MinValue);
        var to = WorkingCalendar.At(TanLacScenario.LastDay.AddDays(1), TimeOnly.MinValue);
        var procedures = fold.Standings.GroupBy(s => s.Procedure, StringComparer.Ordinal)
            .Select(g => (
                g.Key,
                catalogue.Find(g.Key)?.Content.Name ?? new LocalizedName(g.Key),
                g.Count(),
                g.Count(s => s.SettledAt is not null),
                g.Count(s => s.SettledAt is null ? s.IsOverdueAt(to) : s.Timeliness == Core.Dossiers.Timeliness.Overdue)))
            .OrderByDescending(p => p.Item3).ThenBy(p => p.Key, StringComparer.Ordinal)
            .ToList();
        return new ScoreCard(
            fold.Report(from, to),
            fold.Daily(TanLacScenario.FirstDay, TanLacScenario.LastDay),
            procedures,
            units,
            "Huyện Tân Lạc (mô phỏng · simulation)",
            fold.Standings.Count,
            events);
    }
}
