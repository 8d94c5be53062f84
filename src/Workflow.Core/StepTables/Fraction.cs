using System.Globalization;
using System.Numerics;

namespace Workflow.Core.StepTables;

/// <summary>An exact amount: three thirds of a day are a day.</summary>
internal readonly record struct Fraction
{
    private readonly BigInteger _below;

    private Fraction(BigInteger above, BigInteger below)
    {
        var common = BigInteger.GreatestCommonDivisor(above, below);
        Above = above / common;
        _below = (below / common) - 1;
    }

    public static Fraction Zero => default;

    public static Fraction One { get; } = Of(1);

    /// <summary>The numerator, in lowest terms.</summary>
    public BigInteger Above { get; }

    /// <summary>The denominator, in lowest terms, at least 1. Kept less one, so that the default value is nought.</summary>
    public BigInteger Below => _below + 1;

    public bool IsZero => Above.IsZero;

    public bool IsWhole => _below.IsZero;

    public static Fraction operator +(Fraction a, Fraction b) => new((a.Above * b.Below) + (b.Above * a.Below), a.Below * b.Below);

    public static Fraction operator *(Fraction a, Fraction b) => new(a.Above * b.Above, a.Below * b.Below);

    public static Fraction operator /(Fraction a, Fraction b) => new(a.Above * b.Below, a.Below * b.Above);

    public static bool operator >(Fraction a, Fraction b) => a.Above * b.Below > b.Above * a.Below;

    public static bool operator <(Fraction a, Fraction b) => b > a;

    public static Fraction Of(BigInteger above) => new(above, 1);

    /// <param name="above">The numerator, not negative.</param>
    /// <param name="below">The denominator, positive.</param>
    public static Fraction Of(BigInteger above, BigInteger below) => new(above, below);

    /// <summary>The nearest multiple of a millionth; halves go up.</summary>
    public decimal ToDecimal() => (decimal)(((Above * 2_000_000) + Below) / (Below * 2)) / 1_000_000m;

    /// <summary>Whether <see cref="ToDecimal"/> loses nothing.</summary>
    public bool IsDecimal => (Above * 1_000_000 % Below).IsZero;

    /// <summary>A decimal where that is exact, otherwise numerator and denominator.</summary>
    public override string ToString() =>
        IsDecimal && Above < Below * 1_000_000_000_000
            ? ToDecimal().ToString("0.######", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{Above}/{Below}");
}
