using System.Runtime.CompilerServices;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Audit;

/// <summary>The heads of a store with the digests of their rows' places, read side by side.</summary>
internal static class AnchoredPlaces
{
    /// <summary>Streams the heads, ordered by code. Hosts may go on writing: each head bears the places of its own rows.</summary>
    public static async IAsyncEnumerable<ChainHead> ReadAsync(IJournalStore store, [EnumeratorCancellation] CancellationToken ct)
    {
        var places = Scanning.AheadAsync(store.ScanPlacesAsync(null, ct), ct).GetAsyncEnumerator(ct);
        await using var _ = places.ConfigureAwait(false);
        var more = await places.MoveNextAsync().ConfigureAwait(false);
        var rows = new List<JournalPlace>();
        await foreach (var head in store.ReadChainHeadsAsync(ct).ConfigureAwait(false))
        {
            rows.Clear();
            for (; more && CodeOrder.Instance.Compare(places.Current.Code, head.Code) <= 0; more = await places.MoveNextAsync().ConfigureAwait(false))
            {
                if (places.Current.Code == head.Code)
                {
                    rows.Add(places.Current);
                }
            }

            // Its rows were read before the head that counts them: again, behind it.
            yield return head with
            {
                Places = ChainPlaces.Of(rows, head.Version) ?? ChainPlaces.Of(await store.ScanPlacesAsync(head.Code, ct).ToListAsync(ct).ConfigureAwait(false), head.Version),
            };
        }
    }
}
