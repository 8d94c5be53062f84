using Workflow.Engine.Audit;

namespace Workflow.Engine.Journal;

public sealed partial class MemoryJournalStore
{
    /// <inheritdoc/>
    public IAsyncEnumerable<ScannedRow> ScanRowsAsync(string? code, CancellationToken ct) =>
        InTurn(() => Chosen(code).SelectMany(d => d.Rows).Select(r => new ScannedRow(r.Code, r.Version, r, null)).ToArray(), ct).ToAsyncEnumerable();

    /// <inheritdoc/>
    public IAsyncEnumerable<ScannedDossier> ScanDossiersAsync(string? code, CancellationToken ct) => InTurn(
        () => Chosen(code).Select(d => new ScannedDossier(d.Code, new StoredDossier(d.Code, d.Rows.Count, d.Rows[^1].Hash, d.Snapshot), d.ClosedAt, null)).ToArray(),
        ct).ToAsyncEnumerable();

    /// <inheritdoc/>
    public IAsyncEnumerable<ScannedSubmission> ScanSubmissionsAsync(CancellationToken ct) => InTurn(
        () => _submissions
            .OrderBy(s => s.Key.Caller, CodeOrder.Instance).ThenBy(s => s.Key.CommandId, CodeOrder.Instance)
            .Select(s => new ScannedSubmission(s.Key.Caller, s.Key.CommandId, s.Value)).ToArray(),
        ct).ToAsyncEnumerable();

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalPlace> ScanPlacesAsync(string? code, CancellationToken ct) =>
        InTurn(() => Chosen(code).SelectMany(d => d.Rows).Select(r => new JournalPlace(r.Code, r.Version, r.Cursor)).ToArray(), ct).ToAsyncEnumerable();

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalMoment> ScanMomentsAsync(CancellationToken ct) =>
        InTurn(() => _journal.Select(r => new JournalMoment(r.Cursor, r.Code, r.Version, r.Actor, r.OccurredAt, r.RecordedAt)).ToArray(), ct).ToAsyncEnumerable();

    private IEnumerable<MemoryDossier> Chosen(string? code) =>
        code is null ? _dossiers.Values.OrderBy(d => d.Code, CodeOrder.Instance) : _dossiers.TryGetValue(code, out var dossier) ? [dossier] : [];
}
