using Workflow.Core.Deadlines;
using Workflow.Core.Guards;

namespace Workflow.Core.Verification;

/// <summary>A legal limit of the procedure: the ordinary one, or that of a case.</summary>
/// <param name="Limit">How long.</param>
/// <param name="Case">The case; null for the ordinary limit.</param>
/// <param name="Others">The cases that go before it: where one of them holds, this is not the limit.</param>
internal sealed record LegalLimit(TimeLimit Limit, ExpressionText? Case, IReadOnlyList<ExpressionText> Others)
{
    public static IEnumerable<LegalLimit> Of(ProcedureView view)
    {
        if (view.Content.Limit is { } limit)
        {
            yield return new LegalLimit(limit, null, [.. view.Content.LimitCases.Select(c => c.When)]);
        }

        foreach (var (at, other) in view.Content.LimitCases.Index())
        {
            yield return new LegalLimit(other.Limit, other.When, [.. view.Content.LimitCases.Take(at).Select(c => c.When)]);
        }
    }

    /// <summary>Whether it is proven that where the conditions hold another limit is the legal one.</summary>
    public bool Excludes(IReadOnlyList<ExpressionText> conditions, ProcedureView view)
    {
        if (conditions.Count == 0)
        {
            return false;
        }

        IReadOnlyList<ExpressionText> own = Case is null ? [] : [Case];
        return (own.Count > 0 || Others.Count > 0) && view.Guards.NeverHold([.. own, .. conditions], Others);
    }

    public string Text => Case is null ? $"the legal limit is {Limit}" : $"the legal limit is {Limit} where '{Case}'";
}
