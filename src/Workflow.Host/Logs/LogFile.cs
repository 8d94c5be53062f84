using Workflow.Core.EventLogs;
using Workflow.Host.Files;
using Workflow.Host.Terminal;

namespace Workflow.Host.Logs;

/// <summary>An event log on disk, plain or compressed, read trace by trace. Every fault names the file.</summary>
internal static class LogFile
{
    /// <summary>Reads the traces as they are asked for; each enumeration reads the file from its beginning.</summary>
    /// <param name="path">The file. Whether it is compressed is told by its first bytes, not by its name.</param>
    /// <param name="progress">Shows how much of the file was read, or null.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="UnusableInputException">While enumerating: the file cannot be read, or is no event log; the line says where.</exception>
    public static IEnumerable<LogTrace> Read(string path, ProgressLine? progress = null, CancellationToken cancellationToken = default)
    {
        using var file = InputFile.Open(path);
        using var content = Guard(path, () => InputFile.Decompressed(file));
        using var reader = Guard(path, () => XesReader.Open(content));
        using var traces = reader.ReadTraces().GetEnumerator();
        while (Guard(path, traces.MoveNext))
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress?.Report(file.Position, file.Length, unit: null);
            yield return traces.Current;
        }
    }

    /// <summary>Runs a part of the reading, and names the file in what it throws.</summary>
    public static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (EventLogFormatException e)
        {
            throw new UnusableInputException($"{path}: {e.Message}", e);
        }
        catch (InvalidDataException e)
        {
            throw new UnusableInputException($"{path}: the compressed data is damaged or cut off: fetch the file again", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw InputFile.Refusal(path, e);
        }
    }
}
