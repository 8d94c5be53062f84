using Workflow.Core.Guards;

namespace Workflow.Benchmarks;

/// <summary>A dossier as guards see it, with a handful of fields in a list, as dossiers keep them.</summary>
internal sealed class GuardFacts : IDossierFacts
{
    private readonly (string Name, string Value)[] _fields =
        [("owner", "Bùi Văn An"), ("site", "xóm Mường"), ("kind", "house"), ("area", "180.5"), ("begun-on", "2025-03-01"), ("ready", "true")];

    public DateTimeOffset Time { get; } = new(2025, 7, 1, 9, 0, 0, TimeSpan.FromHours(7));

    public string ActorId => "officer-1";

    public string? ActorUnit => "000.01.30.H28";

    public bool DocumentsComplete => true;

    public long FeesAssessed { get; init; } = 70_000;

    public long FeesPaid { get; init; } = 70_000;

    public long FeesOutstanding => Math.Max(0, FeesAssessed - FeesPaid);

    public bool HasDecision { get; init; }

    public string Channel => "online";

    public int? Status => 4;

    public int Supplements => 0;

    public int Reappointments => 0;

    public DateTimeOffset SubmittedAt => Time;

    public DateTimeOffset? AcceptedAt => Time;

    public DateTimeOffset? Due => Time.AddDays(3);

    public string ReceivingUnit => "000.01.30.H28";

    public string CompetentUnit => "000.01.30.H28";

    public string Unit => "000.01.30.H28";

    public bool HasRole(string role) => role == "reception";

    public bool HasDocument(string code) => code == "drawings";

    public string? Field(string name)
    {
        for (var i = 0; i < _fields.Length; i++)
        {
            if (_fields[i].Name == name)
            {
                return _fields[i].Value;
            }
        }

        return null;
    }

    public LegFact? Leg(string name) => null;
}
