using Workflow.Core.Guards;
using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

/// <summary>What guards see: the dossier as it would be with the documents, fields and payment that the command brings.</summary>
internal sealed class DecisionFacts(Dossier dossier, DateTimeOffset time, Actor actor, FireTrigger? command) : IDossierFacts
{
    public DecisionFacts(Dossier dossier, DecisionContext context, FireTrigger? command)
        : this(dossier, context.Time, context.Actor, command)
    {
    }

    public DateTimeOffset Time => time;

    public string ActorId => actor.Id;

    public string? ActorUnit => actor.Unit;

    public bool DocumentsComplete => FirstMissingDocument() is null;

    public long FeesAssessed => dossier.FeesAssessed + (command?.Amount ?? 0);

    public long FeesPaid => dossier.FeesPaid + (command?.Payment?.Amount ?? 0);

    public long FeesOutstanding => Math.Max(0, FeesAssessed - FeesPaid);

    public bool HasDecision => dossier.HasDecision;

    public string Channel => dossier.Channel switch
    {
        Procedures.Channel.Direct => "direct",
        Procedures.Channel.Online => "online",
        _ => "post",
    };

    public int? Status => (int?)dossier.Status;

    public int Supplements => dossier.SupplementCount;

    public int Reappointments => dossier.ReappointmentCount;

    public DateTimeOffset SubmittedAt => dossier.SubmittedAt;

    public DateTimeOffset? AcceptedAt => dossier.AcceptedAt;

    public DateTimeOffset? Due => dossier.Clock?.PromisedDue;

    public string ReceivingUnit => dossier.ReceivingUnit;

    public string CompetentUnit => dossier.CompetentUnit;

    public string Unit => dossier.Unit;

    public bool HasRole(string role) => actor.Has(role);

    public bool HasDocument(string code)
    {
        for (var i = 0; i < (command?.Documents.Count ?? 0); i++)
        {
            if (command!.Documents[i].Code == code)
            {
                return true;
            }
        }

        return dossier.HasDocument(code);
    }

    public string? Field(string name)
    {
        for (var i = 0; i < (command?.Fields.Count ?? 0); i++)
        {
            if (command!.Fields[i].Name == name)
            {
                return command.Fields[i].Value;
            }
        }

        return dossier.Field(name);
    }

    public LegFact? Leg(string name)
    {
        // Of the present round: what earlier ones came to counts no more.
        for (var i = dossier.Legs.Count - 1; i >= 0 && dossier.Legs[i].Round == dossier.LegRound; i--)
        {
            var leg = dossier.Legs[i];
            if (leg.Name == name)
            {
                return leg.EndedWell ? LegFact.EndedWell : leg.EndedBadly ? LegFact.EndedBadly : LegFact.Running;
            }
        }

        return null;
    }

    public string? FirstMissingDocument() => dossier.Procedure.Cases.FirstMissingDocument(this);
}
