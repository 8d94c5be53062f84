using System.Runtime.CompilerServices;
using Workflow.Engine.Audit;

namespace Workflow.Engine.Sqlite;

public sealed partial class SqliteJournalStore
{
    /// <inheritdoc/>
    public IAsyncEnumerable<ScannedRow> ScanRowsAsync(string? code, CancellationToken ct) => Scanning.PagesAsync(
        (Code: Array.Empty<byte>(), Version: long.MinValue, Position: long.MinValue), after => Readers.ReadAsync(r => SqliteAudit.Rows(r, code, after), ct), ct);

    /// <inheritdoc/>
    public IAsyncEnumerable<ScannedDossier> ScanDossiersAsync(string? code, CancellationToken ct) =>
        Scanning.PagesAsync(Array.Empty<byte>(), after => Readers.ReadAsync(r => SqliteAudit.Dossiers(r, code, after), ct), ct);

    /// <inheritdoc/>
    public IAsyncEnumerable<ScannedSubmission> ScanSubmissionsAsync(CancellationToken ct) => Scanning.PagesAsync(
        (Caller: Array.Empty<byte>(), CommandId: Array.Empty<byte>()), after => Readers.ReadAsync(r => SqliteAudit.Submissions(r, after), ct), ct);

    /// <inheritdoc/>
    public IAsyncEnumerable<JournalPlace> ScanPlacesAsync(string? code, CancellationToken ct) => Scanning.PagesAsync(
        (Code: Array.Empty<byte>(), Version: long.MinValue, Position: long.MinValue), after => Readers.ReadAsync(r => SqliteAudit.Places(r, code, after), ct), ct);

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalMoment> ScanMomentsAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var moment in Scanning.PagesAsync(long.MinValue, after => Readers.ReadAsync(r => SqliteAudit.Moments(r, after), ct), ct).ConfigureAwait(false))
        {
            if (moment is { } readable)
                yield return readable;
        }
    }
}
