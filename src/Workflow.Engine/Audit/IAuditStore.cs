using Workflow.Engine.Journal;

namespace Workflow.Engine.Audit;

/// <summary>Reads everything that a store keeps, as it stands there, so that it can be verified without trusting any of it.</summary>
/// <remarks>
/// Every stream is read page by page: no transaction stays open, memory is bounded, and what is written meanwhile may be seen or not. What is
/// archived stands in its place among the rest. What cannot be read is told in its place and does not end the stream. Codes are ordered by
/// their UTF-8 bytes. A stream throws a <see cref="StorageException"/> when the storage below fails.
/// </remarks>
public interface IAuditStore
{
    /// <summary>Streams the rows of the journal, ordered by code, then version; two rows of one place come one after the other.</summary>
    /// <param name="code">The dossier whose rows to read, or null for those of all, dossiers that do not exist included.</param>
    /// <param name="ct">Ends the reading.</param>
    IAsyncEnumerable<ScannedRow> ScanRowsAsync(string? code, CancellationToken ct);

    /// <summary>Streams the dossiers with their snapshots, ordered by code.</summary>
    /// <param name="code">The one dossier to read, or null for all.</param>
    /// <param name="ct">Ends the reading.</param>
    IAsyncEnumerable<ScannedDossier> ScanDossiersAsync(string? code, CancellationToken ct);

    /// <summary>Streams what submitting commands became, ordered by caller, then command id.</summary>
    IAsyncEnumerable<ScannedSubmission> ScanSubmissionsAsync(CancellationToken ct);

    /// <summary>Streams where each row stands in the journal of all dossiers, ordered as <see cref="ScanRowsAsync"/>, without the rows themselves.</summary>
    /// <param name="code">The dossier whose rows to read, or null for those of all.</param>
    /// <param name="ct">Ends the reading.</param>
    IAsyncEnumerable<JournalPlace> ScanPlacesAsync(string? code, CancellationToken ct);

    /// <summary>Streams when each row occurred and was recorded, in the order in which followers see the rows. Unreadable ones are left out.</summary>
    IAsyncEnumerable<JournalMoment> ScanMomentsAsync(CancellationToken ct);
}

/// <summary>A row of the journal as an audit finds it.</summary>
/// <param name="Code">The dossier that it names.</param>
/// <param name="Version">The version that it names.</param>
/// <param name="Row">The row; null when it cannot be read.</param>
/// <param name="Unreadable">What cannot be read, without its content; null when all can.</param>
public sealed record ScannedRow(string Code, long Version, JournalRow? Row, string? Unreadable);

/// <summary>A dossier's row as an audit finds it.</summary>
/// <param name="Code">The dossier.</param>
/// <param name="Dossier">Its head and snapshot; null when they cannot be read.</param>
/// <param name="ClosedAt">When it closed, by the column that the archive goes by; null while it is open.</param>
/// <param name="Unreadable">What cannot be read, without its content; null when all can.</param>
public sealed record ScannedDossier(string Code, StoredDossier? Dossier, DateTimeOffset? ClosedAt, string? Unreadable);

/// <summary>A submission as an audit finds it.</summary>
/// <param name="Caller">Who submitted.</param>
/// <param name="CommandId">The command.</param>
/// <param name="Code">The dossier that it became.</param>
public readonly record struct ScannedSubmission(string Caller, string CommandId, string Code);

/// <summary>Where a row stands in the journal of all dossiers.</summary>
/// <param name="Code">The dossier that it names.</param>
/// <param name="Version">The version that it names.</param>
/// <param name="Cursor">Its place.</param>
public readonly record struct JournalPlace(string Code, long Version, JournalCursor Cursor);

/// <summary>When a row occurred and when it was recorded.</summary>
/// <param name="Cursor">Its place in the journal of all dossiers.</param>
/// <param name="Code">The dossier.</param>
/// <param name="Version">The row's version.</param>
/// <param name="Actor">Who acted.</param>
/// <param name="OccurredAt">The legal time.</param>
/// <param name="RecordedAt">When the store wrote the row.</param>
public readonly record struct JournalMoment(JournalCursor Cursor, string Code, int Version, string Actor, DateTimeOffset OccurredAt, DateTimeOffset RecordedAt);
