using System.Xml;
using Workflow.Core.Dossiers;
using Workflow.Core.EventLogs;
using Workflow.Core.Procedures;
using Workflow.Engine.Journal;
using Workflow.Host.Dossiers;

namespace Workflow.Host.Logs;

/// <summary>A journal as an event log: a case per dossier in the order of the codes, an event per accepted command.</summary>
/// <remarks>One dossier is held at a time. Personal data is left out. Characters that XML cannot carry become U+FFFD. Not thread-safe.</remarks>
internal sealed class JournalExport
{
    private const int Page = 1_000;

    private readonly IJournalStore _store;
    private readonly Dictionary<(string Code, int Version), Dictionary<string, FieldType>> _types;

    public JournalExport(IJournalStore store, StoredProcedures procedures)
    {
        _store = store;
        _types = procedures.Contents.ToDictionary(
            c => (c.Version.Code, c.Version.Number),
            c => c.Fields.ToDictionary(f => f.Name, f => f.Type, StringComparer.Ordinal));
    }

    /// <summary>Reads the case of a dossier.</summary>
    public async Task<LogTrace> ReadAsync(string code, CancellationToken cancellationToken)
    {
        var events = new List<LogEvent>();
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        var order = new List<string>();
        Dictionary<string, FieldType>? types = null;
        for (var version = 1; ;)
        {
            var rows = await _store.ReadHistoryAsync(code, version, Page, cancellationToken).ConfigureAwait(false);
            foreach (var row in rows)
            {
                var recorded = DossierJson.ReadRecorded(row.Data, default);
                foreach (var happened in recorded.Events)
                {
                    types ??= happened is DossierSubmitted s ? _types.GetValueOrDefault((s.Procedure, s.ProcedureVersion)) : null;
                    Take(happened);
                }

                events.Add(EventOf(row, recorded));
            }

            if (rows.Count < Page)
            {
                break;
            }

            version = rows[^1].Version + 1;
        }

        var name = fields.GetValueOrDefault(XesKeys.Name);
        var attributes = order.Where(f => f != XesKeys.Name).Select(f => TraceFields.Attribute(types?.GetValueOrDefault(f) ?? FieldType.Text, Clean(f), Clean(fields[f])));
        return new LogTrace(Clean(name ?? code), events, new LogAttributes(attributes));

        void Take(DossierEvent happened)
        {
            IReadOnlyList<FieldValue> values = happened switch
            {
                DossierSubmitted submitted => submitted.Fields,
                FieldsSet set => set.Fields,
                _ => [],
            };
            foreach (var value in values)
            {
                if (!fields.ContainsKey(value.Name))
                {
                    order.Add(value.Name);
                }

                fields[value.Name] = value.Value;
            }
        }
    }

    private static LogEvent EventOf(JournalRow row, RecordedCommand recorded)
    {
        var attributes = new List<LogAttribute> { new(XesKeys.Resource, Clean(row.Actor)) };
        if (recorded.Unit is not null)
        {
            attributes.Add(new LogAttribute(XesKeys.Group, Clean(recorded.Unit)));
        }

        attributes.Add(new LogAttribute(XesKeys.Transition, "complete"));
        return new LogEvent(Clean(ActivityOf(recorded.Events)), row.OccurredAt, new LogAttributes(attributes));
    }

    // The trigger where one was fired, the command's name otherwise.
    private static string ActivityOf(IReadOnlyList<DossierEvent> events) =>
        events.OfType<DossierMoved>().FirstOrDefault()?.Trigger ?? events[0] switch
        {
            DossierSubmitted => "submit",
            DossierAssigned => "assign",
            DocumentsAttached => "attach",
            PaymentReceived => "record-payment",
            DossierReappointed => "reappoint",
            DossierHandedOver => "hand-over",
            DossierMigrated => "migrate",
            MigrationTakenBack => "take-back-migration",
            PromiseRecomputed => "project-deadline",
            _ => "wake",
        };

    private static string Clean(string text)
    {
        if (text.All(c => XmlConvert.IsXmlChar(c)))
        {
            return text;
        }

        var clean = text.ToCharArray();
        for (var i = 0; i < clean.Length; i++)
        {
            if (i + 1 < clean.Length && char.IsSurrogatePair(clean[i], clean[i + 1]))
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(clean[i]))
            {
                clean[i] = '\uFFFD';
            }
        }

        return new string(clean);
    }
}
