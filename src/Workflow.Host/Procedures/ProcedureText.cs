using Workflow.Core.Definitions;
using Workflow.Core.Guards;
using Workflow.Core.Procedures;

namespace Workflow.Host.Procedures;

/// <summary>A procedure as lines of text.</summary>
internal static class ProcedureText
{
    public static IEnumerable<string> Lines(Procedure procedure)
    {
        var content = procedure.Content;
        yield return $"{procedure.Version}  {Both(content.Name)}";
        yield return $"  content hash   {procedure.ContentHash}";
        foreach (var line in Facts(content))
        {
            yield return line;
        }

        yield return string.Empty;
        yield return "States";
        foreach (var state in content.States)
        {
            yield return $"  {state.Name}{Marks(state, content)}";
            foreach (var transition in content.Transitions.Where(t => t.From == state.Name))
            {
                yield return $"    {transition.Trigger} -> {(transition.Stays ? "(stays)" : transition.To)}{Conditions(transition)}";
            }
        }

        foreach (var line in List("Documents", content.Documents, d => $"{d.Code}  {Both(d.Name)}{(d.Required ? string.Empty : " (not required)")}{If(d.When)}")
            .Concat(List("Fees", content.Fees, f => $"{f.Code}  {Both(f.Name)}  {f.Amount:N0} dong{(f.Per is null ? string.Empty : $" per {f.Per}")}{If(f.When)}{(f.Times is null ? string.Empty : $" times {f.Times}")}"))
            .Concat(List("Fields", content.Fields, f => $"{f.Name}  {f.Type.ToString().ToLowerInvariant()}{(f.Required ? ", required" : string.Empty)}{(f.Personal ? ", personal" : string.Empty)}{Range(f)}"))
            .Concat(List("Guards", content.Guards, g => $"{g.Name}  {g.Holds}"))
            .Concat(List("Sources", content.Sources, s => s))
            .Concat(List("Not verified", content.Unverified, u => u)))
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Facts(ProcedureContent content)
    {
        if (content.Sector is not null)
        {
            yield return $"  sector         {content.Sector}";
        }

        yield return $"  time limit     {content.Limit?.ToString() ?? "none"}; a supplement {Words(content)}";
        foreach (var limitCase in content.LimitCases)
        {
            yield return $"                 {limitCase.Limit}{If(limitCase.When)}";
        }

        yield return $"  supplements    {content.SupplementsAllowed}, to be asked for within {content.SupplementNotice}";
        if (content.Levels.Count > 0)
        {
            yield return $"  settled by     {string.Join(", ", content.Levels).ToLowerInvariant()}";
        }

        if (content.OnlineLevel is { } level)
        {
            yield return $"  online level   {level}";
        }

        if (content.Roles.Count > 0)
        {
            yield return $"  roles          {string.Join(", ", content.Roles)}";
        }
    }

    private static string Words(ProcedureContent content) => content.Clock switch
    {
        Core.Deadlines.ClockPolicy.Restart => "starts the limit again",
        Core.Deadlines.ClockPolicy.Resume => "holds the limit up",
        _ => "does not change the limit",
    };

    private static string Marks(StateDefinition state, ProcedureContent content)
    {
        var marks = new List<string>();
        Add(state.Name == content.Initial, "initial");
        Add(state.IsFinal, "final");
        Add(state.Status is not null, $"portal status {(int?)state.Status}");
        Add(state.Role is not null, $"with {state.Role}");
        Add(state.Parent is not null, $"within {state.Parent}");
        Add(state.Limit is not null, $"limit {state.Limit}");
        Add(state.Timeout is not null, $"after {state.Timeout}: {state.TimeoutTrigger}");
        var label = state.Label is null ? string.Empty : $"  {Both(state.Label)}";
        return marks.Count == 0 ? label : $"{label} ({string.Join(", ", marks)})";

        void Add(bool holds, string mark)
        {
            if (holds)
            {
                marks.Add(mark);
            }
        }
    }

    private static string Conditions(TransitionDefinition transition)
    {
        var guards = transition.Guards.Count == 0 ? string.Empty : $" if {string.Join(" and ", transition.Guards.Select(g => g.Text))}";
        return transition.Roles.Count == 0 ? guards : $"{guards} by {string.Join(" or ", transition.Roles)}";
    }

    private static string If(ExpressionText? when) => when is null ? string.Empty : $" if {when}";

    private static string Range(FieldDefinition field) =>
        (field.Values.Count > 0 ? $", one of: {string.Join(", ", field.Values)}" : string.Empty)
        + (field.Least is { } least ? FormattableString.Invariant($", at least {least}") : string.Empty)
        + (field.Most is { } most ? FormattableString.Invariant($", at most {most}") : string.Empty);

    private static IEnumerable<string> List<T>(string heading, IReadOnlyList<T> items, Func<T, string> line) =>
        items.Count == 0 ? [] : [string.Empty, heading, .. items.Select(i => $"  {line(i)}")];

    private static string Both(LocalizedName name) => name.En is null ? name.Vi : $"{name.Vi} / {name.En}";
}
