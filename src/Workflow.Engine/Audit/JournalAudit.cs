using Workflow.Core.Procedures;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Audit;

/// <summary>Verifies a whole store: every row, head, state and submission, against itself and against anchors. Changes nothing; thread-safe.</summary>
/// <remarks>
/// The journal is streamed, so memory does not grow with it. Hosts may go on writing: a dossier that seems broken is read once more, and is
/// named only when it is broken then. What stands outside of the chains by design (when a row was recorded, its place in the journal of all
/// dossiers, its trace) is verified no further than that a dossier's places ascend.
/// </remarks>
public static class JournalAudit
{
    private const int MostFaults = 10_000;

    // That many rows wait for the processors at most; a longer dossier is verified in parts.
    private const int RowsAtOnce = 4_000;

    /// <summary>Verifies a store.</summary>
    /// <exception cref="StorageException">The store cannot be read.</exception>
    /// <exception cref="AnchorFormatException">The anchors are damaged; nothing was verified then.</exception>
    public static async ValueTask<AuditReport> VerifyAsync(IJournalStore store, AuditOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(options);
        foreach (var _ in options.Anchors?.Invoke() ?? [])
        {
            // All of them, before anything is said on the ground of some.
        }

        var procedures = await StoredDefinitions.ReadAsync(store, cancellationToken).ConfigureAwait(false);
        var run = new Run(store, options, v => procedures.GetValueOrDefault(v) ?? options.Procedures?.Invoke(v));
        await run.DossiersAsync(cancellationToken).ConfigureAwait(false);
        await run.SubmissionsAsync(cancellationToken).ConfigureAwait(false);
        return await run.ReportAsync(cancellationToken).ConfigureAwait(false);
    }

    private sealed class Run(IJournalStore store, AuditOptions options, Func<ProcedureVersion, Procedure?> procedures)
    {
        private readonly List<ChainFault> _broken = [];
        private readonly HashSet<string> _brokenDossiers = new(StringComparer.Ordinal);
        private readonly Dictionary<ProcedureVersion, long> _notReplayed = [];
        private readonly SubmissionAudit _submissions = new();
        private readonly PatternAudit _patterns = new(options);
        private long _dossiers;
        private long _events;
        private long _anchored;
        private long _erased;

        // Heads, rows and anchors have one order, so they are taken side by side. Where the order is disturbed, or a host writes
        // meanwhile, something seems to be missing and is looked up.
        public async ValueTask DossiersAsync(CancellationToken ct)
        {
            var heads = Scanning.AheadAsync(store.ScanDossiersAsync(null, ct), ct).GetAsyncEnumerator(ct);
            await using var _h = heads.ConfigureAwait(false);
            var rows = Scanning.AheadAsync(store.ScanRowsAsync(null, ct), ct).GetAsyncEnumerator(ct);
            await using var _r = rows.ConfigureAwait(false);
            using var anchors = (options.Anchors?.Invoke() ?? []).GetEnumerator();

            var head = await heads.MoveNextAsync().ConfigureAwait(false) ? heads.Current : null;
            var row = await rows.MoveNextAsync().ConfigureAwait(false) ? rows.Current : null;
            var anchor = anchors.MoveNext() ? anchors.Current : null;
            var (waiting, waitingRows) = (new List<Work>(), 0);
            while (Least(head?.Code, row?.Code, anchor?.Code) is { } code)
            {
                var (hasHead, hasAnchor) = (head?.Code == code, anchor?.Code == code);
                var work = new Work(code, new ChainAudit(code, hasHead ? head : null, hasAnchor ? anchor : null, procedures), hasHead ? head : null, hasAnchor ? anchor : null);
                while (row?.Code == code)
                {
                    work.Rows.Add(row);
                    row = await rows.MoveNextAsync().ConfigureAwait(false) ? rows.Current : null;
                    if (work.Rows.Count == RowsAtOnce)
                    {
                        work.TakeRows();
                    }

                    if (++_events % Scanning.PageLength == 0)
                    {
                        options.Progress?.Invoke(_events);
                    }
                }

                waiting.Add(work);
                waitingRows += work.Rows.Count + 1;
                if (waitingRows >= RowsAtOnce)
                {
                    await VerifyAsync(waiting, ct).ConfigureAwait(false);
                    waitingRows = 0;
                }

                if (hasHead)
                {
                    _dossiers++;
                    head = await heads.MoveNextAsync().ConfigureAwait(false) ? heads.Current : null;
                }

                if (hasAnchor)
                {
                    _anchored++;
                    anchor = anchors.MoveNext() ? anchors.Current : null;
                }
            }

            await VerifyAsync(waiting, ct).ConfigureAwait(false);
        }

        public async ValueTask SubmissionsAsync(CancellationToken ct)
        {
            await foreach (var fault in _submissions.VerifyAsync(store, ct).ConfigureAwait(false))
            {
                Add(fault);
            }
        }

        public async ValueTask<AuditReport> ReportAsync(CancellationToken ct) => new(
            _dossiers,
            _events,
            [.. _broken.Distinct().OrderBy(f => f.Code, CodeOrder.Instance).ThenBy(f => f.Version)],
            _brokenDossiers.Count,
            await _patterns.FindAsync(store, ct).ConfigureAwait(false),
            options.Anchors is null ? null : _anchored,
            _erased,
            [.. _notReplayed.OrderBy(n => n.Key.Code, StringComparer.Ordinal).ThenBy(n => n.Key.Number).Select(n => new NotReplayed(n.Key, n.Value))]);

        // Dossiers do not know of one another until they are verified.
        private async ValueTask VerifyAsync(List<Work> waiting, CancellationToken ct)
        {
            Parallel.ForEach(waiting, new ParallelOptions { CancellationToken = ct }, w =>
            {
                w.TakeRows();
                w.Chain.End(w.Head);
            });
            foreach (var (code, chain, _, anchor) in waiting)
            {
                await TakeAsync(code, chain, anchor, ct).ConfigureAwait(false);
            }

            waiting.Clear();
        }

        private async ValueTask TakeAsync(string code, ChainAudit first, ChainHead? anchor, CancellationToken ct)
        {
            var chain = first.Faults.Count == 0 ? first : await AgainAsync(code, anchor, ct).ConfigureAwait(false);
            foreach (var fault in chain.Faults.Count == 0 && first.IsUnreadable ? first.Faults : chain.Faults)
            {
                Add(fault);
            }

            if (chain.SubmittedBy is var (caller, commandId))
            {
                _submissions.Take(code, caller, commandId);
            }

            if (chain.NotReplayed is { } version)
            {
                _notReplayed[version] = _notReplayed.GetValueOrDefault(version) + 1;
            }

            _erased += chain.Erased;
            _patterns.Take(code, chain);
        }

        // Rows that are read after the head include all that the head counts; what goes beyond it must be counted by the head that is
        // read after them, since a command writes both at once.
        private async ValueTask<ChainAudit> AgainAsync(string code, ChainHead? anchor, CancellationToken ct)
        {
            for (var isSecond = false; ; isSecond = true)
            {
                var (before, _) = await HeadAsync(code, ct).ConfigureAwait(false);
                var chain = new ChainAudit(code, before, anchor, procedures);
                await foreach (var row in store.ScanRowsAsync(code, ct).ConfigureAwait(false))
                {
                    chain.Take(row);
                }

                var (after, isTwice) = await HeadAsync(code, ct).ConfigureAwait(false);
                if (before is null && after is not null && !isSecond)
                {
                    // Submitted in between.
                    continue;
                }

                chain.End(after, isTwice);
                return chain;
            }
        }

        private async ValueTask<(ScannedDossier? Head, bool IsTwice)> HeadAsync(string code, CancellationToken ct)
        {
            ScannedDossier? found = null;
            await foreach (var head in store.ScanDossiersAsync(code, ct).ConfigureAwait(false))
            {
                if (found is not null)
                {
                    return (found, true);
                }

                found = head;
            }

            return (found, false);
        }

        private void Add(ChainFault fault)
        {
            _brokenDossiers.Add(fault.Code);
            if (_broken.Count < MostFaults)
            {
                _broken.Add(fault);
            }
        }

        private static string? Least(string? a, string? b, string? c) => Lesser(Lesser(a, b), c);

        private static string? Lesser(string? a, string? b) => a is null ? b : b is null || CodeOrder.Instance.Compare(a, b) <= 0 ? a : b;
    }

    private sealed record Work(string Code, ChainAudit Chain, ScannedDossier? Head, ChainHead? Anchor)
    {
        public List<ScannedRow> Rows { get; } = [];

        public void TakeRows()
        {
            foreach (var row in Rows)
            {
                Chain.Take(row);
            }

            Rows.Clear();
        }
    }
}
