namespace Workflow.Core.Definitions;

/// <summary>A name in Vietnamese and, where one is given, in English.</summary>
/// <param name="Vi">The Vietnamese name, which the law uses.</param>
/// <param name="En">The English name, or null.</param>
public sealed record LocalizedName(string Vi, string? En = null)
{
    /// <summary>The English name when there is one, otherwise the Vietnamese.</summary>
    public string Display => En ?? Vi;

    /// <summary>Returns <see cref="Display"/>.</summary>
    public override string ToString() => Display;
}
