using System.Runtime.CompilerServices;

namespace Workflow.Engine.Journal;

/// <summary>All open dossiers of a store, page by page, so that memory does not grow with their number.</summary>
internal static class OpenDossierPages
{
    private const int PageLength = 1_000;

    /// <summary>Streams the codes of open dossiers in code order.</summary>
    /// <remarks>
    /// No transaction stays open: a dossier that is closed or leaves the filter before its page is read is left out, one that is
    /// submitted behind the page is shown, and none is shown twice.
    /// </remarks>
    public static async IAsyncEnumerable<string> ReadAllOpenAsync(
        this IJournalStore store, OpenDossiers which, [EnumeratorCancellation] CancellationToken ct)
    {
        string? last = null;
        IReadOnlyList<string> codes;
        do
        {
            codes = await store.ReadOpenAsync(which, last, PageLength, ct).ConfigureAwait(false);
            foreach (var code in codes)
                yield return code;
            last = codes.Count > 0 ? codes[^1] : last;
        }
        while (codes.Count == PageLength);
    }
}
