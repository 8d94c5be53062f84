using Workflow.Core.Definitions;

namespace Workflow.Core.Guards;

/// <summary>An expression over a dossier, or the name of a guard, as it was written.</summary>
/// <param name="Text">What was written.</param>
public sealed record ExpressionText(string Text)
{
    /// <summary>Where its first character stands.</summary>
    public SourcePlace Place { get; init; } = SourcePlace.Code;

    /// <summary>Takes a text that stands in code.</summary>
    public static implicit operator ExpressionText(string text) => new(text);

    /// <summary>Returns what was written.</summary>
    public override string ToString() => Text;
}
