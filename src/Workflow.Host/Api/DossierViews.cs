using Workflow.Core.Definitions;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;
using Workflow.Host.Access;

namespace Workflow.Host.Api;

/// <summary>A text for people in both languages.</summary>
internal sealed record LabelView(string Vi, string? En)
{
    public static LabelView? Of(LocalizedName? name) => name is null ? null : new(name.Vi, name.En);
}

/// <summary>A guard that is unmet.</summary>
internal sealed record UnmetView(string Guard, string Message, string? Article)
{
    public static IReadOnlyList<UnmetView> Of(IReadOnlyList<UnmetGuard> unmet) => [.. unmet.Select(u => new UnmetView(u.Name, u.Message, u.Article))];
}

/// <summary>What is owed and paid, in dong.</summary>
internal sealed record FeesView(long Assessed, long Paid, long Outstanding);

/// <summary>A leg of the dossier at another agency.</summary>
internal sealed record LegView(int Number, string Name, string Unit, string State)
{
    public string? Code { get; init; }

    public DateTimeOffset? Due { get; init; }
}

/// <summary>A dossier as it is now, for those who may see all of it.</summary>
internal sealed record DossierView(string Code, int Version, string Procedure, int ProcedureVersion, string State, string ReceivingUnit, string CompetentUnit, string Unit, ChannelWord Channel)
{
    public LabelView? StateLabel { get; init; }

    public int? PortalStatus { get; init; }

    public string? Role { get; init; }

    /// <summary>The officer's account; told to officers alone.</summary>
    public string? Officer { get; init; }

    public DateTimeOffset SubmittedAt { get; init; }

    public DateTimeOffset? AcceptedAt { get; init; }

    public DateTimeOffset EnteredAt { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public string? Limit { get; init; }

    public DateTimeOffset? Due { get; init; }

    public DateTimeOffset? SuspendedAt { get; init; }

    public DateTimeOffset? StepDue { get; init; }

    public string? Timeliness { get; init; }

    public FeesView? Fees { get; init; }

    public bool HasDecision { get; init; }

    public string? Result { get; init; }

    public ApplicantPart? Applicant { get; init; }

    public IReadOnlyDictionary<string, string>? Fields { get; init; }

    public IReadOnlyList<DocumentPart>? Documents { get; init; }

    public string? Parent { get; init; }

    public IReadOnlyList<LegView>? Legs { get; init; }

    public static DossierView Of(DossierSnapshot dossier, Procedure? procedure, Sight sight)
    {
        var state = procedure?.Content.States.FirstOrDefault(s => s.Name == dossier.State);
        return new(dossier.Code, dossier.Version, dossier.Procedure, dossier.ProcedureVersion, dossier.State, dossier.ReceivingUnit, dossier.CompetentUnit, dossier.Unit, (ChannelWord)dossier.Channel)
        {
            StateLabel = LabelView.Of(state?.Label),
            PortalStatus = (int?)state?.Status,
            Role = dossier.Role,
            Officer = sight == Sight.Officer ? dossier.Assignee : null,
            SubmittedAt = dossier.SubmittedAt,
            AcceptedAt = dossier.AcceptedAt,
            EnteredAt = dossier.EnteredAt,
            ClosedAt = dossier.ClosedAt,
            Limit = dossier.Clock?.Limit,
            Due = dossier.Clock?.Due,
            SuspendedAt = dossier.Clock?.SuspendedAt,
            StepDue = dossier.StepDue,
            Timeliness = Words.Of(dossier.Timeliness),
            Fees = new FeesView(dossier.FeesAssessed, dossier.FeesPaid, Math.Max(0, dossier.FeesAssessed - dossier.FeesPaid)),
            HasDecision = dossier.HasDecision,
            Result = dossier.Result,
            Applicant = ApplicantPart.Of(dossier.Personal?.Applicant),
            Fields = (dossier.Fields ?? []).Concat(dossier.Personal?.Fields ?? []).GroupBy(f => f.Name, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Value, StringComparer.Ordinal),
            Documents = [.. (dossier.Documents ?? []).Select(DocumentPart.Of)],
            Parent = dossier.Parent,
            Legs = dossier.Legs is null ? null : [.. dossier.Legs.Select(l => new LegView(l.Number, l.Name, l.Unit, Words.Of(l.State)) { Code = l.Code, Due = l.Due })],
        };
    }
}

/// <summary>What a person may do with a dossier now, and why not otherwise.</summary>
internal sealed record PermittedView(string Code, int Version, IReadOnlyList<TriggerView> Triggers);

/// <summary>A trigger of the dossier's state.</summary>
internal sealed record TriggerView(string Trigger, string Act, bool IsPermitted, IReadOnlyList<string> Roles, IReadOnlyList<UnmetView> Unmet)
{
    public LabelView? Label { get; init; }

    public static TriggerView Of(PermittedTrigger trigger, Procedure? procedure) =>
        new(trigger.Trigger, ActNames.Of(trigger.Act), trigger.IsPermitted, trigger.Roles, UnmetView.Of(trigger.Unmet))
        {
            Label = LabelView.Of(procedure?.Content.Triggers.FirstOrDefault(t => t.Name == trigger.Trigger)?.Label),
        };
}

/// <summary>The words of the API for values of Core's.</summary>
internal static class Words
{
    public static string? Of(Timeliness? timeliness) => timeliness switch
    {
        null => null,
        Timeliness.Early => "early",
        Timeliness.OnTime => "on-time",
        _ => "overdue",
    };

    public static string Of(FieldType type) => type switch
    {
        FieldType.Text => "text",
        FieldType.Number => "number",
        FieldType.Date => "date",
        FieldType.Moment => "moment",
        _ => "flag",
    };

    public static string Of(LegState state) => state switch
    {
        LegState.Planned => "planned",
        LegState.Dispatched => "dispatched",
        LegState.Acknowledged => "acknowledged",
        LegState.Ended => "ended",
        LegState.DeemedAgreed => "deemed-agreed",
        _ => "recalled",
    };
}
