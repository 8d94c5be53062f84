using System.Diagnostics.CodeAnalysis;
using Workflow.Core.Dossiers;

namespace Workflow.Grains.Dossiers;

/// <summary>The key of a dossier's grain: the code behind <c>dossier/</c>, because a bare key that reads as a number is stored as one.</summary>
public static class DossierGrainKey
{
    private const string Prefix = "dossier/";

    /// <summary>The key of a dossier's grain.</summary>
    /// <exception cref="ArgumentException"><paramref name="code"/> is the default value.</exception>
    public static string Of(DossierCode code) =>
        code.Value.Length > 0 ? Prefix + code.Value : throw new ArgumentException("The default value names no dossier: make the code from a text.", nameof(code));

    /// <summary>Reads a key; false when it is none of a dossier, with why not in one line.</summary>
    public static bool TryRead(string? key, out DossierCode code, [NotNullWhen(false)] out string? whyNot)
    {
        (code, whyNot) = (default, null);
        if (key is null || !key.StartsWith(Prefix, StringComparison.Ordinal))
        {
            whyNot = $"the key of a dossier's grain begins with '{Prefix}': make it by DossierGrainKey.Of";
        }
        else if (!DossierCode.IsCode(key[Prefix.Length..]))
        {
            whyNot = $"the key of a dossier's grain is '{Prefix}' and a code of 1 to {DossierCode.MaxLength} printable characters: make it by DossierGrainKey.Of";
        }
        else
        {
            code = new DossierCode(key[Prefix.Length..]);
        }

        return whyNot is null;
    }
}
