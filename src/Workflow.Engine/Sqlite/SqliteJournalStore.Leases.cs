using Workflow.Engine.Journal;
using Workflow.Engine.Leases;

namespace Workflow.Engine.Sqlite;

/// <content>Leases and claims: in memory, since one process holds the directory and they end with it.</content>
public sealed partial class SqliteJournalStore
{
    private readonly MemoryLeases _leases;

    /// <inheritdoc/>
    public ValueTask<bool> TakeLeaseAsync(string name, string holder, TimeSpan duration, CancellationToken ct)
    {
        Lease.Require(name, holder, duration);
        ct.ThrowIfCancellationRequested();
        _ = Current;
        return new(_leases.Take(name, holder, duration));
    }

    /// <inheritdoc/>
    public ValueTask GiveLeaseBackAsync(string name, string holder, CancellationToken ct)
    {
        Lease.Require(name, holder, TimeSpan.MaxValue);
        ct.ThrowIfCancellationRequested();
        _ = Current;
        _leases.GiveBack(name, holder);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WakeUp>> ClaimAsync(IReadOnlyList<WakeUp> due, string holder, TimeSpan duration, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(due);
        Lease.Require(holder, duration);
        ct.ThrowIfCancellationRequested();
        _ = Current;
        return new(_leases.Claim(due, holder, duration));
    }
}
