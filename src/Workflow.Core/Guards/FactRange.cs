namespace Workflow.Core.Guards;

/// <summary>A set of values that one fact may have, closed under intersection. Immutable.</summary>
internal abstract record FactRange
{
    /// <summary>The values that are in both; the other one is of the same kind.</summary>
    public abstract FactRange Meet(FactRange other);

    /// <summary>Finds a value of the set, as a field holds it.</summary>
    /// <returns>Null when the set is empty, and then <paramref name="told"/> is true, or when none was found, and it is false.</returns>
    public abstract string? Sample(FactSubject subject, out bool told);
}

/// <summary>Texts: these alone, or all but these.</summary>
internal sealed record TextRange(bool AllBut, IReadOnlySet<string> Texts) : FactRange
{
    public static TextRange All { get; } = new(true, new HashSet<string>());

    public static TextRange Only(IEnumerable<string> texts) => new(false, texts.ToHashSet(StringComparer.Ordinal));

    public static TextRange Except(IEnumerable<string> texts) => new(true, texts.ToHashSet(StringComparer.Ordinal));

    public override FactRange Meet(FactRange other)
    {
        var that = (TextRange)other;
        return (AllBut, that.AllBut) switch
        {
            (true, true) => Except(Texts.Union(that.Texts)),
            (true, false) => Only(that.Texts.Except(Texts)),
            (false, true) => Only(Texts.Except(that.Texts)),
            _ => Only(Texts.Intersect(that.Texts)),
        };
    }

    public override string? Sample(FactSubject subject, out bool told)
    {
        told = true;
        return AllBut
            ? Enumerable.Range(0, Texts.Count + 1).Select(n => n == 0 ? "other" : $"other-{n}").First(t => !Texts.Contains(t))
            : Texts.Order(StringComparer.Ordinal).FirstOrDefault();
    }
}

/// <summary>Numbers, days or ticks between two bounds; of these only those listed, if any are, and none of those left out.</summary>
internal sealed record NumberRange(decimal Low, bool LowOpen, decimal High, bool HighOpen) : FactRange
{
    // Wide enough to look natural, and narrow enough that differences do not overflow.
    private const decimal Window = 1_000_000;

    /// <summary>The only values, or null for all between the bounds.</summary>
    public IReadOnlyList<decimal>? Only { get; init; }

    public IReadOnlyList<decimal> Except { get; init; } = [];

    public static NumberRange All { get; } = new(decimal.MinValue, false, decimal.MaxValue, false);

    public static NumberRange Of(Comparing comparing, decimal number) => comparing switch
    {
        Comparing.Equal => All with { Low = number, High = number },
        Comparing.NotEqual => All with { Except = [number] },
        Comparing.Less => All with { High = number, HighOpen = true },
        Comparing.AtMost => All with { High = number },
        Comparing.Greater => All with { Low = number, LowOpen = true },
        _ => All with { Low = number },
    };

    public override FactRange Meet(FactRange other)
    {
        var that = (NumberRange)other;
        return new NumberRange(
            Math.Max(Low, that.Low),
            (Low >= that.Low && LowOpen) || (that.Low >= Low && that.LowOpen),
            Math.Min(High, that.High),
            (High <= that.High && HighOpen) || (that.High <= High && that.HighOpen))
        {
            Only = Only is null ? that.Only : that.Only is null ? Only : [.. Only.Intersect(that.Only)],
            Except = [.. Except.Union(that.Except)],
        };
    }

    public override string? Sample(FactSubject subject, out bool told)
    {
        told = true;
        if (Low > High)
        {
            return null;
        }

        decimal? found = null;
        if (Only is not null)
        {
            found = Find(Only.Where(n => !subject.IsWhole || decimal.Truncate(n) == n));
        }
        else if (subject.IsWhole)
        {
            found = Find(Whole(subject.Preferred));
        }
        else
        {
            found = Find(Dense(subject.Preferred));
            told = found is not null || Low == High;
        }

        return found is { } number ? subject.Written(number) : null;
    }

    private decimal? Find(IEnumerable<decimal> candidates)
    {
        foreach (var candidate in candidates)
        {
            if ((LowOpen ? candidate > Low : candidate >= Low) && (HighOpen ? candidate < High : candidate <= High) && !Except.Contains(candidate))
            {
                return candidate;
            }
        }

        return null;
    }

    // Up from the preferred number and down from it, one more than can be left out: exhaustive in each direction up to the bound.
    private IEnumerable<decimal> Whole(decimal preferred)
    {
        var low = decimal.Ceiling(Low);
        var high = decimal.Floor(High);
        var start = Math.Clamp(preferred, Math.Min(low, high), high);
        var steps = Except.Count + 2;
        return Enumerable.Range(0, steps).Select(n => start + n).Concat(Enumerable.Range(1, steps).Select(n => start - n));
    }

    private IEnumerable<decimal> Dense(decimal preferred)
    {
        var start = Math.Clamp(preferred, Low, High);
        var low = Low < start - Window ? start - Window : Low;
        var high = High > start + Window ? start + Window : High;
        var parts = Except.Count + 3;
        return new[] { start, low, high, decimal.Round(low) + 1, decimal.Round(high) - 1 }
            .Concat(Enumerable.Range(1, parts).Select(n => low + ((high - low) * n / (parts + 1))));
    }
}
