using System.Globalization;
using Workflow.Core.Definitions;
using Workflow.Core.Guards;
using Workflow.Core.Procedures;
using Workflow.Core.Units;
using static Workflow.Core.Migrations.DifferenceWeight;

namespace Workflow.Core.Migrations;

/// <summary>Everything that a definition says as a flat list of facts, in the order and under the keys of definition files.</summary>
/// <remarks>A member that is missing here is a change that nobody sees: a test changes each one and demands a difference.</remarks>
internal sealed partial class ProcedureFacts
{
    private readonly List<ProcedureFact> _all = [];
    private readonly Dictionary<string, ProcedureFact> _byPath = new(StringComparer.Ordinal);
    private readonly GuardRegistry _guards;

    private ProcedureFacts(GuardRegistry guards) => _guards = guards;

    public IReadOnlyList<ProcedureFact> All => _all;

    public ProcedureFact? Find(string path) => _byPath.GetValueOrDefault(path);

    public static ProcedureFacts Of(ProcedureContent content, GuardRegistry guards)
    {
        var facts = new ProcedureFacts(guards);
        facts.AddHead(content);
        facts.AddLimits(content);
        facts.AddParts(content);
        facts.AddLegs(content);
        facts.AddMachine(content);
        return facts;
    }

    /// <summary>Texts as one, so that no two lists share a form.</summary>
    public static string List(IEnumerable<string> texts) => $"[{string.Join(", ", texts.Select(t => Quoted(t, ',', ']')))}]";

    private void AddHead(ProcedureContent content)
    {
        Add("procedure", content.Version.Code, Breaking);
        // Two versions differ in this always; by itself it changes nothing.
        Add("version", Number(content.Version.Number), ForPeople);
        AddName("name", content.Name);
        Add("sector", content.Sector, ForPeople);
        AddList("levels", content.Levels.Select(UnitLevels.NameOf), Behaviour);
        Add("online", content.OnlineLevel is { } online ? Number(online) : null, Behaviour);
        AddList("channels", content.Channels.Select(c => c.ToString()), Behaviour);
    }

    private void AddLimits(ProcedureContent content)
    {
        Add("limit", content.Limit?.ToString(), Behaviour);
        for (var i = 0; i < content.LimitCases.Count; i++)
        {
            Add($"limit-cases.{i + 1}.if", content.LimitCases[i].When.Text, Behaviour);
            Add($"limit-cases.{i + 1}.limit", content.LimitCases[i].Limit.ToString(), Behaviour);
        }

        Parts("budgets", content.Budgets, b => b.Name, ForPeople);
        foreach (var budget in content.Budgets)
        {
            var part = Part("budgets", budget.Name, budget.Limit.ToString(), Behaviour, Breaking);
            Add($"{part}.limit", budget.Limit.ToString(), Behaviour, part);
        }

        Add("reception", content.Reception, Behaviour);
        Add("clock", content.Clock.ToString(), Behaviour);
        Add("supplements", Number(content.SupplementsAllowed), Behaviour);
        Add("supplement-notice", content.SupplementNotice.ToString(), Behaviour);
        AddList("sources", content.Sources, ForPeople);
        AddList("unverified", content.Unverified, ForPeople);
    }

    private void AddParts(ProcedureContent content)
    {
        Parts("roles", content.Roles, r => r, ForPeople);
        foreach (var role in content.Roles)
        {
            Part("roles", role, role, Behaviour, Breaking);
        }

        Parts("fields", content.Fields, f => f.Name, ForPeople);
        foreach (var field in content.Fields)
        {
            var part = Part("fields", field.Name, field.Type.ToString(), field.Required ? Breaking : Behaviour, Breaking);
            Add($"{part}.type", field.Type.ToString(), Breaking, part);
            Add($"{part}.required", Flag(field.Required), field.Required ? Breaking : Behaviour, part);
            Add($"{part}.personal", Flag(field.Personal), Breaking, part);
            AddName($"{part}.label", field.Label, part);
            AddList($"{part}.values", field.Values, Breaking, part);
            Add($"{part}.least", Number(field.Least), Breaking, part);
            Add($"{part}.most", Number(field.Most), Breaking, part);
        }

        Parts("documents", content.Documents, d => d.Code, ForPeople);
        foreach (var document in content.Documents)
        {
            var part = Part("documents", document.Code, document.Name.Display, document.Required ? Breaking : Behaviour, Breaking);
            AddName(part, document.Name, part);
            Add($"{part}.originals", Number(document.Originals), Behaviour, part);
            Add($"{part}.copies", Number(document.Copies), Behaviour, part);
            Add($"{part}.required", Flag(document.Required), document.Required ? Breaking : Behaviour, part);
            Add($"{part}.if", document.When?.Text, document.Required ? Breaking : Behaviour, part);
        }

        Parts("fees", content.Fees, f => f.Code, ForPeople);
        foreach (var fee in content.Fees)
        {
            var part = Part("fees", fee.Code, fee.Amount.ToString(CultureInfo.InvariantCulture), Behaviour, Behaviour);
            AddName(part, fee.Name, part);
            Add($"{part}.amount", fee.Amount.ToString(CultureInfo.InvariantCulture), Behaviour, part);
            Add($"{part}.per", fee.Per, Behaviour, part);
            Add($"{part}.if", fee.When?.Text, Behaviour, part);
            Add($"{part}.times", fee.Times?.Text, Behaviour, part);
        }

        Parts("guards", content.Guards, g => g.Name, ForPeople);
        foreach (var guard in content.Guards)
        {
            var part = Part("guards", guard.Name, guard.Holds.Text, Behaviour, Behaviour);
            Add($"{part}.holds", guard.Holds.Text, Behaviour, part);
            AddName($"{part}.unmet", guard.Unmet, part);
        }
    }

    private static string? Number(decimal? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Flag(bool flag) => flag ? "true" : "false";

    private static string Segment(string name) => Quoted(name, '.', ' ');

    private static string Quoted(string text, char stop, char other) =>
        text.Length > 0 && !text.Contains(stop, StringComparison.Ordinal) && !text.Contains(other, StringComparison.Ordinal) && !text.Contains('"', StringComparison.Ordinal)
            ? text
            : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // The order of parts that bear names.
    private void Parts<T>(string path, IReadOnlyList<T> parts, Func<T, string> name, DifferenceWeight weight, string? part = null)
    {
        if (parts.Count > 1)
        {
            Put(new ProcedureFact(path, string.Empty, weight) { Keys = [.. parts.Select(name)], Part = part });
        }
    }

    private string Part(string list, string name, string about, DifferenceWeight added, DifferenceWeight removed, string? of = null, string suffix = "")
    {
        var path = $"{list}.{Segment(name)}{suffix}";
        Put(new ProcedureFact(path, about, ForPeople) { Part = of, IsPart = true, WhenAdded = added, WhenRemoved = removed });
        return path;
    }

    private void Add(string path, string? value, DifferenceWeight weight, string? part = null)
    {
        if (value is not null)
        {
            Put(new ProcedureFact(path, value, weight) { Part = part });
        }
    }

    private void AddList(string path, IEnumerable<string> texts, DifferenceWeight weight, string? part = null)
    {
        var all = texts.ToList();
        Add(path, all.Count == 0 ? null : List(all), weight, part);
    }

    private void AddName(string path, LocalizedName? name, string? part = null)
    {
        Add($"{path}.vi", name?.Vi, ForPeople, part);
        Add($"{path}.en", name?.En, ForPeople, part);
    }

    // A definition that was not checked may name two parts alike: the first is compared.
    private void Put(ProcedureFact fact)
    {
        if (_byPath.TryAdd(fact.Path, fact))
        {
            _all.Add(fact);
        }
    }
}
