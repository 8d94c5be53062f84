using System.Globalization;
using Workflow.Core.Definitions;
using Workflow.Core.Units;

namespace Workflow.Core.Procedures;

/// <summary>Writes a procedure's content as YAML: always the same keys in the same order, what is absent left out.</summary>
internal sealed class ProcedureFileWriter(TextWriter writer)
{
    public void Write(ProcedureContent content)
    {
        Line(0, "procedure", Scalar(content.Version.Code));
        Line(0, "version", Number(content.Version.Number));
        Line(0, "name", Name(content.Name));
        Line(0, "sector", Scalar(content.Sector));
        Line(0, "levels", List(content.Levels.Select(UnitLevels.NameOf)));
        Line(0, "online", content.OnlineLevel is { } level ? Number(level) : null);
        Line(0, "channels", List(content.Channels.Select(c => ProcedureWords.Of(ProcedureWords.Channels, c))));
        Line(0, "limit", Scalar(content.Limit?.ToString()));
        Block("limit-cases", content.LimitCases, c => Raw($"  - {Flow(("if", Scalar(c.When.Text)), ("limit", Scalar(c.Limit.ToString())))}"));
        Block("budgets", content.Budgets, b => Line(1, b.Name, Scalar(b.Limit.ToString())));
        Line(0, "reception", Scalar(content.Reception));
        Line(0, "clock", ProcedureWords.Of(ProcedureWords.Clocks, content.Clock));
        Line(0, "supplements", Number(content.SupplementsAllowed));
        Line(0, "supplement-notice", Scalar(content.SupplementNotice.ToString()));
        Block("sources", content.Sources, s => Raw($"  - {Scalar(s)}"));
        Block("unverified", content.Unverified, s => Raw($"  - {Scalar(s)}"));
        Line(0, "roles", List(content.Roles));
        Block("fields", content.Fields, f => Line(1, f.Name, Flow(
            ("type", ProcedureWords.Of(ProcedureWords.FieldTypes, f.Type)), ("required", Flag(f.Required)), ("personal", Flag(f.Personal)), ("label", Name(f.Label)),
            ("values", List(f.Values)), ("least", Number(f.Least)), ("most", Number(f.Most)))));
        Block("documents", content.Documents, d => Line(1, d.Code, Flow(
            ("vi", Scalar(d.Name.Vi)), ("en", Scalar(d.Name.En)), ("originals", Number(d.Originals)), ("copies", Number(d.Copies)), ("required", d.Required ? "true" : "false"),
            ("if", Scalar(d.When?.Text)))));
        Block("fees", content.Fees, f => Line(1, f.Code, Flow(
            ("vi", Scalar(f.Name.Vi)), ("en", Scalar(f.Name.En)), ("amount", f.Amount.ToString(CultureInfo.InvariantCulture)), ("per", Scalar(f.Per)),
            ("if", Scalar(f.When?.Text)), ("times", Scalar(f.Times?.Text)))));
        Block("guards", content.Guards, g => Line(1, g.Name, Flow(("holds", Scalar(g.Holds.Text)), ("unmet", Name(g.Unmet)))));
        Block("legs", content.Legs, l => Line(1, l.Name, Leg(l)));
        Block("triggers", content.Triggers, t => Line(1, t.Name, Flow(("act", ActNames.Of(t.Act)), ("by", List(t.Roles)), ("label", Name(t.Label)))));
        Block("states", content.States, s => WriteState(s, content));
    }

    private static string? Scalar(string? text) => text is null ? null : YamlScalarText.Of(text);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string? Number(decimal? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string? Flag(bool flag) => flag ? "true" : null;

    private static string? Name(LocalizedName? name) => name is null ? null : Flow(("vi", Scalar(name.Vi)), ("en", Scalar(name.En)));

    private static string? List(IEnumerable<string> texts)
    {
        var list = string.Join(", ", texts.Select(Scalar));
        return list.Length == 0 ? null : $"[{list}]";
    }

    private static string Flow(params (string Key, string? Value)[] entries) =>
        $"{{ {string.Join(", ", entries.Where(e => e.Value is not null).Select(e => $"{e.Key}: {e.Value}"))} }}";

    private static string Alternative(TransitionDefinition transition) =>
        transition is { Guards.Count: 0, Roles.Count: 0, Stays: false }
            ? YamlScalarText.Of(transition.To)
            : Flow(("to", Scalar(transition.To)), ("if", List(transition.Guards.Select(g => g.Text))), ("by", List(transition.Roles)), ("stays", Flag(transition.Stays)));

    private static string Leg(LegDefinition leg) => Flow(
        ("procedure", Scalar(leg.Procedure)),
        ("unit", Scalar(leg.Unit)),
        ("if", Scalar(leg.When?.Text)),
        ("after", List(leg.After)),
        ("limit", Scalar(leg.Limit?.ToString())),
        ("acknowledge", Scalar(leg.Acknowledge?.ToString())),
        ("deemed-after", Scalar(leg.DeemedAfter?.ToString())),
        ("lead", Flag(leg.IsLead)),
        ("fields", leg.Fields.Count == 0 ? null : Flow([.. leg.Fields.Select(f => (YamlScalarText.Of(f.To), Scalar(f.From)))])),
        ("documents", List(leg.Documents)));

    private static string Join(JoinDefinition join) => Flow(
        ("when", join.Rule switch { JoinRule.All => "all", JoinRule.Any => "any", _ => Scalar(join.When?.Text) }),
        ("fire", Scalar(join.Fire)),
        ("otherwise", Scalar(join.Otherwise)));

    private void WriteState(StateDefinition state, ProcedureContent content)
    {
        Raw($"  {Scalar(state.Name)}:");
        Line(2, "initial", Flag(state.Name == content.Initial));
        Line(2, "label", Name(state.Label));
        Line(2, "status", state.Status is { } status ? Number((int)status) : null);
        Line(2, "role", Scalar(state.Role));
        Line(2, "parent", Scalar(state.Parent));
        Line(2, "final", Flag(state.IsFinal));
        Line(2, "limit", Scalar(state.Limit?.ToString()));
        Line(2, "budget", Scalar(state.Budget));
        Line(2, "clock", state.SuspendsClock ? "off" : null);
        Line(2, "legs", List(state.Legs));
        Line(2, "join", state.Join is null ? null : Join(state.Join));
        Line(2, "timeout", state.Timeout is { } after ? Flow(("after", Scalar(after.ToString())), ("fire", Scalar(state.TimeoutTrigger))) : null);
        var leaving = content.Transitions.Where(t => t.From == state.Name).GroupBy(t => t.Trigger, StringComparer.Ordinal).ToList();
        if (leaving.Count == 0)
        {
            return;
        }

        Raw("    on:");
        foreach (var trigger in leaving)
        {
            var alternatives = trigger.Select(Alternative).ToList();
            Line(3, trigger.Key, alternatives.Count == 1 ? alternatives[0] : $"[{string.Join(", ", alternatives)}]");
        }
    }

    private void Block<T>(string key, IReadOnlyList<T> items, Action<T> write)
    {
        if (items.Count == 0)
        {
            return;
        }

        Raw($"{key}:");
        foreach (var item in items)
        {
            write(item);
        }
    }

    private void Line(int depth, string key, string? value)
    {
        if (value is not null)
        {
            Raw($"{new string(' ', depth * 2)}{Scalar(key)}: {value}");
        }
    }

    private void Raw(string line)
    {
        writer.Write(line);
        writer.Write('\n');
    }
}
