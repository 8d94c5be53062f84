namespace Workflow.Core.Guards;

/// <summary>What a fact is about.</summary>
internal enum FactKind
{
    Field,
    Document,
    FeesAssessed,
    FeesPaid,
    FeesOutstanding,
    Channel,
    Status,
    Supplements,
    Reappointments,
    HasDecision,
    SubmittedAt,
    AcceptedAt,
    Due,
    ReceivingUnit,
    CompetentUnit,
    Unit,
    ActorId,
    ActorUnit,
    ActorRoles,
    Time,
    Today,
    LegEnded,
    LegWell,
    LegBadly,
}

/// <summary>Something that an expression may ask about a dossier.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Name">The field, document or leg; empty for the others.</param>
/// <param name="Type">The type of its value. A document has none of its own: it is only there or not.</param>
/// <param name="Optional">Whether it may have no value.</param>
internal sealed record Fact(FactKind Kind, string Name, FactType Type, bool Optional)
{
    /// <summary>The value, unknown when there is none.</summary>
    public FactValue Read(IDossierFacts facts) => Kind switch
    {
        FactKind.Field => FactValue.Read(Type, facts.Field(Name)),
        FactKind.Document => FactValue.Of(facts.HasDocument(Name)),
        FactKind.FeesAssessed => FactValue.Of((decimal)facts.FeesAssessed),
        FactKind.FeesPaid => FactValue.Of((decimal)facts.FeesPaid),
        FactKind.FeesOutstanding => FactValue.Of((decimal)facts.FeesOutstanding),
        FactKind.Channel => FactValue.Of(facts.Channel),
        FactKind.Status => facts.Status is { } status ? FactValue.Of((decimal)status) : default,
        FactKind.Supplements => FactValue.Of((decimal)facts.Supplements),
        FactKind.Reappointments => FactValue.Of((decimal)facts.Reappointments),
        FactKind.HasDecision => FactValue.Of(facts.HasDecision),
        FactKind.SubmittedAt => FactValue.Of(facts.SubmittedAt),
        FactKind.AcceptedAt => FactValue.Of(facts.AcceptedAt),
        FactKind.Due => FactValue.Of(facts.Due),
        FactKind.ReceivingUnit => FactValue.Of(facts.ReceivingUnit),
        FactKind.CompetentUnit => FactValue.Of(facts.CompetentUnit),
        FactKind.Unit => FactValue.Of(facts.Unit),
        FactKind.ActorId => FactValue.Of(facts.ActorId),
        FactKind.ActorUnit => FactValue.Of(facts.ActorUnit),
        FactKind.Time => FactValue.Of(facts.Time),
        FactKind.Today => FactValue.Of(DateOnly.FromDateTime(facts.Time.ToOffset(FactValue.Offset).DateTime)),
        FactKind.LegEnded => facts.Leg(Name) is { } leg ? FactValue.Of(leg != LegFact.Running) : default,
        FactKind.LegWell => facts.Leg(Name) is { } leg ? FactValue.Of(leg == LegFact.EndedWell) : default,
        FactKind.LegBadly => facts.Leg(Name) is { } leg ? FactValue.Of(leg == LegFact.EndedBadly) : default,
        _ => default,
    };

    /// <summary>Whether there is a value.</summary>
    public bool IsThere(IDossierFacts facts) => Kind switch
    {
        FactKind.Field => !string.IsNullOrWhiteSpace(facts.Field(Name)),
        FactKind.Document => facts.HasDocument(Name),
        _ => Read(facts).IsKnown,
    };

    /// <summary>The fact as an expression writes it.</summary>
    public override string ToString() => Kind switch
    {
        FactKind.Field => $"fields{Member(Name)}",
        FactKind.Document => $"documents{Member(Name)}",
        FactKind.LegEnded => $"legs{Member(Name)}.ended",
        FactKind.LegWell => $"legs{Member(Name)}.well",
        FactKind.LegBadly => $"legs{Member(Name)}.badly",
        _ => FactNames.Of(Kind),
    };

    /// <summary>A name of the definition's own, after the dot or in brackets.</summary>
    public static string Member(string name) => ExpressionLexer.IsName(name) ? $".{name}" : $"[{FactValue.Quoted(name)}]";
}
