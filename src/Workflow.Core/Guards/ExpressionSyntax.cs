namespace Workflow.Core.Guards;

/// <summary>An expression as it was written, before the facts in it are looked up.</summary>
/// <param name="Offset">Its first character, or its operator's, from 0.</param>
internal abstract record ExpressionSyntax(int Offset);

/// <summary>A number, text, flag or date.</summary>
internal sealed record LiteralSyntax(int Offset, FactValue Value) : ExpressionSyntax(Offset);

internal sealed record DurationSyntax(int Offset, Duration Duration) : ExpressionSyntax(Offset);

/// <summary>A fact: its words, such as <c>fields</c> and <c>area</c>.</summary>
internal sealed record FactSyntax(int Offset, IReadOnlyList<string> Path) : ExpressionSyntax(Offset)
{
    public string Written => Path[0] + string.Concat(Path.Skip(1).Select(Fact.Member));
}

internal sealed record HasSyntax(int Offset, FactSyntax Fact) : ExpressionSyntax(Offset);

internal sealed record NotSyntax(int Offset, ExpressionSyntax Operand) : ExpressionSyntax(Offset);

/// <summary>Two or more conditions joined by <c>and</c> or by <c>or</c>.</summary>
internal sealed record JunctionSyntax(int Offset, bool IsAnd, IReadOnlyList<ExpressionSyntax> Operands) : ExpressionSyntax(Offset);

internal sealed record ComparisonSyntax(int Offset, ExpressionSyntax Left, Comparing Operator, ExpressionSyntax Right) : ExpressionSyntax(Offset);

/// <summary>Membership in a list of values.</summary>
internal sealed record ListedSyntax(int Offset, ExpressionSyntax Subject, bool Negated, IReadOnlyList<ExpressionSyntax> Items) : ExpressionSyntax(Offset);

/// <summary>Membership in a fact that is a set.</summary>
internal sealed record HeldSyntax(int Offset, ExpressionSyntax Subject, bool Negated, FactSyntax Set) : ExpressionSyntax(Offset);

internal sealed record ArithmeticSyntax(int Offset, ExpressionSyntax Left, Arithmetic Operator, ExpressionSyntax Right) : ExpressionSyntax(Offset);

internal sealed record ExtremeSyntax(int Offset, bool IsMost, ExpressionSyntax Left, ExpressionSyntax Right) : ExpressionSyntax(Offset);
