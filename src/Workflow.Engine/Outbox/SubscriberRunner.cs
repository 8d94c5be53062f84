using Workflow.Engine.Followers;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Outbox;

/// <summary>Serves one subscriber: has it led step by step while there is more, and waits for a signal when there is not.</summary>
/// <remarks>Hosts on one store serve it one at a time, under a lease.</remarks>
internal sealed class SubscriberRunner : IAsyncDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_afterFault = TimeSpan.FromSeconds(1);

    private readonly OutboxParts _outbox;
    private readonly IDeliverySink _sink;
    private readonly SubscriberLease _lease;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly WakeSignal _more = new();
    private readonly CancellationTokenSource _stop = new();

    // Reached in turn alone.
    private readonly SubscriberLedger _ledger;
    private readonly SubscriberStep _step;
    private Task _loop = Task.CompletedTask;

    public SubscriberRunner(OutboxParts outbox, StoredSubscriber subscriber, IDeliverySink sink)
    {
        (_outbox, Subscriber, _sink) = (outbox, subscriber, sink);
        _lease = new SubscriberLease(outbox, subscriber.Name);
        _ledger = new SubscriberLedger(outbox, subscriber, _lease);
        _step = new SubscriberStep(outbox, subscriber, sink, _lease, _ledger);
    }

    /// <summary>The subscriber as it was when this began to serve it.</summary>
    public StoredSubscriber Subscriber { get; }

    /// <summary>How many deliveries were taken.</summary>
    public long Taken => _step.Taken;

    /// <summary>Starts to serve it by itself.</summary>
    public void Start() => _loop = Task.Run(RunAsync);

    /// <summary>There may be more in the journal.</summary>
    public void Signal() => _more.Set();

    /// <summary>A command changed what it is owed or how it fares.</summary>
    public void Changed()
    {
        _ledger.Outdate();
        Signal();
    }

    /// <summary>Delivers everything up to the journal's end, and tries once what is owed and not parked, however long it would still rest; less when it is away, paused, or another host serves it.</summary>
    public async ValueTask CatchUpAsync(CancellationToken ct)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ct, _stop.Token);
        await _turn.WaitAsync(either.Token).ConfigureAwait(false);
        try
        {
            _ledger.Outdate();
            var tried = new HashSet<string>(StringComparer.Ordinal);
            while (await _step.RunAsync(tried, either.Token).ConfigureAwait(false) is { HasMore: true } next)
            {
                ct.ThrowIfCancellationRequested();
                await RestAsync(next.Rest, either.Token).ConfigureAwait(false);
            }

            ct.ThrowIfCancellationRequested();
            await _ledger.SaveAsync().ConfigureAwait(false);
        }
        catch (LostLeaseException)
        {
            // The other host goes on.
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await SaveAtTheEndAsync().ConfigureAwait(false);
            await _lease.DisposeAsync().ConfigureAwait(false);
        }
        catch (StorageException fault)
        {
            // What stands behind the saved cursor is delivered again.
            OutboxLog.Failed(_outbox.Logger, Subscriber.Name, fault);
        }
        finally
        {
            _turn.Release();
            _sink.Dispose();
        }
    }

    private async ValueTask SaveAtTheEndAsync()
    {
        try
        {
            await _ledger.SaveAsync().ConfigureAwait(false);
        }
        catch (LostLeaseException)
        {
            // It was removed, or another host has saved since: there is nothing to save.
        }
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                var (next, hasUnsaved) = await InTurnAsync(async () => (await _step.RunAsync(null, _stop.Token).ConfigureAwait(false), _ledger.HasUnsaved)).ConfigureAwait(false);
                if (next.HasMore)
                {
                    await RestAsync(next.Rest, _stop.Token).ConfigureAwait(false);
                }
                else if (!await _more.WaitAsync(hasUnsaved ? s_pause : next.Wait, _outbox.Options.Time, _stop.Token).ConfigureAwait(false) && hasUnsaved)
                {
                    await InTurnAsync(async () =>
                    {
                        await _ledger.SaveAsync().ConfigureAwait(false);
                        return true;
                    }).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                if (fault is not LostLeaseException)
                {
                    OutboxLog.Failed(_outbox.Logger, Subscriber.Name, fault);
                }

                await Task.Delay(s_afterFault, _outbox.Options.Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async ValueTask<T> InTurnAsync<T>(Func<ValueTask<T>> work)
    {
        await _turn.WaitAsync(_stop.Token).ConfigureAwait(false);
        try
        {
            return await work().ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    private static Task RestAsync(TimeSpan rest, CancellationToken ct) => rest > TimeSpan.Zero ? Task.Delay(rest, TimeProvider.System, ct) : Task.CompletedTask;
}
