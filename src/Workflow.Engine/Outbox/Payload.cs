using System.Text.Json;
using System.Text.Json.Nodes;
using Workflow.Core.Dossiers;
using Workflow.Core.Forms;
using Workflow.Engine.Followers;

namespace Workflow.Engine.Outbox;

/// <summary>The bodies of deliveries. The same entry gives the same bytes.</summary>
internal static class Payload
{
    private const string CloudEvent = "application/cloudevents+json";
    private const string Json = "application/json";

    /// <summary>Whether the dossier must be known to make deliveries for a subscriber.</summary>
    public static bool AsksForDossier(StoredSubscriber subscriber) => subscriber.Format == PayloadFormats.NationalPortal || subscriber.Filter.AsksForDossier;

    /// <summary>Returns the delivery of an entry; null when the subscriber is not told of it.</summary>
    /// <param name="subscriber">The subscriber.</param>
    /// <param name="step">The entry, with the dossier before and after it where that is asked for.</param>
    /// <param name="unitName">The name of a unit, or null.</param>
    public static Delivery? Of(StoredSubscriber subscriber, DossierStep step, Func<string, string?> unitName)
    {
        if (!Passes(subscriber.Filter, step))
            return null;
        if (subscriber.Format != PayloadFormats.NationalPortal)
            return new Delivery(subscriber.Name, step.Entry, CloudEvent, EventOf(step.Entry));

        // Whoever acts for a unit is an officer; citizens' accounts are not told.
        var officer = step.Entry.Unit is null ? null : step.Entry.Actor;
        return NationalPortal.Of(step.Before, step.After!, step.Entry.Events, officer, unitName) is { } update
            ? new Delivery(subscriber.Name, step.Entry, Json, NationalPortal.Write(update))
            : null;
    }

    private static bool Passes(SubscriberFilter filter, DossierStep step)
    {
        if (!filter.AsksForDossier)
            return true;
        var dossier = step.After!;
        return (filter.Procedures.Count == 0 || filter.Procedures.Contains(dossier.Procedure.Code))
            && (filter.Units.Count == 0 || filter.Units.Any(u => u == dossier.ReceivingUnit || u == dossier.CompetentUnit || u == dossier.Unit))
            && (!filter.StatusChangesOnly || dossier.Status != step.Before?.Status);
    }

    private static byte[] EventOf(JournalEntry entry)
    {
        var recorded = JsonNode.Parse(DossierJson.Write(new RecordedCommand(entry.Unit, entry.Events)))!.AsObject();
        foreach (var happened in recorded["events"]!.AsArray())
        {
            // The account of a citizen; whose it is, the events do not say, and a subscriber need not know.
            happened!.AsObject().Remove("owner");
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("specversion", "1.0");
            json.WriteString("id", $"{entry.Code}/{entry.Version}");
            json.WriteString("source", "urn:workflow:journal");
            json.WriteString("type", "workflow.dossier.recorded.1");
            json.WriteString("subject", entry.Code.Value);
            json.WriteString("time", Journal.StoredTime.Format(entry.OccurredAt));
            json.WriteString("datacontenttype", Json);
            json.WriteStartObject("data");
            json.WriteString("code", entry.Code.Value);
            json.WriteNumber("version", entry.Version);
            json.WriteString("recordedAt", Journal.StoredTime.Format(entry.RecordedAt));
            foreach (var (name, value) in recorded)
            {
                json.WritePropertyName(name);
                if (value is null)
                    json.WriteNullValue();
                else
                    value.WriteTo(json);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
