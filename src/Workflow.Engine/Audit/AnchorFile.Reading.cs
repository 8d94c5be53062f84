using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Audit;

/// <content>Reading.</content>
public static partial class AnchorFile
{
    private const int LongestLine = 4_096;
    private const int HashLength = 2 * SHA256.HashSizeInBytes;

    /// <summary>Reads the heads as they are asked for, to the end of the file, which tells whether they were those that were written.</summary>
    /// <param name="from">What <see cref="WriteAsync"/> wrote; it stays open.</param>
    /// <exception cref="AnchorFormatException">While enumerating: it is no such file, or a damaged one.</exception>
    public static IEnumerable<ChainHead> Read(Stream from)
    {
        ArgumentNullException.ThrowIfNull(from);
        return ReadAll(from).OfType<ChainHead>();
    }

    /// <summary>Reads the definitions, which stand in front of the heads; none from anchors of earlier releases. Whether the file is damaged is told by <see cref="Read"/>.</summary>
    /// <param name="from">What <see cref="WriteAsync"/> wrote; it stays open.</param>
    /// <exception cref="AnchorFormatException">While enumerating: it is no such file, or a damaged one.</exception>
    public static IEnumerable<AnchoredDefinition> ReadDefinitions(Stream from)
    {
        ArgumentNullException.ThrowIfNull(from);
        return ReadAll(from).TakeWhile(item => item is AnchoredDefinition).Cast<AnchoredDefinition>();
    }

    // A ChainHead or an AnchoredDefinition for each line between the header and the closing line.
    private static IEnumerable<object> ReadAll(Stream from)
    {
        using var lines = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var heads = new HeadsHash();
        var (number, events, definitions, last) = (0L, 0L, 0L, (string?)null);
        AnchorClosing? closing = null;
        foreach (var line in Lines(from))
        {
            number++;
            if (closing is not null)
            {
                throw new AnchorFormatException($"line {number} stands behind the closing line: fetch the file again from where it is kept");
            }

            if (number == 1)
            {
                RequireHeader(line);
            }
            else if (line.AsSpan().StartsWith("{\"dossiers\""u8))
            {
                closing = Parsed(line, number, AnchorJson.Default.AnchorClosing);
                if (closing.Sha256 != Convert.ToHexStringLower(lines.GetCurrentHash()) || closing.Events != events || closing.Definitions != definitions || closing.Dossiers != number - 2 - definitions || closing.JournalHash != heads.Value())
                {
                    throw new AnchorFormatException($"line {number}: the file was changed or damaged after it was written, its digest is another: fetch it again from where it is kept");
                }
            }
            else if (last is null && line.AsSpan().StartsWith("{\"definition\""u8))
            {
                definitions++;
                yield return Definition(line, number);
            }
            else
            {
                var head = Head(line, number);
                if (last is not null && CodeOrder.Instance.Compare(last, head.Code) >= 0)
                {
                    throw new AnchorFormatException($"line {number}: dossier {head.Code} stands behind {last}, out of order: fetch the file again from where it is kept");
                }

                heads.Add(head);
                (last, events) = (head.Code, events + head.Version);
                yield return head;
            }

            lines.AppendData(line);
        }

        if (closing is null)
        {
            throw new AnchorFormatException(number == 0 ? "the file is empty: name one that 'audit anchor' wrote" : $"the file ends at line {number} without its closing line, it was cut off: fetch it again from where it is kept");
        }
    }

    private static void RequireHeader(byte[] line)
    {
        AnchorHeader? header = null;
        try
        {
            header = JsonSerializer.Deserialize(line, AnchorJson.Default.AnchorHeader);
        }
        catch (JsonException)
        {
            // Said below.
        }

        if (header is not { Anchors: > 0 })
        {
            throw new AnchorFormatException("line 1 is no header of anchors: name a file that 'audit anchor' wrote");
        }

        if (header.Anchors > Format)
        {
            throw new AnchorFormatException($"line 1: the anchors have form {header.Anchors}, and this release knows {Format}: use the release that wrote them");
        }
    }

    private static ChainHead Head(byte[] line, long number)
    {
        var anchor = Parsed(line, number, AnchorJson.Default.AnchorLine);
        try
        {
            if (anchor is { Dossier: not null, Version: > 0, Hash.Length: HashLength, Places: null or { Length: HashLength } })
            {
                return new ChainHead(anchor.Dossier, anchor.Version, Convert.FromHexString(anchor.Hash))
                {
                    Places = anchor.Places is null ? null : Convert.FromHexString(anchor.Places),
                };
            }
        }
        catch (FormatException)
        {
            // Said below.
        }

        throw Damaged(number, null);
    }

    private static AnchoredDefinition Definition(byte[] line, long number)
    {
        var anchor = Parsed(line, number, AnchorJson.Default.AnchorDefinitionLine);
        try
        {
            if (anchor is { Definition: not null, Code: not null, Version: not null, Sha256.Length: HashLength })
            {
                return new AnchoredDefinition(anchor.Definition, anchor.Code, anchor.Version, anchor.KnownFrom, Convert.FromHexString(anchor.Sha256));
            }
        }
        catch (FormatException)
        {
            // Said below.
        }

        throw Damaged(number, null);
    }

    private static T Parsed<T>(byte[] line, long number, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(line, type) ?? throw Damaged(number, null);
        }
        catch (JsonException e)
        {
            throw Damaged(number, e);
        }
    }

    private static AnchorFormatException Damaged(long number, Exception? cause) =>
        new($"line {number} is no anchor: the file is damaged, fetch it again from where it is kept", cause);

    // By bytes, as they were digested; a line holds its end.
    private static IEnumerable<byte[]> Lines(Stream from)
    {
        var (buffer, line) = (new byte[1 << 16], new List<byte>(256));
        for (int read; (read = from.Read(buffer, 0, buffer.Length)) > 0;)
        {
            for (var start = 0; start < read;)
            {
                var end = Array.IndexOf(buffer, (byte)'\n', start, read - start);
                var next = end < 0 ? read : end + 1;
                line.AddRange(buffer.AsSpan(start, next - start));
                start = next;
                if (line.Count > LongestLine)
                {
                    throw new AnchorFormatException("a line is too long for one of anchors: name a file that 'audit anchor' wrote");
                }

                if (end >= 0)
                {
                    yield return [.. line];
                    line.Clear();
                }
            }
        }

        if (line.Count > 0)
        {
            yield return [.. line];
        }
    }
}
