using Workflow.Core.Deadlines;
using Workflow.Core.Definitions;
using Workflow.Core.Guards;

namespace Workflow.Core.Procedures;

/// <summary>A time limit that holds in one case of the procedure.</summary>
/// <param name="When">The case: an expression that holds when the dossier is accepted.</param>
/// <param name="Limit">The limit in that case.</param>
public sealed record LimitCase(ExpressionText When, TimeLimit Limit);

/// <summary>A guard as data: an expression that bears a name in the procedure.</summary>
/// <param name="Name">Its name, unique within the procedure and none of the registered guards': letters, digits and hyphens.</param>
/// <param name="Holds">The expression.</param>
public sealed record NamedGuard(string Name, ExpressionText Holds)
{
    /// <summary>What is unmet when it does not hold, for people; null when the expression has to do.</summary>
    public LocalizedName? Unmet { get; init; }

    /// <summary>Where it is defined.</summary>
    public SourcePlace Place { get; init; } = SourcePlace.Code;
}

/// <summary>A time limit that several steps share.</summary>
/// <param name="Name">Its name, unique within the procedure.</param>
/// <param name="Limit">How long the steps may take together, counted from the entry into the first of them.</param>
public sealed record BudgetDefinition(string Name, TimeLimit Limit)
{
    /// <summary>Where it is defined.</summary>
    public SourcePlace Place { get; init; } = SourcePlace.Code;
}
