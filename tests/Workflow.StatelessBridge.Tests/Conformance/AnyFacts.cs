using System.Globalization;
using Workflow.Core.Guards;
using Workflow.Core.Procedures;

namespace Workflow.StatelessBridge.Tests.Conformance;

/// <summary>Some dossier as the guards of a procedure see it, drawn by a seed.</summary>
internal sealed class AnyFacts : IDossierFacts
{
    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LegFact> _legs = new(StringComparer.Ordinal);
    private readonly HashSet<string> _documents = new(StringComparer.Ordinal);
    private readonly HashSet<string> _roles = new(StringComparer.Ordinal);

    public AnyFacts(ProcedureContent content, int seed)
    {
        var random = new Random(seed);
        foreach (var field in content.Fields.Where(_ => random.Next(4) > 0))
        {
            _fields[field.Name] = Value(field, random);
        }

        _documents.UnionWith(content.Documents.Select(d => d.Code).Where(_ => random.Next(2) > 0));
        _roles.UnionWith(content.Roles.Where(_ => random.Next(2) > 0));
        foreach (var leg in content.Legs.Where(_ => random.Next(4) > 0))
        {
            _legs[leg.Name] = (LegFact)random.Next(3);
        }

        (DocumentsComplete, HasDecision) = (random.Next(2) > 0, random.Next(2) > 0);
        (FeesAssessed, FeesPaid) = (random.Next(2) * 8000, random.Next(2) * 8000);
        (Supplements, Reappointments, Status) = (random.Next(3), random.Next(3), random.Next(1, 11));
        AcceptedAt = random.Next(2) > 0 ? SubmittedAt.AddHours(1) : null;
        Due = AcceptedAt?.AddDays(random.Next(20));
        Time = SubmittedAt.AddDays(random.Next(30));
        Channel = random.Next(2) > 0 ? "online" : "direct";
    }

    public DateTimeOffset Time { get; }

    public string ActorId => "officer-1";

    public string? ActorUnit => "000.00.30.H28";

    public bool DocumentsComplete { get; }

    public long FeesAssessed { get; }

    public long FeesPaid { get; }

    public long FeesOutstanding => Math.Max(0, FeesAssessed - FeesPaid);

    public bool HasDecision { get; }

    public string Channel { get; }

    public int? Status { get; }

    public int Supplements { get; }

    public int Reappointments { get; }

    public DateTimeOffset SubmittedAt { get; } = new(2025, 6, 30, 9, 0, 0, TimeSpan.FromHours(7));

    public DateTimeOffset? AcceptedAt { get; }

    public DateTimeOffset? Due { get; }

    public string ReceivingUnit => "000.01.30.H28";

    public string CompetentUnit => "000.00.30.H28";

    public string Unit => "000.00.30.H28";

    public bool HasRole(string role) => _roles.Contains(role);

    public bool HasDocument(string code) => _documents.Contains(code);

    public string? Field(string name) => _fields.GetValueOrDefault(name);

    public LegFact? Leg(string name) => _legs.TryGetValue(name, out var leg) ? leg : null;

    private static string Value(FieldDefinition field, Random random) => field.Type switch
    {
        FieldType.Number => random.Next(5000).ToString(CultureInfo.InvariantCulture),
        FieldType.Date => $"2025-0{random.Next(1, 10)}-11",
        FieldType.Moment => $"2025-0{random.Next(1, 10)}-11T09:00:00+07:00",
        FieldType.Flag => random.Next(2) > 0 ? "true" : "false",
        _ => field.Values.Count > 0 ? field.Values[random.Next(field.Values.Count)] : $"text {random.Next(3)}",
    };
}
