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
            form.AddList("guards", t.Guards, g => form.Add(guards.Find(g)!.Reference));
            form.AddList("roles", t.Roles, r => form.Add(r));
        });
        return Convert.ToHexStringLower(hash.GetHashAndReset());
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
