namespace Workflow.Core.EventLogs;

/// <summary>An event log that cannot be used as it stands. The message is one line: where, what, and how to mend it.</summary>
public sealed class EventLogFormatException : Exception
{
    internal EventLogFormatException(int? line, string problem, Exception? innerException = null)
        : base(line is null ? problem : $"line {line}: {problem}", innerException)
    {
        Line = line;
    }

    /// <summary>The line of the file, counted from 1, or <see langword="null"/> where the defect was found in a trace already read.</summary>
    public int? Line { get; }

    /// <summary>Makes foreign text fit for a message: one line, at most <paramref name="limit"/> characters, no control characters.</summary>
    internal static string Quote(string text, int limit = 60)
    {
        // Surrogates go too: a cut between the halves of a pair would leave text that no encoding can carry.
        int length = Math.Min(text.Length, limit);
        return string.Create(length, text, static (target, source) =>
        {
            for (int i = 0; i < target.Length; i++)
            {
                char c = source[i];
                target[i] = char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' ? '?' : c;
            }
        }) + (text.Length > limit ? "..." : string.Empty);
    }
}
