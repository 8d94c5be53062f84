using System.Security.Cryptography;
using System.Text.Json;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Audit;

/// <summary>Anchors: the heads of all chains and the published definitions as they stood at a moment, to be kept where nobody who can change the store can change them.</summary>
/// <remarks>
/// A line of JSON each: a header, the definitions, the dossiers ordered by code, and a closing line with the totals, the journal hash and the
/// SHA-256 of all lines before it. That tells damage, not forgery: whoever can write the file can write another. The form is stored data: it is
/// added to, never changed. Form 1 has no definitions and no places, and is read for ever.
/// </remarks>
public static partial class AnchorFile
{
    /// <summary>The version of the form that is written.</summary>
    public const int Format = 2;

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
        var definitions = await DefinitionAudit.ReadAsync(store, cancellationToken).ConfigureAwait(false);
        foreach (var definition in definitions.Select(AnchoredDefinition.Of))
        {
            await LineAsync(JsonSerializer.SerializeToUtf8Bytes(
                new AnchorDefinitionLine(definition.Kind, definition.Code, definition.Version, definition.KnownFrom, Convert.ToHexStringLower(definition.Sha256)),
                AnchorJson.Default.AnchorDefinitionLine)).ConfigureAwait(false);
        }

        await foreach (var head in AnchoredPlaces.ReadAsync(store, cancellationToken).ConfigureAwait(false))
        {
            await LineAsync(JsonSerializer.SerializeToUtf8Bytes(
                new AnchorLine(head.Code, head.Version, Convert.ToHexStringLower(head.Hash)) { Places = head.Places is null ? null : Convert.ToHexStringLower(head.Places) },
                AnchorJson.Default.AnchorLine)).ConfigureAwait(false);
            heads.Add(head);
            (dossiers, events) = (dossiers + 1, events + head.Version);
            progress?.Invoke(dossiers);
        }

        var totals = new AnchorTotals(dossiers, events, definitions.Count, heads.Value());
        await LineAsync(JsonSerializer.SerializeToUtf8Bytes(
            new AnchorClosing(dossiers, events, totals.JournalHash, Convert.ToHexStringLower(lines.GetCurrentHash())) { Definitions = definitions.Count },
            AnchorJson.Default.AnchorClosing)).ConfigureAwait(false);
        return totals;

        async ValueTask LineAsync(byte[] json)
        {
            byte[] line = [.. json, (byte)'\n'];
            lines.AppendData(line);
            await to.WriteAsync(line, cancellationToken).ConfigureAwait(false);
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
