using System.Globalization;
using System.Text;

namespace Workflow.Core.Definitions;

/// <summary>Writes a text as a YAML scalar on one line that reads back to the same text, in block and in flow context alike.</summary>
internal static class YamlScalarText
{
    /// <exception cref="ArgumentException"><paramref name="text"/> holds half of a surrogate pair, which no file can carry.</exception>
    public static string Of(string text) => IsPlain(text) ? text : Quoted(text);

    // Stricter than YAML: whatever could mean something to a parser, in any place, is quoted.
    private static bool IsPlain(string text) =>
        text.Length > 0
        && char.IsLetterOrDigit(text[0])
        && text[^1] != ' '
        && text != "null"
        && text.All(c => char.IsLetterOrDigit(c) || c is ' ' or '-' or '.' or '/' or '(' or ')' or '_' or '@' or ';' or '%' or '+');

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsSurrogate(c))
            {
                if (!char.IsSurrogatePair(text, i))
                {
                    throw new ArgumentException("A text holds half of a surrogate pair; write whole characters.", nameof(text));
                }

                quoted.Append(CultureInfo.InvariantCulture, $"\\U{char.ConvertToUtf32(text, i++):X8}");
            }
            else if (c is '"' or '\\')
            {
                quoted.Append('\\').Append(c);
            }
            else if (MustEscape(c))
            {
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            }
            else
            {
                quoted.Append(c);
            }
        }

        return quoted.Append('"').ToString();
    }

    private static bool MustEscape(char c) => char.GetUnicodeCategory(c) switch
    {
        UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => true,
        UnicodeCategory.OtherNotAssigned or UnicodeCategory.PrivateUse => true,
        UnicodeCategory.SpaceSeparator => c != ' ',
        _ => false,
    };
}
