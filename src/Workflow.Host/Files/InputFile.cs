using System.IO.Compression;
using Workflow.Host.Terminal;

namespace Workflow.Host.Files;

/// <summary>Opens files that the user named, with refusals that name the file and the mend.</summary>
internal static class InputFile
{
    /// <exception cref="UnusableInputException">There is no such file, or it cannot be read.</exception>
    public static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, new FileStreamOptions { Options = FileOptions.SequentialScan, BufferSize = 1 << 16 });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw Refusal(path, e);
        }
    }

    /// <exception cref="UnusableInputException">There is no such file, or it cannot be read.</exception>
    public static string ReadText(string path)
    {
        using var reader = new StreamReader(Open(path));
        try
        {
            return reader.ReadToEnd();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Refusal(path, e);
        }
    }

    /// <summary>Says why a path cannot be read.</summary>
    public static UnusableInputException Refusal(string path, Exception cause) => cause switch
    {
        _ when path.Length == 0 => new UnusableInputException("the name of a file is empty: name one", cause),
        _ when Directory.Exists(path) => new UnusableInputException($"{path} is a directory: name a file", cause),
        FileNotFoundException or DirectoryNotFoundException => new UnusableInputException($"{path}: there is no such file: check the path", cause),
        UnauthorizedAccessException => new UnusableInputException($"{path} may not be read: give this user read access to it", cause),
        _ => new UnusableInputException($"{path} cannot be read ({Faults.OneLine(cause.Message).TrimEnd('.')}): check the path and the disk", cause),
    };

    /// <summary>The content, decompressed where the first bytes say that it is compressed, whatever the file is called.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Stream Decompressed(FileStream file)
    {
        Span<byte> magic = stackalloc byte[2];
        var length = file.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return length == 2 && magic[0] == 0x1f && magic[1] == 0x8b ? new GZipStream(file, CompressionMode.Decompress, leaveOpen: true) : file;
    }
}
