using System.Text.Json.Serialization;
using Workflow.Core.Dossiers;
using Workflow.Core.Procedures;

namespace Workflow.Host.Api;

/// <summary>How a dossier comes in.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ChannelWord>))]
internal enum ChannelWord
{
    [JsonStringEnumMemberName("direct")]
    Direct = Channel.Direct,

    [JsonStringEnumMemberName("online")]
    Online = Channel.Online,

    [JsonStringEnumMemberName("post")]
    Post = Channel.Post,
}

/// <summary>A submission. The newest version of the procedure is meant.</summary>
internal sealed record SubmitRequest(string Procedure, string ReceivingUnit, ChannelWord Channel)
{
    public string? CompetentUnit { get; init; }

    public ApplicantPart? Applicant { get; init; }

    public Dictionary<string, string>? Fields { get; init; }

    public IReadOnlyList<DocumentPart>? Documents { get; init; }

    public string? Trigger { get; init; }

    public DateTimeOffset? OccurredAt { get; init; }

    public SubmitDossier ToCommand() => new(Procedure, ReceivingUnit)
    {
        CompetentUnit = CompetentUnit,
        Channel = (Channel)Channel,
        Applicant = Applicant?.ToCore(),
        Fields = Parts.Fields(Fields),
        Documents = Parts.Documents(Documents),
        Trigger = Trigger,
    };
}

/// <summary>What a trigger is fired with. Which of it is needed depends on the trigger's act.</summary>
internal sealed record FireRequest
{
    public string? Reason { get; init; }

    public string? Ground { get; init; }

    public IReadOnlyList<string>? Items { get; init; }

    public IReadOnlyList<DocumentPart>? Documents { get; init; }

    public Dictionary<string, string>? Fields { get; init; }

    public PaymentPart? Payment { get; init; }

    public long? Amount { get; init; }

    public string? Result { get; init; }

    public DateTimeOffset? OccurredAt { get; init; }

    public FireTrigger ToCommand(string trigger) => new(trigger)
    {
        Reason = Reason,
        Ground = Ground,
        Items = Items ?? [],
        Documents = Parts.Documents(Documents),
        Fields = Parts.Fields(Fields),
        Payment = Payment?.ToCore(),
        Amount = Amount,
        Result = Result,
    };
}

/// <summary>Documents to be added.</summary>
internal sealed record AttachRequest(IReadOnlyList<DocumentPart> Documents)
{
    public AttachDocuments ToCommand() => new(Parts.Documents(Documents));
}

/// <summary>To whom a dossier is given. What is left out stays as it is.</summary>
internal sealed record AssignRequest
{
    public string? Unit { get; init; }

    public string? Role { get; init; }

    public string? Officer { get; init; }

    public AssignDossier ToCommand() => new() { Unit = Unit, Role = Role, Officer = Officer };
}

/// <summary>A new date, with an apology.</summary>
internal sealed record ReappointRequest(DateTimeOffset NewDue, string Reason, string ApologyDocument)
{
    public ReappointDossier ToCommand() => new(NewDue, Reason, ApologyDocument);
}

/// <summary>Who a dossier is for.</summary>
internal sealed record ApplicantPart(string Name)
{
    public string? IdNumber { get; init; }

    public string? Address { get; init; }

    public string? Phone { get; init; }

    public string? Email { get; init; }

    public static ApplicantPart? Of(Applicant? applicant) => applicant is null ? null
        : new(applicant.Name) { IdNumber = applicant.IdNumber, Address = applicant.Address, Phone = applicant.Phone, Email = applicant.Email };

    public Applicant ToCore() => new(Name) { IdNumber = IdNumber, Address = Address, Phone = Phone, Email = Email };

    public override string ToString() => "(an applicant)";
}

/// <summary>A document that was handed in.</summary>
internal sealed record DocumentPart(string Code)
{
    public int Originals { get; init; }

    public int Copies { get; init; }

    public string? ContentHash { get; init; }

    public static DocumentPart Of(SubmittedDocument document) =>
        new(document.Code) { Originals = document.Originals, Copies = document.Copies, ContentHash = document.ContentHash };
}

/// <summary>Money that was paid, in dong.</summary>
internal sealed record PaymentPart(long Amount, string Method)
{
    public string? Reference { get; init; }

    public Payment ToCore() => new(Amount, Method, Reference);
}

/// <summary>Turns parts of requests into Core's.</summary>
internal static class Parts
{
    public static IReadOnlyList<FieldValue> Fields(Dictionary<string, string>? fields) => fields is null ? [] : [.. fields.Select(f => new FieldValue(f.Key, f.Value))];

    public static IReadOnlyList<SubmittedDocument> Documents(IReadOnlyList<DocumentPart>? documents) =>
        documents is null ? [] : [.. documents.Select(d => new SubmittedDocument(d.Code, d.Originals, d.Copies) { ContentHash = d.ContentHash })];
}
