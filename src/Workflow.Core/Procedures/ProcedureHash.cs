using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Workflow.Core.Deadlines;
using Workflow.Core.Guards;

namespace Workflow.Core.Procedures;

/// <summary>The content hash: SHA-256 over every part of a definition, each written with its length so that no two contents share a form.</summary>
internal static class ProcedureHash
{
    public static string Of(ProcedureContent content, GuardRegistry guards)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var form = new CanonicalForm(hash);
        form.Add("procedure/1", content.Version.Code, Number(content.Version.Number), content.Name.Vi, content.Name.En, content.Sector);
        form.AddList("levels", content.Levels, l => form.Add(l.ToString()));
        form.Add(content.OnlineLevel is { } online ? Number(online) : null);
        form.AddList("channels", content.Channels, c => form.Add(c.ToString()));
        form.Add(Limit(content.Limit), content.Clock.ToString(), Number(content.SupplementsAllowed), Limit(content.SupplementNotice));
        form.AddList("roles", content.Roles, r => form.Add(r));
        form.AddList("fields", content.Fields, f => form.Add(f.Name, f.Type.ToString(), f.Label?.Vi, f.Label?.En, Flag(f.Required), Flag(f.Personal)));
        form.AddList("documents", content.Documents, d => form.Add(d.Code, d.Name.Vi, d.Name.En, Flag(d.Required), Number(d.Originals), Number(d.Copies)));
        form.AddList("fees", content.Fees, f => form.Add(f.Code, f.Name.Vi, f.Name.En, f.Amount.ToString(CultureInfo.InvariantCulture), f.Per));
        form.Add(content.Initial);
        form.AddList("states", content.States, s => form.Add(
            s.Name, s.Label?.Vi, s.Label?.En, s.Status?.ToString(), s.Role, s.Parent, Flag(s.IsFinal), Limit(s.Limit), Limit(s.Timeout), s.TimeoutTrigger));
        form.AddList("triggers", ProcedureTriggers.All(content), t =>
        {
            form.Add(t.Name, t.Act.ToString(), t.Label?.Vi, t.Label?.En);
            form.AddList("roles", t.Roles, r => form.Add(r));
        });
        form.AddList("transitions", content.Transitions, t =>
        {
            form.Add(t.From, t.Trigger, t.To);
            form.AddList("guards", t.Guards, g => form.Add(guards.Find(g.Text)?.Reference ?? g.Text));
            form.AddList("roles", t.Roles, r => form.Add(r));
        });
        AddCases(content, form);
        AddLegs(content, form);
        AddStaying(content, form);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    // What procedures learned to say later is added only where it is said, so that those that do not say it keep their hashes.
    private static void AddCases(ProcedureContent content, CanonicalForm form)
    {
        form.AddIfAny("field-ranges", content.Fields.Where(f => f.Values.Count > 0 || f.Least is not null || f.Most is not null), f =>
        {
            form.Add(f.Name, f.Least?.ToString(CultureInfo.InvariantCulture), f.Most?.ToString(CultureInfo.InvariantCulture));
            form.AddList("values", f.Values, v => form.Add(v));
        });
        form.AddIfAny("document-cases", content.Documents.Where(d => d.When is not null), d => form.Add(d.Code, d.When!.Text));
        form.AddIfAny("fee-cases", content.Fees.Where(f => f.When is not null || f.Times is not null), f => form.Add(f.Code, f.When?.Text, f.Times?.Text));
        form.AddIfAny("limit-cases", content.LimitCases, c => form.Add(c.When.Text, Limit(c.Limit)));
        form.AddIfAny("guards", content.Guards, g => form.Add(g.Name, g.Holds.Text, g.Unmet?.Vi, g.Unmet?.En));
        form.AddIfAny("reception", new[] { content.Reception }.OfType<string>(), r => form.Add(r));
        form.AddIfAny("budgets", content.Budgets, b => form.Add(b.Name, Limit(b.Limit)));
        form.AddIfAny("state-clocks", content.States.Where(s => s.Budget is not null || s.SuspendsClock), s => form.Add(s.Name, s.Budget, Flag(s.SuspendsClock)));
    }

    private static void AddStaying(ProcedureContent content, CanonicalForm form) =>
        form.AddIfAny("stays", content.Transitions.Index().Where(t => t.Item.Stays), t => form.Add(Number(t.Index)));

    private static void AddLegs(ProcedureContent content, CanonicalForm form)
    {
        form.AddIfAny("legs", content.Legs, l =>
        {
            form.Add(l.Name, l.Procedure, l.Unit, l.When?.Text, Limit(l.Limit), Limit(l.Acknowledge), Limit(l.DeemedAfter), Flag(l.IsLead));
            form.AddList("after", l.After, a => form.Add(a));
            form.AddList("fields", l.Fields, f => form.Add(f.To, f.From));
            form.AddList("documents", l.Documents, d => form.Add(d));
        });
        form.AddIfAny("joins", content.States.Where(s => s.Legs.Count > 0 || s.Join is not null), s =>
        {
            form.Add(s.Name, s.Join?.Rule.ToString(), s.Join?.When?.Text, s.Join?.Fire, s.Join?.Otherwise);
            form.AddList("legs", s.Legs, l => form.Add(l));
        });
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Flag(bool flag) => flag ? "1" : "0";

    private static string? Limit(TimeLimit? limit) => limit?.ToString();

    private sealed class CanonicalForm(IncrementalHash hash)
    {
        public void Add(params ReadOnlySpan<string?> texts)
        {
            foreach (var text in texts)
            {
                var bytes = text is null ? [] : Encoding.UTF8.GetBytes(text);
                hash.AppendData(Encoding.ASCII.GetBytes(text is null ? "-;" : $"{bytes.Length}:"));
                hash.AppendData(bytes);
            }
        }

        public void AddIfAny<T>(string name, IEnumerable<T> items, Action<T> add)
        {
            var all = items.ToList();
            if (all.Count > 0)
            {
                AddList(name, all, add);
            }
        }

        public void AddList<T>(string name, IReadOnlyList<T> items, Action<T> add)
        {
            Add(name, Number(items.Count));
            foreach (var item in items)
            {
                add(item);
            }
        }
    }
}
