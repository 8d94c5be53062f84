using System.Text;

namespace Workflow.Core.StepTables;

/// <summary>The lines of a table's file, read one by one within bounds. Ends of lines may be those of any system.</summary>
internal sealed class TableLines(TextReader reader, string file)
{
    /// <summary>The longest line that is read, in characters.</summary>
    public const int LongestLine = 200_000;

    // In characters: no sensible file comes near it, and what is read is kept until the tables are built.
    private const long LargestFile = 64L << 20;

    private readonly char[] _buffer = new char[1 << 14];
    private readonly List<string> _ahead = [];
    private int _at;
    private int _length;
    private long _total;
    private int _read;

    /// <summary>The number of the line that <see cref="Take"/> gave last, from 1.</summary>
    public int Line { get; private set; }

    /// <exception cref="Definitions.DefinitionException">The line or the file is too long, or is no text.</exception>
    public string? Take()
    {
        var line = Peek(0);
        if (line is not null)
        {
            _ahead.RemoveAt(0);
            Line++;
        }

        return line;
    }

    /// <summary>The line that comes after so many others; null past the end.</summary>
    public string? Peek(int after)
    {
        while (_ahead.Count <= after)
        {
            if (Read() is not { } line)
            {
                return null;
            }

            _ahead.Add(line);
        }

        return _ahead[after];
    }

    private string? Read()
    {
        var line = new StringBuilder();
        var any = false;
        while (Next() is var c and not -1)
        {
            any = true;
            if (c == '\n')
            {
                break;
            }

            if (c == '\r')
            {
                if (PeekChar() == '\n')
                {
                    Next();
                }

                break;
            }

            // The mark that some programs put at the start of a file.
            if (c == '\uFEFF' && _total == 1)
            {
                continue;
            }

            if (line.Length == LongestLine)
            {
                throw StepTableFile.Refused(file, _read + 1, $"the line has more than {LongestLine:N0} characters", "give it a table with tabs between its cells and an end to each line");
            }

            line.Append((char)c);
        }

        if (!any)
        {
            return null;
        }

        _read++;
        return Checked(line.ToString());
    }

    private string Checked(string line)
    {
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (c == '\uFFFD')
            {
                throw StepTableFile.Refused(file, _read, "the line holds bytes that are no UTF-8", "save the file as UTF-8");
            }

            if (c == '\0' || (char.IsSurrogate(c) && !(i + 1 < line.Length && char.IsSurrogatePair(c, line[i + 1]))))
            {
                throw StepTableFile.Refused(file, _read, "the line holds U+0000 or half of a surrogate pair", "save the file as UTF-8 text");
            }

            i += char.IsSurrogate(c) ? 1 : 0;
        }

        return line;
    }

    private int Next()
    {
        var c = PeekChar();
        if (c != -1)
        {
            _at++;
            if (++_total > LargestFile)
            {
                throw StepTableFile.Refused(file, _read + 1, $"the file has more than {LargestFile:N0} characters", "split it");
            }
        }

        return c;
    }

    private int PeekChar()
    {
        if (_at == _length)
        {
            (_at, _length) = (0, reader.Read(_buffer, 0, _buffer.Length));
        }

        return _length <= 0 ? -1 : _buffer[_at];
    }
}
