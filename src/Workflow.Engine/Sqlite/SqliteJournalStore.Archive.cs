namespace Workflow.Engine.Sqlite;

public sealed partial class SqliteJournalStore
{
    /// <inheritdoc/>
    public ValueTask<int> ArchiveAsync(DateTimeOffset closedBefore, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return new(Writer.CommitAsync(writer => writer.Archive.Archive(closedBefore, limit), ct));
    }

    /// <inheritdoc/>
    public ValueTask<long> CountClosedAsync(DateTimeOffset closedBefore, CancellationToken ct) =>
        Readers.ReadAsync(reader => reader.CountClosed(closedBefore), ct);
}
