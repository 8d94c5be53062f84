using System.Globalization;

namespace Workflow.Core.Dossiers;

/// <summary>The code of a dossier: the one key by which everybody names it.</summary>
/// <remarks>
/// The statutory form is <c>V1V2V3.Z1Z2.Y1Y2.MX1X2-YYMMDD-XXXX</c> (Circular 01/2018/TT-VPCP Art 19), but foreign systems send
/// codes of their own, so any text of 1 to 100 printable characters is a code. Codes compare ordinally.
/// </remarks>
public readonly record struct DossierCode
{
    /// <summary>The longest code, in characters.</summary>
    public const int MaxLength = 100;

    private readonly string? _value;

    /// <summary>Creates a code.</summary>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty, too long, has white space at an end, a control character or half of a surrogate pair.</exception>
    public DossierCode(string value) =>
        _value = IsCode(value) ? value : throw new ArgumentException($"A dossier code has 1 to {MaxLength} printable characters.", nameof(value));

    /// <summary>The code as text; empty for the default value.</summary>
    public string Value => _value ?? string.Empty;

    /// <summary>Whether a text can be a code.</summary>
    public static bool IsCode(string? value) =>
        value is { Length: > 0 and <= MaxLength } && !char.IsWhiteSpace(value[0]) && !char.IsWhiteSpace(value[^1]) && TextRules.IsPrintable(value);

    /// <summary>Returns the statutory code of the <paramref name="sequence"/>-th dossier that a unit received on a day.</summary>
    /// <param name="unit">The unit's code, <c>V1V2V3.Z1Z2.Y1Y2.MX1X2</c>.</param>
    /// <param name="day">The day of reception.</param>
    /// <param name="sequence">From 1; has at least four digits and grows beyond 9999.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="sequence"/> is below 1.</exception>
    public static DossierCode Statutory(string unit, DateOnly day, long sequence)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(sequence, 1);
        return new DossierCode(string.Create(CultureInfo.InvariantCulture, $"{unit}-{day:yyMMdd}-{sequence:D4}"));
    }

    /// <summary>Returns the code as text.</summary>
    public override string ToString() => Value;
}
