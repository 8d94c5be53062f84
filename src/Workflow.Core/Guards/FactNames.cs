using System.Collections.Frozen;

namespace Workflow.Core.Guards;

/// <summary>The facts that every dossier has, by the words for them.</summary>
internal static class FactNames
{
    public static readonly IReadOnlyList<string> Channels = ["direct", "online", "post"];

    private static readonly (string Text, Fact Fact)[] s_all =
    [
        Named("fees.assessed", FactKind.FeesAssessed, FactType.Number),
        Named("fees.paid", FactKind.FeesPaid, FactType.Number),
        Named("fees.outstanding", FactKind.FeesOutstanding, FactType.Number),
        Named("dossier.channel", FactKind.Channel, FactType.Text),
        Named("dossier.status", FactKind.Status, FactType.Number, optional: true),
        Named("dossier.supplements", FactKind.Supplements, FactType.Number),
        Named("dossier.reappointments", FactKind.Reappointments, FactType.Number),
        Named("dossier.has-decision", FactKind.HasDecision, FactType.Flag),
        Named("dossier.submitted-at", FactKind.SubmittedAt, FactType.Moment),
        Named("dossier.accepted-at", FactKind.AcceptedAt, FactType.Moment, optional: true),
        Named("dossier.due", FactKind.Due, FactType.Moment, optional: true),
        Named("dossier.receiving-unit", FactKind.ReceivingUnit, FactType.Text),
        Named("dossier.competent-unit", FactKind.CompetentUnit, FactType.Text),
        Named("dossier.unit", FactKind.Unit, FactType.Text),
        Named("actor.id", FactKind.ActorId, FactType.Text),
        Named("actor.unit", FactKind.ActorUnit, FactType.Text, optional: true),
        Named("actor.roles", FactKind.ActorRoles, FactType.Text),
        Named("time", FactKind.Time, FactType.Moment),
        Named("today", FactKind.Today, FactType.Date),
    ];

    private static readonly FrozenDictionary<string, Fact> s_byText = s_all.ToFrozenDictionary(n => n.Text, n => n.Fact, StringComparer.Ordinal);
    private static readonly FrozenDictionary<FactKind, string> s_texts = s_all.ToFrozenDictionary(n => n.Fact.Kind, n => n.Text);

    public static IEnumerable<string> All => s_all.Select(n => n.Text);

    public static Fact? Find(string text) => s_byText.GetValueOrDefault(text);

    public static string Of(FactKind kind) => s_texts[kind];

    private static (string Text, Fact Fact) Named(string text, FactKind kind, FactType type, bool optional = false) =>
        (text, new Fact(kind, string.Empty, type, optional));
}
