using Workflow.Core.Definitions;

namespace Workflow.Core.Guards;

/// <summary>Finds the fact that an expression names, or says what it probably meant.</summary>
internal static class FactLookup
{
    // Above this many names a suggestion would cost more than it helps.
    private const int MostSuggested = 500;

    /// <exception cref="ExpressionFault">There is no such fact.</exception>
    public static Fact Find(FactSyntax syntax, FactSchema schema)
    {
        var path = syntax.Path;
        return path[0] switch
        {
            "fields" when path.Count == 2 => Field(syntax, path[1], schema),
            "documents" when path.Count == 2 => schema.HasDocument(path[1])
                ? new Fact(FactKind.Document, path[1], FactType.Flag, Optional: true)
                : throw Unknown(syntax, $"there is no document '{path[1]}'", path[1], schema.Documents),
            "legs" when path.Count == 3 => Leg(syntax, path[1], path[2], schema),
            _ => FactNames.Find(string.Join('.', path)) ?? throw Unknown(syntax, schema),
        };
    }

    /// <summary>What to do about a name that is none of these.</summary>
    public static string Mend(string word, IReadOnlyCollection<string> names) =>
        names.Count is 0 or > MostSuggested ? "correct the name, or define it"
        : Spelling.Nearest(word, names) is { } nearest ? $"did you mean '{nearest}'?"
        : $"use one of: {string.Join(", ", names)}";

    private static Fact Field(FactSyntax syntax, string name, FactSchema schema) => schema.Field(name) is { } field
        ? new Fact(FactKind.Field, name, field.Type, !field.Required)
        : throw Unknown(syntax, $"there is no field '{name}'", name, schema.Fields);

    private static Fact Leg(FactSyntax syntax, string name, string asked, FactSchema schema)
    {
        if (!schema.HasLeg(name))
        {
            throw Unknown(syntax, $"there is no leg '{name}'", name, schema.Legs);
        }

        FactKind? kind = asked switch { "ended" => FactKind.LegEnded, "well" => FactKind.LegWell, "badly" => FactKind.LegBadly, _ => null };
        return kind is { } known
            ? new Fact(known, name, FactType.Flag, Optional: true)
            : throw Unknown(syntax, $"a leg has no '{asked}'", asked, ["ended", "well", "badly"]);
    }

    private static ExpressionFault Unknown(FactSyntax syntax, FactSchema schema)
    {
        var written = syntax.Written;
        if (syntax.Path.Count == 1 && Spelling.Nearest(written, ["time", "today"]) is null)
        {
            return new ExpressionFault(DefectCodes.ExpressionType, syntax.Offset, $"there is no fact '{written}'", $"put a text in quotation marks: {FactValue.Quoted(written)}");
        }

        string[] known =
        [
            .. FactNames.All,
            .. schema.Fields.Take(MostSuggested).Select(f => $"fields{Fact.Member(f)}"),
            .. schema.Documents.Take(MostSuggested).Select(d => $"documents{Fact.Member(d)}"),
            .. schema.Legs.Take(MostSuggested).Select(l => $"legs{Fact.Member(l)}.well"),
        ];
        var mend = Spelling.Nearest(written, known) is { } nearest
            ? $"did you mean '{nearest}'?"
            : $"use fields.NAME, documents.CODE, legs.NAME.well or one of: {string.Join(", ", FactNames.All)}";
        return new ExpressionFault(DefectCodes.ExpressionType, syntax.Offset, $"there is no fact '{written}'", mend);
    }

    private static ExpressionFault Unknown(FactSyntax syntax, string message, string word, IReadOnlyCollection<string> names) =>
        new(DefectCodes.ExpressionType, syntax.Offset, message, Mend(word, names));
}
