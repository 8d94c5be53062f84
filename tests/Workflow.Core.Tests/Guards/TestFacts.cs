using Workflow.Core.Guards;

namespace Workflow.Core.Tests.Guards;

/// <summary>A dossier as a guard sees it, set up by hand.</summary>
internal sealed class TestFacts : IDossierFacts
{
    public Dictionary<string, string> Fields { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Documents { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Roles { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, LegFact> Legs { get; } = new(StringComparer.Ordinal);

    public DateTimeOffset Time { get; set; } = new(2025, 7, 1, 9, 0, 0, TimeSpan.FromHours(7));

    public string ActorId { get; set; } = "citizen-1";

    public string? ActorUnit { get; set; }

    public bool DocumentsComplete => false;

    public long FeesAssessed { get; set; }

    public long FeesPaid { get; set; }

    public long FeesOutstanding => FeesAssessed - FeesPaid;

    public bool HasDecision { get; set; }

    public string Channel { get; set; } = "online";

    public int? Status { get; set; } = 4;

    public int Supplements { get; set; }

    public int Reappointments { get; set; }

    public DateTimeOffset SubmittedAt { get; set; } = new(2025, 6, 30, 9, 0, 0, TimeSpan.FromHours(7));

    public DateTimeOffset? AcceptedAt { get; set; }

    public DateTimeOffset? Due { get; set; }

    public string ReceivingUnit { get; set; } = "TL";

    public string CompetentUnit { get; set; } = "TL";

    public string Unit { get; set; } = "TL";

    public bool HasRole(string role) => Roles.Contains(role);

    public bool HasDocument(string code) => Documents.Contains(code);

    public string? Field(string name) => Fields.GetValueOrDefault(name);

    public LegFact? Leg(string name) => Legs.TryGetValue(name, out var leg) ? leg : null;
}
