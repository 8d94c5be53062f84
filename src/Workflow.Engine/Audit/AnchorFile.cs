using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Audit;

/// <summary>Anchors: the heads of all chains as they stood at a moment, to be kept where nobody who can change the store can change them.</summary>
/// <remarks>
/// A line of JSON each: a header, the dossiers ordered by code, and a closing line with the totals, the journal hash and the SHA-256 of all lines
/// before it. That tells damage, not forgery: whoever can write the file can write another. The form is stored data: it is added to, never changed.
/// </remarks>
public static class AnchorFile
{
    /// <summary>The version of the form that is written.</summary>
    public const int Format = 1;

    private const int LongestLine = 4_096;

    /// <summary>Writes the heads of a store. Hosts may go on writing: each dossier is anchored as it stood when it was reached.</summary>
    /// <param name="store">The store.</param>
    /// <param name="to">Where to write; it stays open.</param>
    /// <param name="takenAt">The time of taking.</param>
    /// <param name="progress">Told how many dossiers are written, now and then; null for nobody.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    /// <exception cref="StorageException">The store cannot be read.</exception>
    public static async ValueTask<AnchorTotals> WriteAsync(
        IJournalStore store, Stream to, DateTimeOffset takenAt, Action<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(to);
        using var lines = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var heads = new HeadsHash();
        var (dossiers, events) = (0L, 0L);
        await LineAsync(JsonSerializer.SerializeToUtf8Bytes(new AnchorHeader(Format, takenAt), AnchorJson.Default.AnchorHeader)).ConfigureAwait(false);
        await foreach (var head in store.ReadChainHeadsAsync(cancellationToken).ConfigureAwait(false))
        {
            await LineAsync(JsonSerializer.SerializeToUtf8Bytes(
                new AnchorLine(head.Code, head.Version, Convert.ToHexStringLower(head.Hash)), AnchorJson.Default.AnchorLine)).ConfigureAwait(false);
            heads.Add(head);
            (dossiers, events) = (dossiers + 1, events + head.Version);
            progress?.Invoke(dossiers);
        }

        var totals = new AnchorTotals(dossiers, events, heads.Value());
        await LineAsync(JsonSerializer.SerializeToUtf8Bytes(
            new AnchorClosing(dossiers, events, totals.JournalHash, Convert.ToHexStringLower(lines.GetCurrentHash())), AnchorJson.Default.AnchorClosing)).ConfigureAwait(false);
        return totals;

        async ValueTask LineAsync(byte[] json)
        {
            byte[] line = [.. json, (byte)'\n'];
            lines.AppendData(line);
            await to.WriteAsync(line, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads the heads as they are asked for, to the end of the file, which tells whether they were those that were written.</summary>
    /// <param name="from">What <see cref="WriteAsync"/> wrote; it stays open.</param>
    /// <exception cref="AnchorFormatException">While enumerating: it is no such file, or a damaged one.</exception>
    public static IEnumerable<ChainHead> Read(Stream from)
    {
        ArgumentNullException.ThrowIfNull(from);
        using var lines = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var heads = new HeadsHash();
        var (number, events, last) = (0L, 0L, (string?)null);
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
                if (closing.Sha256 != Convert.ToHexStringLower(lines.GetCurrentHash()) || closing.Events != events || closing.Dossiers != number - 2 || closing.JournalHash != heads.Value())
                {
                    throw new AnchorFormatException($"line {number}: the file was changed or damaged after it was written, its digest is another: fetch it again from where it is kept");
                }
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
            if (anchor is { Dossier: not null, Version: > 0, Hash.Length: 64 })
            {
                return new ChainHead(anchor.Dossier, anchor.Version, Convert.FromHexString(anchor.Hash));
            }
        }
        catch (FormatException)
        {
            // Said below.
        }

        throw Damaged(number, null);
    }

    private static T Parsed<T>(byte[] line, long number, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
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
        new($"line {number} is no anchor of a dossier: the file is damaged, fetch it again from where it is kept", cause);

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

    // As the journal hash: SHA-256 over the heads, ordered by code.
    private sealed class HeadsHash : IDisposable
    {
        private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

        public void Add(ChainHead head) => JournalHash.Append(_hash, head);

        public string Value() => Convert.ToHexStringLower(_hash.GetCurrentHash());

        public void Dispose() => _hash.Dispose();
    }
}

/// <summary>What anchors hold.</summary>
/// <param name="Dossiers">How many dossiers.</param>
/// <param name="Events">How many rows of the journal their chains have.</param>
/// <param name="JournalHash">The hash over all heads.</param>
public sealed record AnchorTotals(long Dossiers, long Events, string JournalHash);

internal sealed record AnchorHeader(int Anchors, DateTimeOffset TakenAt);

internal sealed record AnchorLine(string Dossier, int Version, string Hash);

internal sealed record AnchorClosing(long Dossiers, long Events, string JournalHash, string Sha256);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AnchorHeader))]
[JsonSerializable(typeof(AnchorLine))]
[JsonSerializable(typeof(AnchorClosing))]
internal sealed partial class AnchorJson : JsonSerializerContext;
