namespace Workflow.Engine.Journal;

public sealed partial class MemoryJournalStore
{
    /// <inheritdoc/>
    /// <remarks>In memory nothing is gained by moving: the dossiers are marked.</remarks>
    public ValueTask<int> ArchiveAsync(DateTimeOffset closedBefore, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return new(InTurn(() =>
        {
            var moved = 0;
            foreach (var dossier in ClosedInTurn(closedBefore).Where(d => d.WakeUp is null)
                .OrderBy(d => d.ClosedAt).ThenBy(d => d.Code, CodeOrder.Instance).Take(limit))
            {
                dossier.IsArchived = true;
                moved++;
            }

            return moved;
        }, ct));
    }

    /// <inheritdoc/>
    public ValueTask<long> CountClosedAsync(DateTimeOffset closedBefore, CancellationToken ct) =>
        new(InTurn(() => ClosedInTurn(closedBefore).LongCount(), ct));

    private IEnumerable<MemoryDossier> ClosedInTurn(DateTimeOffset closedBefore)
    {
        var before = StoredTime.Floor(StoredTime.Clamp(closedBefore));
        return _dossiers.Values.Where(d => !d.IsArchived && d.ClosedAt < before);
    }
}
