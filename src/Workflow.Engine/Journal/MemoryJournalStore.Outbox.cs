using Workflow.Engine.Leases;
using Workflow.Engine.Outbox;

namespace Workflow.Engine.Journal;

public sealed partial class MemoryJournalStore
{
    private readonly SortedDictionary<string, StoredSubscriber> _subscribers = new(CodeOrder.Instance);
    private readonly Dictionary<long, SortedDictionary<string, OwedDossier>> _owed = [];
    private long _lastSubscriber;

    /// <inheritdoc/>
    public ValueTask<JournalCursor> ReadEndAsync(CancellationToken ct) => new(InTurn(() => JournalCursor.At(_journal.Count), ct));

    /// <inheritdoc/>
    public ValueTask<long> CountBehindAsync(JournalCursor after, long atMost, CancellationToken ct) =>
        new(InTurn(() => Math.Clamp(_journal.Count - after.Position, 0, atMost), ct));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StoredSubscriber>> ReadSubscribersAsync(CancellationToken ct) =>
        new(InTurn<IReadOnlyList<StoredSubscriber>>(() => [.. _subscribers.Values], ct));

    /// <inheritdoc/>
    public ValueTask<bool> AddSubscriberAsync(StoredSubscriber subscriber, JournalCursor from, CancellationToken ct)
    {
        OutboxTexts.Require(subscriber);
        return new(InTurn(
            () =>
            {
                if (!_subscribers.TryAdd(subscriber.Name, subscriber with { Id = _lastSubscriber + 1, AddedAt = StoredTime.Floor(time.GetUtcNow()), Standing = SubscriberStanding.Well }))
                    return false;
                _owed.Add(++_lastSubscriber, new SortedDictionary<string, OwedDossier>(CodeOrder.Instance));
                _cursors[IOutboxStore.CursorOf(subscriber.Name)] = from;
                return true;
            },
            ct));
    }

    /// <inheritdoc/>
    public ValueTask<bool> RemoveSubscriberAsync(string name, CancellationToken ct) => new(InTurn(
        () =>
        {
            if (!_subscribers.Remove(name, out var subscriber))
                return false;
            _owed.Remove(subscriber.Id);
            _cursors.Remove(IOutboxStore.CursorOf(name));
            return true;
        },
        ct));

    /// <inheritdoc/>
    public ValueTask<bool> SaveSecretsAsync(string name, IReadOnlyList<string> secrets, CancellationToken ct)
    {
        OutboxTexts.Require(secrets);
        return new(InTurn(
            () =>
            {
                if (!_subscribers.TryGetValue(name, out var subscriber))
                    return false;
                _subscribers[name] = subscriber with { Secrets = [.. secrets] };
                return true;
            },
            ct));
    }

    /// <inheritdoc/>
    public ValueTask<bool> SaveStandingAsync(long id, SubscriberStanding standing, LeaseHold? under, CancellationToken ct)
    {
        var kept = OutboxTexts.Kept(standing);
        return new(InTurn(
            () =>
            {
                if (!_leases.Allow(under) || FindInTurn(id) is not { } subscriber)
                    return false;
                _subscribers[subscriber.Name] = subscriber with { Standing = kept };
                return true;
            },
            ct));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<OwedDossier>> ReadOwedAsync(string subscriber, string? afterCode, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return new(InTurn<IReadOnlyList<OwedDossier>>(
            () => _subscribers.TryGetValue(subscriber, out var known)
                ? [.. _owed[known.Id].Values.Where(o => CodeOrder.Instance.Compare(o.Code, afterCode ?? "") > 0).Take(limit)]
                : [],
            ct));
    }

    /// <inheritdoc/>
    public ValueTask<bool> SaveRoundAsync(long id, IReadOnlyList<OwedChange> changes, JournalCursor? cursor, LeaseHold? under, CancellationToken ct)
    {
        var kept = OutboxTexts.Kept(changes);
        return new(InTurn(
            () =>
            {
                if (!_leases.Allow(under) || FindInTurn(id) is not { } subscriber)
                    return false;
                foreach (var change in kept)
                    ChangeInTurn(_owed[id], change);
                if (cursor is { } moved)
                    _cursors[IOutboxStore.CursorOf(subscriber.Name)] = moved;
                return true;
            },
            ct));
    }

    /// <inheritdoc/>
    public ValueTask<int> RetryOwedAsync(string subscriber, string? code, bool skip, CancellationToken ct) => new(InTurn(
        () =>
        {
            if (!_subscribers.TryGetValue(subscriber, out var known))
                return 0;
            var owed = _owed[known.Id];
            var chosen = owed.Values.Where(o => code is null || o.Code == code).ToList();
            foreach (var one in chosen)
                owed[one.Code] = one with { Version = one.Version + (skip ? 1 : 0), Attempts = 0, NextAttemptAt = OwedDossier.AtOnce, IsParked = false };
            return chosen.Count;
        },
        ct));

    private StoredSubscriber? FindInTurn(long id) => _subscribers.Values.FirstOrDefault(s => s.Id == id);

    private static void ChangeInTurn(SortedDictionary<string, OwedDossier> owed, OwedChange change)
    {
        if (change.Before is { } before)
        {
            if (!owed.TryGetValue(before.Code, out var found) || (found.Version, found.Attempts, found.IsParked) != (before.Version, before.Attempts, before.IsParked))
                return;
            if (change.After is null)
                owed.Remove(before.Code);
            else
                owed[before.Code] = change.After;
        }
        else if (change.After is { } added)
        {
            owed[added.Code] = owed.TryGetValue(added.Code, out var other) && other.Version <= added.Version ? other : added;
        }
    }
}
