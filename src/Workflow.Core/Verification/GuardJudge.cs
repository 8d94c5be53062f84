using Workflow.Core.Guards;

namespace Workflow.Core.Verification;

/// <summary>What is proven about guards.</summary>
internal static class GuardJudge
{
    /// <summary>Whether one set of guards asks for all that the other asks for, so that both hold whenever it does.</summary>
    public static bool Covers(IReadOnlyList<ExpressionText> one, IReadOnlyList<ExpressionText> other)
    {
        var (first, second) = (one.Select(g => g.Text).ToHashSet(StringComparer.Ordinal), other.Select(g => g.Text).ToHashSet(StringComparer.Ordinal));
        return first.IsSubsetOf(second) || second.IsSubsetOf(first);
    }
}
