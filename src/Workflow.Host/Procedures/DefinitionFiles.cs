using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Procedures;
using Workflow.Core.Reorganisations;
using Workflow.Core.Units;
using Workflow.Host.Files;
using Workflow.Host.Terminal;

namespace Workflow.Host.Procedures;

/// <summary>Definition files on disk: which there are, of which kind, and what is wrong with them.</summary>
internal static class DefinitionFiles
{
    /// <summary>The files that paths stand for: a file itself, and of a directory every .yaml and .yml in and below it, by name.</summary>
    /// <exception cref="UnusableInputException">A path is neither, or a directory holds none.</exception>
    public static IReadOnlyList<string> Find(IEnumerable<string> paths)
    {
        var files = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (!Directory.Exists(path))
            {
                // A path that is no file is refused when it is opened.
                AddOnce(path);
                continue;
            }

            var below = Below(path);
            if (below.Count == 0)
            {
                throw new UnusableInputException($"{path} holds no .yaml file: name a directory of definitions");
            }

            below.ForEach(AddOnce);
        }

        return files;

        void AddOnce(string file)
        {
            if (seen.Add(Path.GetFullPath(file)))
            {
                files.Add(file);
            }
        }
    }

    /// <summary>Reads a file of whatever kind.</summary>
    /// <returns>The procedure when it is a sound one, how many procedures the file is (0 or 1), and every defect.</returns>
    public static (Procedure? Procedure, int Procedures, IReadOnlyList<Defect> Defects) Inspect(string file)
    {
        using var reader = new StreamReader(InputFile.Open(file));
        try
        {
            switch (KindOf(file))
            {
                case "calendar":
                    CalendarBook.Read(reader, file);
                    return (null, 0, []);
                case "units":
                    UnitTreeYaml.Read(reader, file);
                    return (null, 0, []);
                case "on":
                    ReorganisationYaml.Read(reader, file);
                    return (null, 0, []);
                default:
                    var reading = ProcedureYaml.Inspect(reader, file);
                    return (reading.Procedure, 1, reading.Defects);
            }
        }
        catch (DefinitionException e)
        {
            return (null, 0, e.Defects);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw InputFile.Refusal(file, e);
        }
    }

    /// <summary>Reads one procedure file.</summary>
    /// <exception cref="DefinitionException">It has defects.</exception>
    /// <exception cref="UnusableInputException">It cannot be read.</exception>
    public static Procedure ReadProcedure(string file)
    {
        using var reader = new StreamReader(InputFile.Open(file));
        try
        {
            return ProcedureYaml.Read(reader, file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw InputFile.Refusal(file, e);
        }
    }

    /// <summary>Reads every procedure file directly in a directory.</summary>
    /// <exception cref="DefinitionException">Files have defects, or two define the same version.</exception>
    /// <exception cref="UnusableInputException">A file cannot be read, or there is none.</exception>
    public static ProcedureCatalogue ReadCatalogue(string directory)
    {
        if (!Directory.Exists(directory))
        {
            throw new UnusableInputException($"{directory}: there is no such directory of procedures: check the path");
        }

        var files = Below(directory).Where(f => KindOf(f) is not ("calendar" or "units" or "on")).ToList();
        return files.Count > 0
            ? ProcedureCatalogue.Read(files.Select(f => (f, InputFile.ReadText(f))))
            : throw new UnusableInputException($"{directory} holds no procedure file: name a directory that does");
    }

    // A definition names its kind by its first key. The text is not parsed for that, since it need not be sound.
    private static string? KindOf(string file)
    {
        using var reader = new StreamReader(InputFile.Open(file));
        var line = new char[64];
        for (var first = ReadLine(reader, line); first is not null; first = ReadLine(reader, line))
        {
            if (first.Length > 0 && char.IsAsciiLetter(first[0]))
            {
                return first.Split(':')[0].TrimEnd();
            }
        }

        return null;
    }

    // A line's first characters: a hostile file may consist of one line without an end.
    private static string? ReadLine(StreamReader reader, char[] start)
    {
        var length = 0;
        int next;
        while ((next = reader.Read()) is not (-1 or '\n'))
        {
            if (length < start.Length)
            {
                start[length++] = (char)next;
            }
        }

        return next == -1 && length == 0 ? null : new string(start, 0, length);
    }

    private static List<string> Below(string directory)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None };
        try
        {
            return [.. Directory.EnumerateFiles(directory, "*", options)
                .Where(f => f.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || f.EndsWith(".yml", StringComparison.OrdinalIgnoreCase))
                .Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UnusableInputException($"{directory} cannot be read ({Faults.OneLine(e.Message).TrimEnd('.')}): check the path and the permissions", e);
        }
    }
}
