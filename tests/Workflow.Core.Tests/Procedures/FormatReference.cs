using System.Text;
using Workflow.Core.Definitions;

namespace Workflow.Core.Tests.Procedures;

/// <summary>Writes a description of a file format as a page for people.</summary>
internal static class FormatReference
{
    private const string Head = """
        # Procedure files

        Every key of a procedure file. This page and [the schema for editors](procedure.schema.json) are written from the description in
        `Procedures/ProcedureFormat.cs`, which tests hold to the reader; after a change there run the tests of ProcedureFormat with WORKFLOW_APPROVE=1.
        How to write a procedure is told in [modelling.md](modelling.md).

        Every value is text, so a code stays as it was written. Anchors, aliases, tags and further documents are refused; a file has at most 1,048,576 characters.
        A **time limit** is written `10 working days`, `15 days`, `2 working hours`, `8 hours`, `1 month` or `same day`; fractions as `0.5`, `0,5` or `1/2`;
        `, cut-off 15:00` or `, cut-off last hour` may follow: what is received later counts as received on the next working day, with `, from 08:00` from that hour on. A **name** is a text, which is the Vietnamese name, or
        `{ vi: ..., en: ... }`. An **expression** is the name of a guard, as `name` or `name@version`, or a condition over the dossier's data:
        see [expressions.md](expressions.md).

        """;

    public static string Of(IReadOnlyList<FormatMapping> mappings)
    {
        var text = new StringBuilder(Head.ReplaceLineEndings("\n"));
        foreach (var mapping in mappings)
        {
            text.Append($"\n## {char.ToUpperInvariant(mapping.Name[0])}{mapping.Name[1..]}\n\n{mapping.Meaning}\n\n| key | takes | absent | meaning |\n| --- | --- | --- | --- |\n");
            foreach (var key in mapping.Keys)
            {
                text.Append($"| `{key.Name}` | {Takes(key)} | {(key.Required ? "refused" : key.Default is { } value ? $"`{value}`" : string.Empty)} | {key.Meaning} |\n");
            }
        }

        return text.ToString();
    }

    private static string Takes(FormatKey key) => key.Type switch
    {
        FormatType.Text => "text",
        FormatType.Name => "name",
        FormatType.Limit => "time limit",
        FormatType.Integer when key.Most == long.MaxValue => $"whole number, {key.Least} or more",
        FormatType.Integer when key.Most == int.MaxValue => $"whole number from {key.Least}",
        FormatType.Integer => $"{key.Least} to {key.Most}",
        FormatType.Number => "number",
        FormatType.Flag => "`true`, `false`",
        FormatType.Choice => Words(key),
        FormatType.Choices => $"one or a list of {Words(key)}",
        FormatType.Texts => "text or list of texts",
        FormatType.Expression => "expression",
        FormatType.Expressions => "expression or list of them",
        FormatType.Mapping => Link(key),
        FormatType.Mappings => $"list, each a {Link(key)}",
        FormatType.Named => $"names, under each a {Link(key)}",
        FormatType.NamedLimits => "names, under each a time limit",
        FormatType.NamedTexts => "names, under each a text",
        FormatType.Transitions => $"triggers, under each a state, a {Link(key)} or a list of them, tried in turn",
        _ => throw new InvalidOperationException($"A key of type {key.Type} has no words."),
    };

    private static string Words(FormatKey key) => string.Join(", ", key.Words.Select(w => $"`{w}`"));

    private static string Link(FormatKey key) => $"[{key.Of!.Name}](#{key.Of.Name.Replace(' ', '-')})";
}
