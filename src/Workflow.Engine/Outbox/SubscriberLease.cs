using Workflow.Engine.Leases;

namespace Workflow.Engine.Outbox;

/// <summary>The lease under which a host serves a subscriber, as deliveries that go on side by side see it. Safe to share between threads.</summary>
/// <remarks>On a store that one process has for itself none is taken: nobody else is there.</remarks>
internal sealed class SubscriberLease : IAsyncDisposable
{
    // A quarter of a lease is its holder's reserve: no delivery that was begun under it takes longer.
    private static readonly TimeSpan s_shortestReserve = TimeSpan.FromSeconds(10);

    private readonly string _subscriber;
    private readonly SemaphoreSlim _asking = new(1, 1);
    private readonly HeldLease? _lease;

    public SubscriberLease(OutboxParts outbox, string subscriber)
    {
        _subscriber = subscriber;
        var reserve = outbox.Options.TimeLimit > s_shortestReserve ? outbox.Options.TimeLimit : s_shortestReserve;
        _lease = outbox.Store.IsExclusive ? null : new HeldLease(outbox.Store, IOutboxStore.CursorOf(subscriber), outbox.Host, 4 * reserve, TimeProvider.System);
    }

    /// <summary>What saves name; null when there is nobody else.</summary>
    public LeaseHold? Under => _lease?.Hold;

    /// <summary>Whether another host may have served the subscriber since it was held.</summary>
    public bool HasLapsed => _lease is { HasLapsed: true };

    /// <summary>Takes or renews it; false while another host has it.</summary>
    public async ValueTask<bool> KeepAsync(CancellationToken ct)
    {
        if (_lease is null)
        {
            return true;
        }

        await _asking.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            return await _lease.KeepAsync(ct).ConfigureAwait(false);
        }
        finally
        {
            _asking.Release();
        }
    }

    /// <summary>Before each delivery and each save: a host that stood still too long stops here.</summary>
    /// <exception cref="LostLeaseException">Another host may serve the subscriber by now.</exception>
    public async ValueTask HoldAsync(CancellationToken ct)
    {
        if (HasLapsed || !await KeepAsync(ct).ConfigureAwait(false))
        {
            throw new LostLeaseException(_subscriber);
        }
    }

    /// <summary>A save under it did not take effect: it is another host's by now, or the subscriber was removed.</summary>
    public LostLeaseException Lost()
    {
        _lease?.Lose();
        return new LostLeaseException(_subscriber);
    }

    /// <summary>Gives it back, so that another host need not wait for its end.</summary>
    /// <exception cref="Journal.StorageException">The store failed: it ends by itself.</exception>
    public async ValueTask DisposeAsync()
    {
        if (_lease is not null)
        {
            await _lease.GiveBackAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }
}

/// <summary>Another host serves the subscriber by now, or it was removed.</summary>
internal sealed class LostLeaseException(string subscriber) : Exception($"Another host serves subscriber {subscriber} by now.");
