using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;

namespace Workflow.Core.Forms;

/// <summary>The hand-overs of a dossier from its acceptance on, for the control slip.</summary>
internal static class ControlRows
{
    public static IReadOnlyList<ControlRow> Of(DossierSnapshot dossier, IReadOnlyList<HistoryEntry> history, Func<string, LocalizedName> nameOf)
    {
        var rows = new List<ControlRow>();
        var accepted = false;
        var unit = dossier.ReceivingUnit;
        DateTimeOffset? stepDue = null;
        foreach (var entry in history)
        {
            accepted |= entry.Events.Any(e => e is DossierAccepted);
            var from = unit;
            string? trigger = null, role = null;
            Timeliness? result = null;
            foreach (var happened in entry.Events)
            {
                switch (happened)
                {
                    case DossierMoved { Stays: false } moved:
                        (trigger, role) = (moved.Trigger, moved.Role);
                        result = stepDue is { } due ? TimelinessRule.Of(entry.OccurredAt, due) : null;
                        stepDue = moved.StepDue;
                        break;
                    case DossierTransferred transferred:
                        unit = transferred.ToUnit;
                        result ??= transferred.IsLate ? Timeliness.Overdue : Timeliness.OnTime;
                        break;
                    case DossierAssigned assigned:
                        (trigger, role, unit) = (trigger ?? "assign", assigned.Role ?? role, assigned.Unit ?? unit);
                        break;
                    case ClockStopped stopped:
                        result ??= stopped.Timeliness;
                        break;
                }
            }

            if (accepted && trigger is not null)
            {
                rows.Add(new ControlRow(entry.OccurredAt, nameOf(entry.Unit ?? from), entry.Actor, nameOf(unit), role, result, trigger));
            }
        }

        return rows;
    }
}
