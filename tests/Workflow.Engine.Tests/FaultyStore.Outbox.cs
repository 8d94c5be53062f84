using Workflow.Engine.Journal;
using Workflow.Engine.Leases;
using Workflow.Engine.Outbox;

namespace Workflow.Engine.Tests;

internal sealed partial class FaultyStore
{
    /// <summary>What happens before a round of deliveries of this number (from 1) is saved.</summary>
    public Func<int, Task> BeforeRound { get; set; } = _ => Task.CompletedTask;

    public int Rounds { get; private set; }

    public ValueTask<JournalCursor> ReadEndAsync(CancellationToken ct) => inner.ReadEndAsync(ct);

    public ValueTask<long> CountBehindAsync(JournalCursor after, long atMost, CancellationToken ct) => inner.CountBehindAsync(after, atMost, ct);

    public ValueTask<IReadOnlyList<StoredSubscriber>> ReadSubscribersAsync(CancellationToken ct) => inner.ReadSubscribersAsync(ct);

    public ValueTask<bool> AddSubscriberAsync(StoredSubscriber subscriber, JournalCursor from, CancellationToken ct) => inner.AddSubscriberAsync(subscriber, from, ct);

    public ValueTask<bool> RemoveSubscriberAsync(string name, CancellationToken ct) => inner.RemoveSubscriberAsync(name, ct);

    public ValueTask<bool> SaveSecretsAsync(string name, IReadOnlyList<string> secrets, CancellationToken ct) => inner.SaveSecretsAsync(name, secrets, ct);

    public ValueTask<bool> SaveStandingAsync(long id, SubscriberStanding standing, LeaseHold? under, CancellationToken ct) => inner.SaveStandingAsync(id, standing, under, ct);

    public ValueTask<IReadOnlyList<OwedDossier>> ReadOwedAsync(string subscriber, string? afterCode, int limit, CancellationToken ct) =>
        inner.ReadOwedAsync(subscriber, afterCode, limit, ct);

    public async ValueTask<bool> SaveRoundAsync(long id, IReadOnlyList<OwedChange> changes, JournalCursor? cursor, LeaseHold? under, CancellationToken ct)
    {
        await BeforeRound(++Rounds);
        return await inner.SaveRoundAsync(id, changes, cursor, under, ct);
    }

    public ValueTask<int> RetryOwedAsync(string subscriber, string? code, bool skip, CancellationToken ct) => inner.RetryOwedAsync(subscriber, code, skip, ct);
}
