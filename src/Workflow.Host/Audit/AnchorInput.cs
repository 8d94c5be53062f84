using Workflow.Engine.Audit;
using Workflow.Engine.Journal;
using Workflow.Host.Files;
using Workflow.Host.Terminal;

namespace Workflow.Host.Audit;

/// <summary>Anchors on disk, plain or compressed, read as they are asked for. Every fault names the file.</summary>
internal static class AnchorInput
{
    /// <summary>Reads the anchors; each enumeration reads the file from its beginning.</summary>
    /// <exception cref="UnusableInputException">While enumerating: the file cannot be read, or does not hold the anchors that were written.</exception>
    public static IEnumerable<ChainHead> Read(string path) => Read(path, AnchorFile.Read);

    /// <summary>Reads the definitions that were anchored; none where an earlier release wrote the file.</summary>
    /// <exception cref="UnusableInputException">While enumerating: the file cannot be read, or is none of anchors.</exception>
    public static IEnumerable<AnchoredDefinition> ReadDefinitions(string path) => Read(path, AnchorFile.ReadDefinitions);

    private static IEnumerable<T> Read<T>(string path, Func<Stream, IEnumerable<T>> read)
    {
        using var file = InputFile.Open(path);
        using var content = Guard(path, () => InputFile.Decompressed(file));
        using var anchors = read(content).GetEnumerator();
        while (Guard(path, anchors.MoveNext))
        {
            yield return anchors.Current;
        }
    }

    private static T Guard<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (AnchorFormatException e)
        {
            throw new UnusableInputException($"{path}: {e.Message}", e);
        }
        catch (InvalidDataException e)
        {
            throw new UnusableInputException($"{path}: the compressed data is damaged or cut off: fetch the file again from where it is kept", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw InputFile.Refusal(path, e);
        }
    }
}
