namespace Workflow.Core.Guards;

/// <summary>Kleene's three values, so ordered that "and" is the least, "or" the greatest and "not" the mirror.</summary>
internal enum Truth
{
    /// <summary>It does not hold.</summary>
    False,

    /// <summary>Something that it asks about is missing.</summary>
    Unknown,

    /// <summary>It holds.</summary>
    True,
}
