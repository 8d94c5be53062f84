using Workflow.Core.Definitions;

namespace Workflow.Core.Guards;

/// <summary>An expression over a dossier, or the name of a guard, as it was written.</summary>
/// <param name="Text">What was written.</param>
public sealed record ExpressionText(string Text)
{
    /// <summary>Where its first character stands.</summary>
    public SourcePlace Place { get; init; } = SourcePlace.Code;

    /// <summary>How it is written at its place, which says where its further characters stand.</summary>
    internal YamlScalarForm Form { get; init; }

    /// <summary>Takes a text that stands in code.</summary>
    public static implicit operator ExpressionText(string text) => new(text);

    /// <summary>Where a character of the text stands, counted from 0; the text's own place where that cannot be told.</summary>
    internal SourcePlace At(int offset)
    {
        if (Place.Line == 0 || Form == YamlScalarForm.Folded)
        {
            return Place;
        }

        var before = Text.AsSpan(0, Math.Min(offset, Text.Length));
        var more = Form switch
        {
            YamlScalarForm.Plain => 0,
            YamlScalarForm.SingleQuoted => 1 + before.Count('\''),
            // Other escapes than these two need not be there, and hardly ever are.
            _ => 1 + before.Count('"') + before.Count('\\'),
        };
        return Place with { Column = Place.Column + before.Length + more };
    }

    /// <summary>Returns what was written.</summary>
    public override string ToString() => Text;
}
