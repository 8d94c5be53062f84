using Workflow.Host.Terminal;

namespace Workflow.Host.Files;

/// <summary>A file that is written beside its place and moved there when it is whole, so that nobody ever sees half of it.</summary>
/// <remarks>A file of the same name is replaced. Not thread-safe.</remarks>
internal sealed class OutputFile : IDisposable
{
    private readonly string _path;
    private readonly string _partial;
    private bool _kept;

    private OutputFile(string path, string partial, FileStream stream)
    {
        (_path, _partial, Stream) = (path, partial, stream);
    }

    /// <summary>Where to write.</summary>
    public FileStream Stream { get; }

    /// <exception cref="UnusableInputException">The file cannot be written, or is a database.</exception>
    public static OutputFile Create(string path)
    {
        if (Directory.Exists(path))
        {
            throw new UnusableInputException($"{path} is a directory: name a file in it");
        }

        if (IsDatabase(path))
        {
            throw new UnusableInputException($"{path} is a database, which is not replaced: name another file");
        }

        var partial = $"{path}.{Environment.ProcessId}.partial";
        try
        {
            return new OutputFile(path, partial, new FileStream(partial, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Refusal(path, e);
        }
    }

    /// <summary>Moves the file to its place.</summary>
    /// <exception cref="UnusableInputException">The file cannot be written.</exception>
    public void Keep()
    {
        try
        {
            Stream.Flush(flushToDisk: true);
            Stream.Dispose();
            File.Move(_partial, _path, overwrite: true);
            _kept = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refusal(_path, e);
        }
    }

    /// <summary>Takes away what was not kept.</summary>
    public void Dispose()
    {
        if (!_kept)
        {
            Stream.Dispose();
            File.Delete(_partial);
        }
    }

    // Whatever leads there (a link, another case of the name), a store is never written over.
    private static bool IsDatabase(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            Span<byte> start = stackalloc byte[16];
            return file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual("SQLite format 3\0"u8);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return false;
        }
    }

    private static UnusableInputException Refusal(string path, Exception cause) => cause switch
    {
        DirectoryNotFoundException => new UnusableInputException($"{path}: there is no such directory: create it first", cause),
        UnauthorizedAccessException => new UnusableInputException($"{path} may not be written: give this user write access, or name another place", cause),
        _ => new UnusableInputException($"{path} cannot be written ({Faults.OneLine(cause.Message).TrimEnd('.')}): check the path and the space left", cause),
    };
}
