using Workflow.Engine.Journal;
using Workflow.Engine.Leases;
using Workflow.Engine.Outbox;

namespace Workflow.Engine.Sqlite;

public sealed partial class SqliteJournalStore
{
    /// <inheritdoc/>
    public ValueTask<JournalCursor> ReadEndAsync(CancellationToken ct) => Readers.ReadAsync(reader => reader.End(), ct);

    /// <inheritdoc/>
    public ValueTask<long> CountBehindAsync(JournalCursor after, long atMost, CancellationToken ct) =>
        Readers.ReadAsync(reader => reader.CountBehind(after.Position, atMost), ct);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredSubscriber>> ReadSubscribersAsync(CancellationToken ct) =>
        Readers.ReadAsync<IReadOnlyList<StoredSubscriber>>(reader => reader.Subscribers(), ct);

    /// <inheritdoc/>
    public ValueTask<bool> AddSubscriberAsync(StoredSubscriber subscriber, JournalCursor from, CancellationToken ct)
    {
        OutboxTexts.Require(subscriber);
        return new(Writer.CommitAsync(writer => writer.Outbox.Add(subscriber, from.Position, StoredTime.Format(_time.GetUtcNow())), ct));
    }

    /// <inheritdoc/>
    public ValueTask<bool> RemoveSubscriberAsync(string name, CancellationToken ct) => new(Writer.CommitAsync(writer => writer.Outbox.Remove(name), ct));

    /// <inheritdoc/>
    public ValueTask<bool> SaveSecretsAsync(string name, IReadOnlyList<string> secrets, CancellationToken ct)
    {
        OutboxTexts.Require(secrets);
        return new(Writer.CommitAsync(writer => writer.Outbox.SaveSecrets(name, secrets), ct));
    }

    /// <inheritdoc/>
    public ValueTask<bool> SaveStandingAsync(long id, SubscriberStanding standing, LeaseHold? under, CancellationToken ct)
    {
        var kept = OutboxTexts.Kept(standing);
        return new(Writer.CommitAsync(writer => _leases.Allow(under) && writer.Outbox.SaveStanding(id, kept), ct));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<OwedDossier>> ReadOwedAsync(string subscriber, string? afterCode, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return Readers.ReadAsync<IReadOnlyList<OwedDossier>>(reader => reader.Owed(subscriber, afterCode, limit), ct);
    }

    /// <inheritdoc/>
    public ValueTask<bool> SaveRoundAsync(long id, IReadOnlyList<OwedChange> changes, JournalCursor? cursor, LeaseHold? under, CancellationToken ct)
    {
        var kept = OutboxTexts.Kept(changes);
        return new(Writer.CommitAsync(writer => _leases.Allow(under) && writer.Outbox.SaveRound(id, kept, cursor?.Position), ct));
    }

    /// <inheritdoc/>
    public ValueTask<int> RetryOwedAsync(string subscriber, string? code, bool skip, CancellationToken ct) =>
        new(Writer.CommitAsync(writer => writer.Outbox.Retry(subscriber, code, skip), ct));
}
