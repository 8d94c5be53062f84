namespace Workflow.Grains.Reception;

/// <summary>The key of a reception: the unit's code behind <c>reception/</c>.</summary>
public static class ReceptionGrainKey
{
    private const string Prefix = "reception/";
    private const int LongestUnit = 64;

    /// <summary>The key of the reception of a unit. What can be no unit's code shares one, where its submission is refused as elsewhere.</summary>
    public static string Of(string? unit) => unit is { Length: > 0 and <= LongestUnit } && unit.All(c => c is > ' ' and < '\u007f') ? Prefix + unit : Prefix + "none";
}
