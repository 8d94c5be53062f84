using Workflow.Core.Deadlines;
using Workflow.Core.Guards;

namespace Workflow.Core.Verification;

/// <summary>A legal limit of the procedure: the ordinary one, or that of a case.</summary>
/// <param name="Limit">How long.</param>
/// <param name="Case">The case; null for the ordinary limit.</param>
internal sealed record LegalLimit(TimeLimit Limit, ExpressionText? Case)
{
    public static IEnumerable<LegalLimit> Of(ProcedureView view)
    {
        if (view.Content.Limit is { } limit)
        {
            yield return new LegalLimit(limit, null);
        }

        foreach (var other in view.Content.LimitCases)
        {
            yield return new LegalLimit(other.Limit, other.When);
        }
    }

    public string Text => Case is null ? $"the legal limit is {Limit}" : $"the legal limit is {Limit} where '{Case}'";
}
