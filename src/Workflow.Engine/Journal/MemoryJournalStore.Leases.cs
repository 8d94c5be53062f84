using Workflow.Engine.Leases;

namespace Workflow.Engine.Journal;

/// <content>Leases and claims.</content>
public sealed partial class MemoryJournalStore
{
    private readonly MemoryLeases _leases = new(time);

    /// <inheritdoc/>
    public ValueTask<bool> TakeLeaseAsync(string name, string holder, TimeSpan duration, CancellationToken ct)
    {
        Lease.Require(name, holder, duration);
        return new(InTurn(() => _leases.Take(name, holder, duration), ct));
    }

    /// <inheritdoc/>
    public ValueTask GiveLeaseBackAsync(string name, string holder, CancellationToken ct)
    {
        Lease.Require(name, holder, TimeSpan.MaxValue);
        return new(InTurn(
            () =>
            {
                _leases.GiveBack(name, holder);
                return Task.CompletedTask;
            },
            ct));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WakeUp>> ClaimAsync(IReadOnlyList<WakeUp> due, string holder, TimeSpan duration, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(due);
        Lease.Require(holder, duration);
        return new(InTurn(() => _leases.Claim(due, holder, duration), ct));
    }
}
