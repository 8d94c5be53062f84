using Workflow.Core.Deadlines;

namespace Workflow.Core.Verification;

/// <summary>Time that something may take.</summary>
/// <param name="What">The step, the budget or the leg, by name.</param>
/// <param name="Limit">How long.</param>
/// <param name="IsLeg">Whether another agency has it.</param>
internal sealed record Allowance(string What, TimeLimit Limit, bool IsLeg = false);
