using Workflow.Core.Definitions;
using Workflow.Core.Guards;
using Workflow.Core.Procedures;

namespace Workflow.Core.Dossiers;

/// <summary>What a submission must bring and what documents and fields a procedure knows.</summary>
internal static class SubmissionRules
{
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
            else if (WrongWith(definition, field.Value) is { } wrong)
            {
                unmet.Add(new UnmetGuard("field", $"the value of the field '{field.Name}' is {wrong}"));
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

    // What is required stays given, and what is given is of its type, its list and its range: guards rely on it. A text may be blank
    // otherwise, which stands for none.
    private static string? WrongWith(FieldDefinition field, string text)
    {
        var value = FactValue.Read(ProcedureFacts.TypeOf(field.Type), text);
        if (!value.IsKnown)
        {
            return field.Type != FieldType.Text ? $"not of the type {field.Type}" : field.Required ? "blank, and it is required" : null;
        }

        if (field.Values.Count > 0 && !field.Values.Contains(text))
        {
            return Spelling.Nearest(text, field.Values) is { } nearest
                ? $"not one of its values; did you mean '{nearest}'?"
                : $"not one of its values; use one of: {string.Join(", ", field.Values)}";
        }

        return value.Number < field.Least ? FormattableString.Invariant($"below {field.Least}, the least that it may be")
            : value.Number > field.Most ? FormattableString.Invariant($"above {field.Most}, the most that it may be")
            : null;
    }
}
