namespace Workflow.Core.Dossiers;

/// <summary>Whether texts can be stored: no U+0000, no half of a surrogate pair, not too long.</summary>
internal static class TextRules
{
    /// <summary>The longest free text, in characters.</summary>
    public const int LongestText = 4000;

    /// <summary>The longest code or name, in characters.</summary>
    public const int LongestName = 200;

    public static bool IsStorable(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }

        for (var i = text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF'); i >= 0 && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }

            if (!char.IsSurrogatePair(text, i))
            {
                return false;
            }

            i++;
        }

        return true;
    }

    /// <summary>One line of whole characters.</summary>
    public static bool IsPrintable(string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c))
            {
                return false;
            }
        }

        return IsStorable(text);
    }

    /// <summary>A free text, which may be missing.</summary>
    public static void CheckText(string? text, string field, List<UnmetGuard> unmet)
    {
        if (text is null)
        {
            return;
        }

        if (text.Length > LongestText)
        {
            unmet.Add(new UnmetGuard("text", $"'{field}' has {text.Length} characters; at most {LongestText} can be kept"));
        }
        else if (!IsStorable(text))
        {
            unmet.Add(new UnmetGuard("text", $"'{field}' holds U+0000 or half of a surrogate pair, which cannot be stored"));
        }
    }

    /// <summary>A code or a name in one line, which may be missing but not empty.</summary>
    public static void CheckName(string? name, string field, List<UnmetGuard> unmet)
    {
        if (name is not null && (name.Length > LongestName || string.IsNullOrWhiteSpace(name) || !IsPrintable(name)))
        {
            unmet.Add(new UnmetGuard("text", $"'{field}' is not 1 to {LongestName} printable characters in one line"));
        }
    }

    /// <summary>A code or a name in one line.</summary>
    public static void DemandName(string? name, string field, List<UnmetGuard> unmet)
    {
        if (name is null)
        {
            unmet.Add(new UnmetGuard("text", $"'{field}' is missing"));
        }

        CheckName(name, field, unmet);
    }
}
