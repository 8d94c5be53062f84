using System.Globalization;

namespace Workflow.Core.Guards;

/// <summary>The facts that a witness of <see cref="GuardAnalysis"/> names, and ordinary ones for the rest.</summary>
internal sealed class WitnessFacts(IReadOnlyDictionary<string, string?> witness) : IDossierFacts
{
    public DateTimeOffset Time => Moment("time") ?? FactValue.Read(FactType.Moment, "2025-01-02T00:00:00+07:00").Moment;

    public string ActorId => Text("actor.id") ?? string.Empty;

    public string? ActorUnit => Text("actor.unit");

    public bool DocumentsComplete => false;

    public long FeesAssessed => Count("fees.assessed") ?? Count("fees.outstanding") ?? 0;

    public long FeesPaid => Count("fees.paid") ?? 0;

    public long FeesOutstanding => Count("fees.outstanding") ?? Math.Max(0, FeesAssessed - FeesPaid);

    public bool HasDecision => Text("dossier.has-decision") == "true";

    public string Channel => Text("dossier.channel") ?? FactNames.Channels[0];

    public int? Status => (int?)Count("dossier.status");

    public int Supplements => (int)(Count("dossier.supplements") ?? 0);

    public int Reappointments => (int)(Count("dossier.reappointments") ?? 0);

    public DateTimeOffset SubmittedAt => Moment("dossier.submitted-at") ?? Time;

    public DateTimeOffset? AcceptedAt => Moment("dossier.accepted-at");

    public DateTimeOffset? Due => Moment("dossier.due");

    public string ReceivingUnit => Text("dossier.receiving-unit") ?? string.Empty;

    public string CompetentUnit => Text("dossier.competent-unit") ?? string.Empty;

    public string Unit => Text("dossier.unit") ?? string.Empty;

    public bool HasRole(string role) => Text(FactSubject.OfRole(role).Key) == "true";

    public bool HasDocument(string code) => Text($"documents{Fact.Member(code)}") == "true";

    public string? Field(string name) => Text($"fields{Fact.Member(name)}");

    public LegFact? Leg(string name)
    {
        var state = Text($"legs{Fact.Member(name)}");
        foreach (var (known, fact) in FactSubject.LegStates)
        {
            if (known == state)
            {
                return fact;
            }
        }

        return null;
    }

    private string? Text(string key) => witness.GetValueOrDefault(key);

    private long? Count(string key) => Text(key) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    private DateTimeOffset? Moment(string key) => FactValue.Read(FactType.Moment, Text(key)) is { IsKnown: true } value ? value.Moment : null;
}
