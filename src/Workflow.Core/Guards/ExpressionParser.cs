using System.Globalization;
using Workflow.Core.Definitions;

namespace Workflow.Core.Guards;

/// <summary>Reads an expression by descent: or, and, not, comparison, sum, product, value.</summary>
internal sealed class ExpressionParser
{
    /// <summary>The deepest nesting of parentheses, negations and signs. With the greatest length it bounds the depth of every tree.</summary>
    public const int MaxDepth = 32;

    private static readonly Dictionary<string, Comparing> s_comparisons = new(StringComparer.Ordinal)
    {
        ["="] = Comparing.Equal,
        ["!="] = Comparing.NotEqual,
        ["<"] = Comparing.Less,
        ["<="] = Comparing.AtMost,
        [">"] = Comparing.Greater,
        [">="] = Comparing.AtLeast,
    };

    private readonly List<Token> _tokens;
    private int _next;
    private int _depth;

    private ExpressionParser(List<Token> tokens) => _tokens = tokens;

    private Token Current => _tokens[_next];

    /// <exception cref="ExpressionFault">It is no expression.</exception>
    public static ExpressionSyntax Read(string text)
    {
        var parser = new ExpressionParser(ExpressionLexer.Read(text));
        var read = parser.Or();
        return parser.Current.Kind == TokenKind.End ? read : throw parser.Unexpected("join conditions with 'and' or 'or'");
    }

    private ExpressionSyntax Or() => Junction("or", isAnd: false, And);

    private ExpressionSyntax And() => Junction("and", isAnd: true, Not);

    private ExpressionSyntax Junction(string word, bool isAnd, Func<ExpressionSyntax> operand)
    {
        var first = operand();
        if (!Current.Is(word))
        {
            return first;
        }

        var offset = Current.Offset;
        var operands = new List<ExpressionSyntax> { first };
        while (Take(word))
        {
            operands.Add(operand());
        }

        return new JunctionSyntax(offset, isAnd, operands);
    }

    private ExpressionSyntax Not()
    {
        var offset = Current.Offset;
        if (!Take("not"))
        {
            return Comparison();
        }

        Enter(offset);
        var operand = Not();
        _depth--;
        return new NotSyntax(offset, operand);
    }

    private ExpressionSyntax Comparison()
    {
        var left = Sum();
        var at = Current;
        if (at.Kind == TokenKind.Symbol && s_comparisons.TryGetValue(at.Text, out var comparing))
        {
            _next++;
            var compared = new ComparisonSyntax(at.Offset, left, comparing, Sum());
            return Current.Kind == TokenKind.Symbol && s_comparisons.ContainsKey(Current.Text)
                ? throw Unexpected("compare two things at a time and join the comparisons with 'and'")
                : compared;
        }

        var negated = Current.Is("not") && _tokens[_next + 1].Is("in");
        _next += negated ? 1 : 0;
        return Take("in") ? Membership(left, at.Offset, negated) : left;
    }

    private ExpressionSyntax Membership(ExpressionSyntax subject, int offset, bool negated)
    {
        if (!Take("["))
        {
            return Current.Kind == TokenKind.Word
                ? new HeldSyntax(offset, subject, negated, FactOf())
                : throw Unexpected("after 'in' write a list such as [\"a\", \"b\"], or actor.roles");
        }

        var items = new List<ExpressionSyntax>();
        do
        {
            items.Add(Sum());
        }
        while (Take(","));
        Demand("]");
        return new ListedSyntax(offset, subject, negated, items);
    }

    private ExpressionSyntax Sum()
    {
        var left = Product();
        while (Current.Is("+") || Current.Is("-"))
        {
            var at = _tokens[_next++];
            left = new ArithmeticSyntax(at.Offset, left, at.Text == "+" ? Arithmetic.Add : Arithmetic.Subtract, Product());
        }

        return left;
    }

    private ExpressionSyntax Product()
    {
        var left = Signed();
        while (Current.Is("*") || Current.Is("/"))
        {
            var at = _tokens[_next++];
            left = new ArithmeticSyntax(at.Offset, left, at.Text == "*" ? Arithmetic.Multiply : Arithmetic.Divide, Signed());
        }

        return left;
    }

    private ExpressionSyntax Signed()
    {
        var offset = Current.Offset;
        if (!Take("-"))
        {
            return Value();
        }

        Enter(offset);
        var operand = Signed();
        _depth--;
        return new ArithmeticSyntax(offset, new LiteralSyntax(offset, FactValue.Of(0m)), Arithmetic.Subtract, operand);
    }

    private ExpressionSyntax Value()
    {
        var at = Current;
        switch (at.Kind)
        {
            case TokenKind.Number:
                _next++;
                return Unit() is { } unit ? DurationOf(at, unit) : new LiteralSyntax(at.Offset, at.Value);
            case TokenKind.Text or TokenKind.Date:
                _next++;
                return new LiteralSyntax(at.Offset, at.Value);
            case TokenKind.Symbol when Take("("):
                return Parenthesis(at.Offset);
            case TokenKind.Word when at.Text is "true" or "false":
                _next++;
                return new LiteralSyntax(at.Offset, FactValue.Of(at.Text == "true"));
            case TokenKind.Word when at.Text is "min" or "max" && _tokens[_next + 1].Is("("):
                _next += 2;
                return Extreme(at);
            case TokenKind.Word when Take("has"):
                return Current.Kind == TokenKind.Word ? new HasSyntax(at.Offset, FactOf()) : throw Unexpected("after 'has' name a field or a document");
            case TokenKind.Word when at.Text is not ("and" or "or" or "not" or "in"):
                return FactOf();
            default:
                throw Unexpected("write a value: a fact such as fields.area, a number, a text in quotation marks, 'date 2025-07-01', true or false");
        }
    }

    private ExpressionSyntax Parenthesis(int offset)
    {
        Enter(offset);
        var inner = Or();
        Demand(")");
        _depth--;
        return inner;
    }

    private ExtremeSyntax Extreme(Token at)
    {
        Enter(at.Offset);
        var left = Sum();
        Demand(",");
        var right = Sum();
        Demand(")");
        _depth--;
        return new ExtremeSyntax(at.Offset, at.Text == "max", left, right);
    }

    private FactSyntax FactOf()
    {
        var at = _tokens[_next++];
        var path = new List<string> { at.Text };
        while (true)
        {
            if (Take("."))
            {
                path.Add(Current.Kind == TokenKind.Word ? _tokens[_next++].Text : throw Unexpected("after the dot write a name"));
            }
            else if (Take("["))
            {
                path.Add(Current.Kind == TokenKind.Text ? _tokens[_next++].Text : throw Unexpected("in the brackets write a name in quotation marks"));
                Demand("]");
            }
            else
            {
                return new FactSyntax(at.Offset, path);
            }
        }
    }

    private DurationUnit? Unit()
    {
        DurationUnit? unit = Current.Kind != TokenKind.Word ? null : Current.Text switch
        {
            "month" or "months" => DurationUnit.Months,
            "day" or "days" => DurationUnit.Days,
            "hour" or "hours" => DurationUnit.Hours,
            _ => null,
        };
        _next += unit is null ? 0 : 1;
        return unit;
    }

    private static DurationSyntax DurationOf(Token number, DurationUnit unit) =>
        decimal.Truncate(number.Value.Number) == number.Value.Number && number.Value.Number <= Duration.LargestCount
            ? new DurationSyntax(number.Offset, new Duration((int)number.Value.Number, unit))
            : throw new ExpressionFault(
                DefectCodes.ExpressionSyntax, number.Offset, $"'{number.Text}' cannot be counted in {Duration.Named(unit)}", string.Create(CultureInfo.InvariantCulture, $"write a whole number up to {Duration.LargestCount}"));

    private bool Take(string symbolOrWord)
    {
        var taken = Current.Is(symbolOrWord);
        _next += taken ? 1 : 0;
        return taken;
    }

    private void Demand(string symbol)
    {
        if (!Take(symbol))
        {
            throw Unexpected($"write '{symbol}' here");
        }
    }

    private void Enter(int offset)
    {
        if (++_depth > MaxDepth)
        {
            throw new ExpressionFault(DefectCodes.ExpressionSyntax, offset, $"nested deeper than {MaxDepth} levels", "flatten it");
        }
    }

    private ExpressionFault Unexpected(string mend) => new(
        DefectCodes.ExpressionSyntax,
        Current.Offset,
        Current.Kind == TokenKind.End ? "the expression ends too early" : $"'{Current.Text}' is not expected here",
        mend);
}
