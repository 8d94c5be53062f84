using Workflow.Core.Definitions;
using Workflow.Core.Guards;

namespace Workflow.Core.Procedures;

/// <summary>Reads what depends on the case: guards as data, limits by case, budgets, legs and joins.</summary>
internal static class ProcedureCaseReader
{
    public static ExpressionText? Expression(DefinitionReader reader, string key) =>
        reader.Text(key) is { } text && reader.Node(key) is YamlScalar scalar ? Of(scalar, text) : null;

    public static IReadOnlyList<ExpressionText> Expressions(DefinitionReader reader, string key) => [.. reader.Texts(key).Select(s => Of(s, s.Text))];

    public static IReadOnlyList<LimitCase> LimitCases(DefinitionReader file)
    {
        var cases = new List<LimitCase>();
        foreach (var reader in file.Mappings("limit-cases"))
        {
            Demand(reader, "if", "limit");
            var when = Expression(reader, "if");
            var limit = ProcedureFileReader.ReadLimit(reader, "limit");
            reader.RefuseUnknownKeys();
            if (when is not null && limit is not null)
            {
                cases.Add(new LimitCase(when, limit.Value));
            }
        }

        return cases;
    }

    public static NamedGuard Guard((YamlScalar Name, DefinitionReader Body) entry)
    {
        var body = entry.Body;
        Demand(body, "holds");
        var guard = new NamedGuard(entry.Name.Text, Expression(body, "holds") ?? string.Empty) { Unmet = body.Name("unmet"), Place = entry.Name.Place };
        body.RefuseUnknownKeys();
        return guard;
    }

    public static IReadOnlyList<BudgetDefinition> Budgets(DefinitionReader file)
    {
        var budgets = new List<BudgetDefinition>();
        if (file.Mapping("budgets") is { } named)
        {
            foreach (var entry in named.Entries)
            {
                if (ProcedureFileReader.ReadLimit(named, entry.Key.Text) is { } limit)
                {
                    budgets.Add(new BudgetDefinition(entry.Key.Text, limit) { Place = entry.Key.Place });
                }
            }
        }

        return budgets;
    }

    public static LegDefinition Leg((YamlScalar Name, DefinitionReader Body) entry)
    {
        var body = entry.Body;
        Demand(body, "procedure", "unit");
        var leg = new LegDefinition(entry.Name.Text, body.Text("procedure") ?? string.Empty, body.Text("unit") ?? string.Empty)
        {
            When = Expression(body, "if"),
            After = ProcedureFileReader.Texts(body, "after"),
            Limit = ProcedureFileReader.ReadLimit(body, "limit"),
            Acknowledge = ProcedureFileReader.ReadLimit(body, "acknowledge"),
            DeemedAfter = ProcedureFileReader.ReadLimit(body, "deemed-after"),
            IsLead = body.Flag("lead") ?? false,
            Fields = LegFields(body),
            Documents = ProcedureFileReader.Texts(body, "documents"),
            Place = entry.Name.Place,
        };
        body.RefuseUnknownKeys();
        return leg;
    }

    public static JoinDefinition? Join(DefinitionReader state)
    {
        if (state.Mapping("join") is not { } join)
        {
            return null;
        }

        Demand(join, "when", "fire");
        var when = Expression(join, "when");
        var fire = join.Text("fire");
        var otherwise = join.Text("otherwise");
        join.RefuseUnknownKeys();
        if (when is null || fire is null)
        {
            return null;
        }

        var rule = when.Text switch { "all" => JoinRule.All, "any" => JoinRule.Any, _ => JoinRule.Guard };
        return new JoinDefinition(rule, fire) { When = rule == JoinRule.Guard ? when : null, Otherwise = otherwise };
    }

    private static List<LegField> LegFields(DefinitionReader leg)
    {
        if (leg.Mapping("fields") is not { } fields)
        {
            return [];
        }

        var read = new List<LegField>();
        foreach (var entry in fields.Entries)
        {
            if (fields.Text(entry.Key.Text) is { } from)
            {
                read.Add(new LegField(entry.Key.Text, from));
            }
        }

        return read;
    }

    private static ExpressionText Of(YamlScalar scalar, string text) => new(text) { Place = scalar.Place, Form = scalar.Form };

    private static void Demand(DefinitionReader reader, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (!reader.Has(key))
            {
                reader.Missing(key);
            }
        }
    }
}
