using Workflow.Core.Dossiers;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Audit;

/// <summary>Where a dossier's chain does not hold.</summary>
/// <param name="Code">The dossier.</param>
/// <param name="Version">The first version that does not hold.</param>
/// <param name="Why">What is wrong, in one line, without personal data.</param>
public sealed record ChainFault(string Code, int Version, string Why);

/// <summary>Computes the hash chain of a dossier again from its rows. Pure but for the reading, and thread-safe.</summary>
public static class ChainVerification
{
    private const int PageLength = 500;

    /// <summary>Returns where the chain breaks, or null when it holds up to the head that the store keeps.</summary>
    /// <exception cref="StorageException">The store cannot be read.</exception>
    public static async ValueTask<ChainFault?> VerifyAsync(IJournalStore store, string code, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var stored = await store.LoadAsync(code, cancellationToken).ConfigureAwait(false);
        var hash = HashChain.Start.ToArray();
        var version = 0;
        while (version < (stored?.Version ?? 0))
        {
            var rows = await store.ReadHistoryAsync(code, version + 1, PageLength, cancellationToken).ConfigureAwait(false);
            if (rows.Count == 0)
            {
                return new ChainFault(code, version + 1, $"the row is missing, the dossier has version {stored!.Version}");
            }

            // Rows that were added after the dossier was read are not part of what is verified.
            foreach (var row in rows.TakeWhile(r => r.Version <= stored!.Version))
            {
                if (WhyNot(row, code, ++version, hash) is { } why)
                {
                    return new ChainFault(code, version, why);
                }

                hash = row.Hash;
            }
        }

        return stored is null || hash.AsSpan().SequenceEqual(stored.Hash) ? null : new ChainFault(code, version, "the head that the dossier keeps is not the hash of its last row");
    }

    /// <summary>Returns why a row does not continue a chain, or null when it does.</summary>
    /// <param name="row">The row.</param>
    /// <param name="code">The dossier's code.</param>
    /// <param name="version">The version that is to follow.</param>
    /// <param name="previous">The hash of the row before, or <see cref="HashChain.Start"/>.</param>
    public static string? WhyNot(JournalRow row, string code, int version, ReadOnlySpan<byte> previous)
    {
        ArgumentNullException.ThrowIfNull(row);
        if (row.Code != code || row.Version != version)
        {
            return $"the row is missing, {row.Code} version {row.Version} stands in its place";
        }

        // Erased personal data leaves its digest behind.
        if (row.Personal is not null && !HashChain.Digest(row.Salt, row.Personal).AsSpan().SequenceEqual(row.PersonalDigest))
        {
            return "the personal part is not the one that was recorded";
        }

        var expected = HashChain.Next(
            previous,
            new ChainedRow(row.Code, row.Version, row.OccurredAt, row.Actor, row.Caller, row.CommandId, row.CommandDigest, row.Data, row.PersonalDigest));
        return expected.AsSpan().SequenceEqual(row.Hash) ? null : "the hash does not follow from the row and the one before it";
    }
}
