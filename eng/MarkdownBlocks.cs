namespace Workflow.Testing;

/// <summary>The blocks of code in the pages of the repository.</summary>
internal static class MarkdownBlocks
{
    /// <summary>Each block of a language, as it stands there.</summary>
    public static IReadOnlyList<string> Of(string page, string language) => [.. All(page).Where(b => b.Language == language).Select(b => b.Text)];

    /// <summary>Every block of a page with its language, in order.</summary>
    public static IReadOnlyList<(string Language, string Text)> All(string page)
    {
        var blocks = new List<(string Language, string Text)>();
        var block = new List<string>();
        string? open = null;
        foreach (var line in File.ReadLines(RepositoryRoot.PathOf(page)))
        {
            if (line.StartsWith("```", StringComparison.Ordinal))
            {
                if (open is not null)
                {
                    blocks.Add((open, string.Concat(block.Select(l => l + "\n"))));
                    block.Clear();
                }

                open = open is null ? line[3..] : null;
            }
            else if (open is not null)
            {
                block.Add(line);
            }
        }

        return blocks;
    }

    /// <summary>The lines of a file without indentation.</summary>
    public static IEnumerable<string> Lines(string file) => File.ReadLines(RepositoryRoot.PathOf(file)).Select(l => l.Trim());
}
