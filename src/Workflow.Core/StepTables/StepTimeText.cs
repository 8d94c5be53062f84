using System.Globalization;
using System.Numerics;
using Workflow.Core.Deadlines;

namespace Workflow.Core.StepTables;

/// <summary>Reads cells of time as decisions write them: "1/4", "0,25", "1,5 ngày", "2 giờ", "1 ngày 4 giờ", "Giờ hành chính", "Không tính thời gian".</summary>
internal static class StepTimeText
{
    // No time limit has more digits, and longer numbers would cost more than they say.
    private const int MostDigits = 12;

    private static readonly string[] s_asAbove = ["\"", "''", "”", "“", "〃", "-\"-", "nt", "n.t", "nhu tren", "nhu buoc tren"];
    private static readonly string[] s_nothing = ["gio hanh chinh", "trong gio hanh chinh", "khong mat thoi gian"];
    private static readonly string[] s_atMost = ["khong qua", "toi da", "trong vong", "trong thoi han", "trong", "cham nhat", "<=", "≤"];

    /// <summary>Reads a cell.</summary>
    /// <param name="cell">Its text.</param>
    /// <param name="column">The unit of the column of units; null when it says none.</param>
    /// <param name="table">The unit that the table states elsewhere; null when it states none.</param>
    public static StepTime Read(string cell, (TimeLimitUnit Unit, Fraction Each)? column, (TimeLimitUnit Unit, Fraction Each)? table)
    {
        var text = VietnameseText.Fold(cell);
        if (text.Length == 0)
        {
            return new StepTime(StepTimeKind.Empty);
        }

        if (s_asAbove.Contains(text, StringComparer.Ordinal))
        {
            return new StepTime(StepTimeKind.AsAbove);
        }

        if (s_nothing.Contains(text, StringComparer.Ordinal))
        {
            return new StepTime(StepTimeKind.Nothing);
        }

        var uncounted = text.IndexOf("khong tinh", StringComparison.Ordinal);
        if (uncounted == 0)
        {
            return new StepTime(StepTimeKind.NotCounted);
        }

        var time = Amounts(uncounted < 0 ? text : text[..uncounted].TrimEnd(' ', '(', ',', ';', '-', '.'), column, table);
        return uncounted > 0 && time.Kind != StepTimeKind.Unreadable ? time with { Kind = StepTimeKind.NotCounted } : time;
    }

    private static StepTime Amounts(string text, (TimeLimitUnit Unit, Fraction Each)? column, (TimeLimitUnit Unit, Fraction Each)? table)
    {
        var rest = WithoutPrefixes(WithoutBrackets(text));
        var parts = new List<StepAmount>();
        var lacksUnit = false;
        while (rest.Length > 0)
        {
            if (!TakeNumber(ref rest, out var value, out var thousands))
            {
                return new StepTime(StepTimeKind.Unreadable);
            }

            var word = TakeUnit(ref rest);
            var half = word.EndsWith(" ruoi", StringComparison.Ordinal);
            word = half ? word[..^5].TrimEnd() : word;
            var own = word.Length == 0 ? null : StepUnits.Find(word);
            if ((word.Length > 0 && own is null) || (word.Length == 0 && (half || rest.Length > 0 || parts.Count > 0)))
            {
                return new StepTime(StepTimeKind.Unreadable);
            }

            lacksUnit |= own is null && column is null && table is null;
            var (unit, each) = own is { } named ? (StepUnits.Refined(named.Unit, column?.Unit), named.Each) : column ?? table ?? (TimeLimitUnit.WorkingDays, Fraction.One);
            var more = half ? Fraction.Of(1, 2) : Fraction.Zero;
            parts.Add(StepAmount.Of((value + more) * each, (thousands + more) * each, unit));
        }

        // A limit in months is a whole number of them.
        var largest = Fraction.Of(TimeLimit.LargestAmount);
        if (parts.Count == 0 || parts.Exists(p => p.Value > largest || (p.Unit == TimeLimitUnit.Months && !p.Value.IsWhole)))
        {
            return new StepTime(StepTimeKind.Unreadable);
        }

        return parts.TrueForAll(p => p.Value.IsZero) ? new StepTime(StepTimeKind.Nothing) : new StepTime(StepTimeKind.Stated, parts) { LacksUnit = lacksUnit };
    }

    private static string WithoutBrackets(string text)
    {
        while (text.IndexOf('(', StringComparison.Ordinal) is var open and >= 0)
        {
            var close = text.IndexOf(')', open);
            if (close < 0)
            {
                return text;
            }

            text = $"{text[..open].TrimEnd()} {text[(close + 1)..].TrimStart()}".Trim();
        }

        return text;
    }

    private static string WithoutPrefixes(string text)
    {
        foreach (var prefix in s_atMost)
        {
            if (text.StartsWith(prefix, StringComparison.Ordinal) && text.Length > prefix.Length && (text[prefix.Length] == ' ' || !char.IsAsciiLetter(prefix[0])))
            {
                return text[prefix.Length..].TrimStart();
            }
        }

        return text;
    }

    // A number, or a whole number and a fraction as in "1 1/2" and "1½".
    private static bool TakeNumber(ref string rest, out Fraction value, out Fraction thousands)
    {
        if (rest.StartsWith("nua ", StringComparison.Ordinal))
        {
            rest = rest[4..];
            value = thousands = Fraction.Of(1, 2);
            return true;
        }

        var token = TakeToken(ref rest);
        if (Sign(ref rest) is { } sign)
        {
            value = thousands = sign;
            return token.Length == 0 || (IsWhole(token) && Add(token, ref value, ref thousands));
        }

        if (!TryNumber(token, out value, out thousands))
        {
            return false;
        }

        var after = rest.TrimStart();
        if (IsWhole(token) && after.Length > 0 && char.IsAsciiDigit(after[0]))
        {
            var second = TakeToken(ref after);
            if (!second.Contains('/', StringComparison.Ordinal) || !TryNumber(second, out var part, out _) || !(part < Fraction.One))
            {
                return false;
            }

            rest = after;
            value = thousands = value + part;
        }

        return true;
    }

    private static bool Add(string token, ref Fraction value, ref Fraction thousands)
    {
        if (!TryNumber(token, out var whole, out _))
        {
            return false;
        }

        value = thousands = value + whole;
        return true;
    }

    private static Fraction? Sign(ref string rest)
    {
        var at = rest.TrimStart();
        Fraction? sign = at.Length == 0 ? null : at[0] switch { '½' => Fraction.Of(1, 2), '¼' => Fraction.Of(1, 4), '¾' => Fraction.Of(3, 4), _ => null };
        rest = sign is null ? rest : at[1..];
        return sign;
    }

    private static bool IsWhole(string token) => token.Length > 0 && token.All(char.IsAsciiDigit);

    private static string TakeToken(ref string rest)
    {
        var end = 0;
        while (end < rest.Length && (char.IsAsciiDigit(rest[end]) || (end > 0 && rest[end] is '.' or ',' or '/')))
        {
            end++;
        }

        var token = rest[..end].TrimEnd('.', ',');
        rest = rest[end..];
        return token;
    }

    // Up to the next number: the word of the unit, without what only joins two amounts.
    private static string TakeUnit(ref string rest)
    {
        var end = 0;
        while (end < rest.Length && !char.IsAsciiDigit(rest[end]) && rest[end] != '+')
        {
            end++;
        }

        var word = rest[..end].Trim(' ', ',', ';', '.');
        rest = end < rest.Length && rest[end] == '+' ? rest[(end + 1)..].TrimStart() : rest[end..];
        return word == "va" || word.EndsWith(" va", StringComparison.Ordinal) ? word[..^2].TrimEnd() : word;
    }

    private static bool TryNumber(string token, out Fraction value, out Fraction thousands)
    {
        value = thousands = Fraction.Zero;
        if (token.Count(char.IsAsciiDigit) is 0 or > MostDigits)
        {
            return false;
        }

        var slash = token.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            if (!IsWhole(token[..slash]) || !IsWhole(token[(slash + 1)..]) || Whole(token[(slash + 1)..]).IsZero)
            {
                return false;
            }

            value = thousands = Fraction.Of(Whole(token[..slash]), Whole(token[(slash + 1)..]));
            return true;
        }

        var groups = token.Split('.', ',');
        if (groups.Any(g => g.Length == 0))
        {
            return false;
        }

        var grouped = groups.Length > 1 && groups[0].Length <= 3 && groups[0] != "0" && groups.Skip(1).All(g => g.Length == 3);
        switch (groups.Length)
        {
            case 1:
                value = thousands = Fraction.Of(Whole(token));
                return true;
            case 2:
                value = Decimal(groups[0], groups[1]);
                thousands = grouped ? Fraction.Of(Whole(groups[0] + groups[1])) : value;
                return true;
            default:
                // Several separators: all of one kind group thousands; the last of two kinds is the decimal one.
                var separators = token.Where(c => !char.IsAsciiDigit(c)).ToList();
                var kinds = separators.Distinct().Count();
                var last = separators[^1];
                if (kinds == 1 ? !grouped : separators.Count(c => c == last) > 1 || groups[0].Length > 3 || groups[1..^1].Any(g => g.Length != 3))
                {
                    return false;
                }

                value = thousands = kinds == 1 ? Fraction.Of(Whole(string.Concat(groups))) : Decimal(string.Concat(groups[..^1]), groups[^1]);
                return true;
        }
    }

    private static Fraction Decimal(string whole, string part) => Fraction.Of(Whole(whole + part), BigInteger.Pow(10, part.Length));

    private static BigInteger Whole(string digits) => BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
