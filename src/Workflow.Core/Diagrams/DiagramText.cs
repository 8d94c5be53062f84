using System.Text;

namespace Workflow.Core.Diagrams;

/// <summary>Makes texts of files fit to be shown, and says how wide they are.</summary>
internal static class DiagramText
{
    // Advances of a semibold sans serif in hundredths of the size, from U+0020 to U+007E: wide enough for the usual ones.
    private static readonly byte[] s_advances =
    [
        26, 29, 47, 65, 57, 90, 75, 27, 34, 34, 54, 57, 28, 32, 28, 41, 57, 57, 57, 57, 57, 57, 57, 57, 57, 57, 28, 28, 57, 57, 57, 48,
        90, 69, 67, 64, 74, 56, 55, 72, 76, 39, 33, 66, 56, 94, 81, 80, 63, 80, 66, 55, 58, 76, 65, 97, 67, 62, 58, 33, 41, 33, 57, 41,
        36, 60, 63, 51, 63, 59, 39, 63, 66, 30, 30, 62, 30, 98, 66, 62, 63, 63, 45, 50, 43, 66, 57, 86, 58, 57, 49, 39, 55, 39, 57,
    ];

    /// <summary>The text in one line of characters that any notation can hold and that do not turn the direction of what follows.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                clean.Append(c).Append(text[++i]);
            }
            else if (char.IsControl(c) || char.IsWhiteSpace(c) || c is '\u2028' or '\u2029')
            {
                clean.Append(' ');
            }
            else if (char.IsSurrogate(c) || c >= '\ufffe')
            {
                clean.Append('\ufffd');
            }
            else if (c is not ((>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') or '\u200e' or '\u200f'))
            {
                clean.Append(c);
            }
        }

        return clean.ToString().Trim();
    }

    /// <summary>About how wide a line is, rather too wide than too narrow.</summary>
    public static double Width(string line, double size)
    {
        var hundredths = 0;
        foreach (var c in line)
        {
            hundredths += c switch
            {
                >= ' ' and <= '~' => s_advances[c - ' '],
                '·' => 28,
                < '\u2000' => char.IsUpper(c) ? 82 : 67,
                _ => 105,
            };
        }

        return hundredths * size / 100;
    }

    /// <summary>Breaks a text into lines of at most this width, between words where it can, and ends the last one with three dots when there are more. At least one line.</summary>
    public static IReadOnlyList<string> Wrap(string text, double size, double width, int most)
    {
        var lines = new List<string>();
        var line = string.Empty;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var rest = word;
            if (line.Length > 0 && Width($"{line} {rest}", size) <= width)
            {
                line = $"{line} {rest}";
                continue;
            }

            if (line.Length > 0)
            {
                lines.Add(line);
            }

            while (Width(rest, size) > width)
            {
                var fits = Fitting(rest, size, width);
                lines.Add(rest[..fits]);
                rest = rest[fits..];
            }

            line = rest;
        }

        if (line.Length > 0 || lines.Count == 0)
        {
            lines.Add(line);
        }

        if (lines.Count > most)
        {
            var last = lines[most - 1];
            while (last.Length > 0 && Width($"{last}…", size) > width)
            {
                last = last[..^(char.IsLowSurrogate(last[^1]) ? 2 : 1)];
            }

            lines = [.. lines.Take(most - 1), $"{last.TrimEnd()}…"];
        }

        return lines;
    }

    private static int Fitting(string text, double size, double width)
    {
        var length = text.Length;
        while (length > 1 && (Width(text[..length], size) > width || char.IsLowSurrogate(text[length])))
        {
            length--;
            if (char.IsLowSurrogate(text[length]) && length > 1)
            {
                length--;
            }
        }

        return char.IsHighSurrogate(text[0]) && length < 2 ? 2 : length;
    }
}
