using Workflow.Core.Procedures;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Audit;

/// <summary>One audit: dossiers with their rows and anchors, then submissions, then the order of the journal. For one thread, but for the dossiers of a part.</summary>
/// <param name="store">The store.</param>
/// <param name="options">What it rests on beside the store.</param>
/// <param name="read">The definitions, as they were read first.</param>
internal sealed class AuditRun(IJournalStore store, AuditOptions options, DefinitionAudit read)
{
    private const int MostFaults = 10_000;

    // That many rows wait for the processors at most; a longer dossier is verified in parts.
    private const int RowsAtOnce = 4_000;

    private readonly List<ChainFault> _broken = [];
    private readonly HashSet<string> _brokenDossiers = new(StringComparer.Ordinal);
    private readonly Dictionary<ProcedureVersion, long> _notReplayed = [];
    private readonly SubmissionAudit _submissions = new();
    private readonly PatternAudit _patterns = new(options);
    private readonly HashSet<ProcedureVersion> _asked = [];
    private volatile DefinitionAudit _definitions = read;
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
            var work = new Work(code, new ChainAudit(code, hasHead ? head : null, hasAnchor ? anchor : null, Find), hasHead ? head : null, hasAnchor ? anchor : null);
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

    public async ValueTask OrderAsync(CancellationToken ct)
    {
        var order = new OrderAudit(store.IsExclusive);
        await foreach (var moment in Scanning.AheadAsync(store.ScanMomentsAsync(ct), ct).ConfigureAwait(false))
        {
            _patterns.Take(moment);
            if (order.Take(moment) is { } found)
            {
                _patterns.Add(found);
            }
        }

        order.Faults.ForEach(Add);
    }

    public AuditReport Report()
    {
        foreach (var version in _definitions.Unverified)
        {
            _notReplayed.TryAdd(version, 0);
        }

        return new AuditReport(
            _dossiers,
            _events,
            [.. _broken.Distinct().OrderBy(f => f.Code, CodeOrder.Instance).ThenBy(f => f.Version)],
            _brokenDossiers.Count,
            _patterns.Found(),
            options.Anchors is null ? null : _anchored,
            _erased,
            [.. _notReplayed.OrderBy(n => n.Key.Code, StringComparer.Ordinal).ThenBy(n => n.Key.Number).Select(n => new NotReplayed(n.Key, n.Value))],
            _definitions.Faults);
    }

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
        var chain = first.Faults.Count == 0 && !await IsKnownByNowAsync(first.NotReplayed, ct).ConfigureAwait(false)
            ? first
            : await AgainAsync(code, anchor, ct).ConfigureAwait(false);
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
        _patterns.Take(code, chain.Conduct);
    }

    // A host may have published the procedure after the definitions were read.
    private async ValueTask<bool> IsKnownByNowAsync(ProcedureVersion? lacking, CancellationToken ct)
    {
        if (lacking is not { } version)
        {
            return false;
        }

        if (_asked.Add(version))
        {
            _definitions = await DefinitionAudit.RunAsync(store, options, ct).ConfigureAwait(false);
        }

        return Find(version) is not null;
    }

    private Procedure? Find(ProcedureVersion version) => _definitions.Procedures.GetValueOrDefault(version) ?? options.Procedures?.Invoke(version);

    // Rows that are read after the head include all that the head counts; what goes beyond it must be counted by the head that is
    // read after them, since a command writes both at once.
    private async ValueTask<ChainAudit> AgainAsync(string code, ChainHead? anchor, CancellationToken ct)
    {
        for (var isSecond = false; ; isSecond = true)
        {
            var (before, _) = await HeadAsync(code, ct).ConfigureAwait(false);
            var chain = new ChainAudit(code, before, anchor, Find);
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
