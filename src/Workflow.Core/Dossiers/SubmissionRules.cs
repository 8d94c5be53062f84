using System.Globalization;
using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

/// <summary>What a submission must bring and what documents and fields a procedure knows.</summary>
internal static class SubmissionRules
{
    private static readonly string[] s_moments = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    public static void Check(Procedure procedure, SubmitDossier command, DecisionContext context, List<UnmetGuard> unmet)
    {
        var content = procedure.Content;
        if (command.Procedure != procedure.Code || (command.ProcedureVersion is { } version && version != procedure.Version.Number))
        {
            unmet.Add(new UnmetGuard("procedure", $"the submission is for {command.Procedure}, version {command.ProcedureVersion?.ToString() ?? "newest"}, not for {procedure}"));
        }

        if (command.LegOf is not null && !context.Actor.IsSystem)
        {
            unmet.Add(new UnmetGuard("system", "the legs of a dossier are submitted by the engine alone; leave out 'legOf'"));
        }

        UnitRules.Check(command.ReceivingUnit, context, unmet);
        if (command.CompetentUnit is not null && command.CompetentUnit != command.ReceivingUnit)
        {
            UnitRules.Check(command.CompetentUnit, context, unmet);
        }

        if (content.Levels.Count > 0 && context.UnitsInForce.Find(command.CompetentUnit ?? command.ReceivingUnit) is { } competent && !content.Levels.Contains(competent.Level))
        {
            unmet.Add(new UnmetGuard("competence", $"{procedure} is settled at the level {string.Join(" or ", content.Levels)}, and unit '{competent.Code}' is of the level {competent.Level}"));
        }

        if (command.Channel is not (Channel.Direct or Channel.Online or Channel.Post) || (content.Channels.Count > 0 && !content.Channels.Contains(command.Channel)))
        {
            unmet.Add(new UnmetGuard("channel", $"{procedure} cannot be filed through the channel {command.Channel}"));
        }

        if (content.States.Any(s => s.Status is not null) && string.IsNullOrWhiteSpace(command.Applicant?.Name))
        {
            unmet.Add(new UnmetGuard("applicant", "a submission names the applicant"));
        }

        foreach (var field in content.Fields.Where(f => f.Required && !command.Fields.Any(v => v.Name == f.Name && !string.IsNullOrWhiteSpace(v.Value))))
        {
            unmet.Add(new UnmetGuard("field", $"the field '{field.Name}' is missing"));
        }

        CheckParts(procedure, command.Fields, command.Documents, unmet);
    }

    public static void CheckParts(Procedure procedure, IReadOnlyList<FieldValue> fields, IReadOnlyList<SubmittedDocument> documents, List<UnmetGuard> unmet)
    {
        for (var i = 0; i < fields.Count; i++)
        {
            var field = fields[i];
            if (procedure.Field(field.Name) is not { } definition)
            {
                unmet.Add(new UnmetGuard("field", $"the procedure {procedure} has no field '{field.Name}'"));
            }
            else if (!IsOf(definition.Type, field.Value))
            {
                unmet.Add(new UnmetGuard("field", $"the value of the field '{field.Name}' is not of the type {definition.Type}"));
            }
        }

        for (var i = 0; i < documents.Count; i++)
        {
            if (procedure.Document(documents[i].Code) is null)
            {
                unmet.Add(new UnmetGuard("document", $"the procedure {procedure} has no document '{documents[i].Code}'"));
            }
        }
    }

    public static IReadOnlyList<FieldValue> Public(Procedure procedure, IReadOnlyList<FieldValue> fields) =>
        fields.Count == 0 ? [] : [.. fields.Where(f => procedure.Field(f.Name) is { Personal: false })];

    public static IReadOnlyList<FieldValue> PersonalFields(Procedure procedure, IReadOnlyList<FieldValue> fields) =>
        fields.Count == 0 ? [] : [.. fields.Where(f => procedure.Field(f.Name) is { Personal: true })];

    public static PersonalData? Personal(Procedure procedure, SubmitDossier command)
    {
        var fields = PersonalFields(procedure, command.Fields);
        return command.Applicant is null && fields.Count == 0 ? null : new PersonalData { Applicant = command.Applicant, Fields = fields };
    }

    private static bool IsOf(FieldType type, string value) => type switch
    {
        FieldType.Text => true,
        FieldType.Number => decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _),
        FieldType.Date => DateOnly.TryParseExact(value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        // The offset is looked for first: without one the moment would depend on the machine.
        FieldType.Moment => value.Length > 19 && (value[^1] == 'Z' || value[^6] is '+' or '-')
            && DateTimeOffset.TryParseExact(value, s_moments, CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        FieldType.Flag => value is "true" or "false",
        _ => false,
    };
}
