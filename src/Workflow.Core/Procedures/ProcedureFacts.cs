using Workflow.Core.Guards;

namespace Workflow.Core.Procedures;

/// <summary>What the expressions of a procedure may ask about.</summary>
internal static class ProcedureFacts
{
    public static FactSchema Of(ProcedureContent content) => new(
        content.Fields.Select(f => new FactField(f.Name, TypeOf(f.Type), f.Required) { Values = f.Values, Least = f.Least, Most = f.Most }),
        content.Documents.Select(d => d.Code),
        content.Legs.Select(l => l.Name));

    public static FactType TypeOf(FieldType type) => type switch
    {
        FieldType.Number => FactType.Number,
        FieldType.Date => FactType.Date,
        FieldType.Moment => FactType.Moment,
        FieldType.Flag => FactType.Flag,
        _ => FactType.Text,
    };
}
