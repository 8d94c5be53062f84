using System.Globalization;
using System.Text;
using Workflow.Core.Definitions;

namespace Workflow.Core.Guards;

internal enum TokenKind
{
    End,
    Word,
    Number,
    Text,
    Date,
    Symbol,
}

/// <summary>A piece of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Its first character, from 0.</param>
/// <param name="Text">The word or symbol, what a text holds, what was written otherwise.</param>
internal readonly record struct Token(TokenKind Kind, int Offset, string Text)
{
    public FactValue Value { get; init; }

    public bool Is(string symbolOrWord) => Kind is TokenKind.Symbol or TokenKind.Word && Text == symbolOrWord;
}

/// <summary>Cuts an expression into its pieces.</summary>
internal static class ExpressionLexer
{
    /// <summary>The longest expression, in characters: what nobody could read anyway is not read.</summary>
    public const int MaxLength = 1_000;

    private const int DateLength = 10;

    private static readonly string[] s_symbols = ["!=", "<=", ">=", "=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ",", "."];

    private static readonly (string Written, string Mend)[] s_strangers =
        [("==", "write '='"), ("<>", "write '!='"), ("&&", "write 'and'"), ("||", "write 'or'"), ("!", "write 'not'")];

    /// <summary>Whether a name may stand after a dot: letters, digits, underscores, and hyphens between them.</summary>
    public static bool IsName(string text) => text.Length > 0 && NameEnd(text, 0) == text.Length;

    /// <exception cref="ExpressionFault">Something in it is no piece of an expression.</exception>
    public static List<Token> Read(string text)
    {
        if (text.Length > MaxLength)
        {
            throw Fault(0, $"the expression has {text.Length:N0} characters, more than {MaxLength:N0}", "split it into named guards or shorten it");
        }

        var tokens = new List<Token>();
        var at = 0;
        while (true)
        {
            while (at < text.Length && text[at] is ' ' or '\t' or '\r' or '\n')
            {
                at++;
            }

            if (at == text.Length)
            {
                tokens.Add(new Token(TokenKind.End, at, string.Empty));
                return tokens;
            }

            var afterDot = tokens.Count > 0 && tokens[^1].Is(".") && tokens[^1].Offset == at - 1;
            at = Next(text, at, afterDot, tokens);
        }
    }

    private static int Next(string text, int at, bool afterDot, List<Token> tokens)
    {
        var c = text[at];
        if (IsNameCharacter(c) && (afterDot || !char.IsAsciiDigit(c)))
        {
            var end = NameEnd(text, at);
            var word = text[at..end];
            if (word == "date" && !afterDot)
            {
                return Date(text, at, end, tokens);
            }

            tokens.Add(new Token(TokenKind.Word, at, word));
            return end;
        }

        if (char.IsAsciiDigit(c))
        {
            return Number(text, at, tokens);
        }

        if (c is '"' or '\'')
        {
            return Text(text, at, tokens);
        }

        foreach (var (written, mend) in s_strangers)
        {
            if (string.CompareOrdinal(text, at, written, 0, written.Length) == 0 && !(written == "!" && at + 1 < text.Length && text[at + 1] == '='))
            {
                throw Fault(at, $"'{written}' is no operator here", mend);
            }
        }

        foreach (var symbol in s_symbols)
        {
            if (string.CompareOrdinal(text, at, symbol, 0, symbol.Length) == 0)
            {
                tokens.Add(new Token(TokenKind.Symbol, at, symbol));
                return at + symbol.Length;
            }
        }

        throw Fault(at, $"{Shown(c)} means nothing in an expression", "remove it, or put a text in quotation marks");
    }

    private static int Number(string text, int at, List<Token> tokens)
    {
        var end = Digits(text, at);
        if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
        {
            end = Digits(text, end + 1);
        }

        var written = text[at..end];
        if (!decimal.TryParse(written, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number))
        {
            throw Fault(at, "the number is too large", "write a smaller one");
        }

        if (end < text.Length && IsNameCharacter(text[end]))
        {
            throw Fault(end, $"{Shown(text[end])} stands right after the number {written}", "put a space between them, or a text in quotation marks");
        }

        tokens.Add(new Token(TokenKind.Number, at, written) { Value = FactValue.Of(number) });
        return end;
    }

    private static int Text(string text, int at, List<Token> tokens)
    {
        var mark = text[at];
        var value = new StringBuilder();
        for (var i = at + 1; i < text.Length; i++)
        {
            var c = text[i];
            if (c == mark)
            {
                if (i + 1 == text.Length || text[i + 1] != mark)
                {
                    tokens.Add(new Token(TokenKind.Text, at, value.ToString()) { Value = FactValue.Of(value.ToString()) });
                    return i + 1;
                }

                i++;
            }
            else if (char.IsControl(c) || (char.IsSurrogate(c) && !IsPaired(text, i)))
            {
                throw Fault(i, $"{Shown(c)} cannot stand in a text", "remove it");
            }

            value.Append(c);
        }

        throw Fault(at, "the text that begins here has no end", $"close it with {mark}");
    }

    private static int Date(string text, int at, int end, List<Token> tokens)
    {
        var from = end;
        while (from < text.Length && text[from] == ' ')
        {
            from++;
        }

        if (from + DateLength > text.Length || !DateOnly.TryParseExact(text.AsSpan(from, DateLength), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            throw Fault(at, "no date follows 'date'", "write one such as date 2025-07-01");
        }

        tokens.Add(new Token(TokenKind.Date, at, text[at..(from + DateLength)]) { Value = FactValue.Of(date) });
        return from + DateLength;
    }

    private static bool IsPaired(string text, int at) =>
        char.IsHighSurrogate(text[at]) ? at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) : char.IsHighSurrogate(text[at - 1]);

    private static int Digits(string text, int at)
    {
        while (at < text.Length && char.IsAsciiDigit(text[at]))
        {
            at++;
        }

        return at;
    }

    private static int NameEnd(string text, int at)
    {
        while (at < text.Length && (IsNameCharacter(text[at]) || (text[at] == '-' && at > 0 && IsNameCharacter(text[at - 1]) && at + 1 < text.Length && IsNameCharacter(text[at + 1]))))
        {
            at++;
        }

        return at;
    }

    private static bool IsNameCharacter(char c) => char.IsLetterOrDigit(c) || c == '_';

    private static string Shown(char c) => char.IsControl(c) || char.IsSurrogate(c) ? $"the character U+{(int)c:X4}" : $"'{c}'";

    private static ExpressionFault Fault(int offset, string message, string mend) => new(DefectCodes.ExpressionSyntax, offset, message, mend);
}
