using System.Text;

namespace Workflow.Core.StepTables;

/// <summary>Splits lines into cells at tabs. A cell may be quoted as spreadsheets do it; a quotation mark by itself is the text that it is.</summary>
internal static class TableCells
{
    // A quoted cell may go on over so many lines. A stray mark must not swallow the file.
    private const int MostLines = 50;

    /// <summary>Takes the next row. Null at the end.</summary>
    /// <param name="lines">The file.</param>
    /// <param name="count">How many cells a row has; 0 when that is still to be learned. A quoted cell goes on in the next line only where the row then has so many.</param>
    public static IReadOnlyList<string>? Next(TableLines lines, int count)
    {
        if (lines.Take() is not { } first)
        {
            return null;
        }

        if (!first.Contains('"', StringComparison.Ordinal))
        {
            return first.Split('\t');
        }

        if (count > 0)
        {
            var text = first;
            for (var more = 0; more < MostLines && text.Length <= TableLines.LongestLine; more++)
            {
                var (cells, isOpen) = Split(text, literal: false);
                if (!isOpen)
                {
                    if (more > 0 && cells.Count != count)
                    {
                        break;
                    }

                    for (var taken = 0; taken < more; taken++)
                    {
                        lines.Take();
                    }

                    return cells;
                }

                if (lines.Peek(more) is not { } next)
                {
                    break;
                }

                text = $"{text}\n{next}";
            }
        }

        return Split(first, literal: true).Cells;
    }

    private static (List<string> Cells, bool IsOpen) Split(string text, bool literal)
    {
        var cells = new List<string>();
        var at = 0;
        while (true)
        {
            if (Quoted(text, at) is { } quoted)
            {
                cells.Add(quoted.Cell);
                at = quoted.End;
            }
            else
            {
                if (!literal && IsOpened(text, at))
                {
                    return (cells, true);
                }

                var end = text.IndexOf('\t', at);
                end = end < 0 ? text.Length : end;
                cells.Add(text[at..end]);
                at = end;
            }

            if (at >= text.Length)
            {
                return (cells, false);
            }

            at++;
        }
    }

    // A whole quoted cell: its closing mark stands before a tab or the end.
    private static (string Cell, int End)? Quoted(string text, int at)
    {
        if (!Starts(text, at))
        {
            return null;
        }

        var cell = new StringBuilder();
        var (hasTab, hasBreak) = (false, false);
        for (var i = at + 1; i < text.Length; i++)
        {
            if (text[i] != '"')
            {
                hasTab |= text[i] == '\t';
                hasBreak |= text[i] == '\n';
                if (hasTab && hasBreak)
                {
                    // Two stray marks in two rows rather than a cell.
                    return null;
                }

                cell.Append(text[i]);
            }
            else if (i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else
            {
                return i + 1 == text.Length || text[i + 1] == '\t' ? (cell.ToString(), i + 1) : null;
            }
        }

        return null;
    }

    // A quoted cell whose closing mark is still to come.
    private static bool IsOpened(string text, int at) => Starts(text, at) && text.AsSpan(at).Count('"') % 2 == 1;

    // A mark that is the whole cell means "as above".
    private static bool Starts(string text, int at) => at < text.Length && text[at] == '"' && at + 1 < text.Length && text[at + 1] != '\t';
}
