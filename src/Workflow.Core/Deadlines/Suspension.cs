namespace Workflow.Core.Deadlines;

/// <summary>A stretch during which a clock was suspended.</summary>
/// <param name="From">When it was suspended.</param>
/// <param name="To">When it went on; not before <paramref name="From"/>.</param>
public readonly record struct Suspension(DateTimeOffset From, DateTimeOffset To);
