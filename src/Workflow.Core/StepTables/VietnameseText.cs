using System.Collections.Frozen;
using System.Text;

namespace Workflow.Core.StepTables;

/// <summary>Vietnamese text without its marks, for comparing words and for names that travel.</summary>
/// <remarks>The table is its own, since the library runs without the culture data that normalization needs.</remarks>
internal static class VietnameseText
{
    private static readonly FrozenDictionary<char, char> s_plain = Plain(
        ('a', "àáảãạăằắẳẵặâầấẩẫậ"), ('e', "èéẻẽẹêềếểễệ"), ('i', "ìíỉĩị"), ('o', "òóỏõọôồốổỗộơờớởỡợ"), ('u', "ùúủũụưừứửữự"), ('y', "ỳýỷỹỵ"), ('d', "đð"));

    /// <summary>Lower case, without marks, with single spaces and none at the ends.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (c is >= '\u0300' and <= '\u036F' or '\u200B' or '\uFEFF')
            {
                continue;
            }

            if (char.IsWhiteSpace(c) || char.IsControl(c))
            {
                if (folded.Length > 0 && folded[^1] != ' ')
                {
                    folded.Append(' ');
                }

                continue;
            }

            var lower = char.ToLowerInvariant(c);
            folded.Append(s_plain.GetValueOrDefault(lower, lower));
        }

        return folded.ToString().TrimEnd();
    }

    /// <summary>Letters a to z, digits and single hyphens, cut between words; empty when nothing of the text is left.</summary>
    public static string Slug(string text, int longest)
    {
        var slug = new StringBuilder();
        foreach (var word in Words(Fold(text)))
        {
            if (slug.Length + word.Length + 1 > longest)
            {
                if (slug.Length == 0)
                {
                    slug.Append(word.AsSpan(0, longest));
                }

                break;
            }

            slug.Append(slug.Length == 0 ? string.Empty : "-").Append(word);
        }

        return slug.ToString();
    }

    /// <summary>The text in one line with single spaces.</summary>
    public static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> Words(string folded)
    {
        var start = -1;
        for (var i = 0; i <= folded.Length; i++)
        {
            var isLetter = i < folded.Length && char.IsAsciiLetterOrDigit(folded[i]);
            if (isLetter && start < 0)
            {
                start = i;
            }
            else if (!isLetter && start >= 0)
            {
                yield return folded[start..i];
                start = -1;
            }
        }
    }

    private static FrozenDictionary<char, char> Plain(params (char Plain, string Marked)[] letters) =>
        letters.SelectMany(l => l.Marked.Select(m => (m, l.Plain))).ToFrozenDictionary(p => p.m, p => p.Plain);
}
