using Workflow.Core.Guards;

namespace Workflow.Core.Dossiers;

/// <summary>What guards see: the dossier as it would be with the documents, fields and payment that the command brings.</summary>
internal sealed class DecisionFacts(Dossier dossier, DecisionContext context, FireTrigger? command) : IDossierFacts
{
    public DateTimeOffset Time => context.Time;

    public string ActorId => context.Actor.Id;

    public string? ActorUnit => context.Actor.Unit;

    public bool DocumentsComplete => FirstMissingDocument() is null;

    public long FeesOutstanding =>
        Math.Max(0, dossier.FeesAssessed + (command?.Amount ?? 0) - dossier.FeesPaid - (command?.Payment?.Amount ?? 0));

    public bool HasDecision => dossier.HasDecision;

    public bool HasDocument(string code) => dossier.HasDocument(code) || (command is { Documents.Count: > 0 } && command.Documents.Any(d => d.Code == code));

    public string? Field(string name) =>
        command is { Fields.Count: > 0 } && command.Fields.FirstOrDefault(f => f.Name == name) is { } given ? given.Value : dossier.Field(name);

    public string? FirstMissingDocument()
    {
        var required = dossier.Procedure.RequiredDocuments;
        for (var i = 0; i < required.Count; i++)
        {
            if (!HasDocument(required[i]))
            {
                return required[i];
            }
        }

        return null;
    }
}
