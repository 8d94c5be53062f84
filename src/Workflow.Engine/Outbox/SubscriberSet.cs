using Workflow.Engine.Journal;

namespace Workflow.Engine.Outbox;

/// <summary>The subscribers that a host serves, as the store lists them: new ones are taken up, removed ones left, while it runs.</summary>
/// <param name="outbox">What they share.</param>
/// <param name="inProcess">Those whose code is in this process.</param>
internal sealed class SubscriberSet(OutboxParts outbox, IReadOnlyList<InProcessSubscriber> inProcess) : IAsyncDisposable
{
    private static readonly TimeSpan s_poll = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;
    private bool _runsByItself;
    private volatile SubscriberRunner[] _runners = [];

    /// <summary>Makes those in a process known to the store, each where it begins, unless the store knows them.</summary>
    public static async ValueTask RegisterAsync(IJournalStore store, IEnumerable<InProcessSubscriber> inProcess, CancellationToken ct)
    {
        foreach (var subscriber in inProcess)
        {
            var from = subscriber.FromStart ? default : await store.ReadEndAsync(ct).ConfigureAwait(false);
            await store.AddSubscriberAsync(new StoredSubscriber(subscriber.Name) { Format = subscriber.Format, Filter = subscriber.Filter }, from, ct).ConfigureAwait(false);
        }
    }

    /// <summary>Starts to serve them by itself.</summary>
    public void Start()
    {
        _runsByItself = true;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>There may be more in the journal.</summary>
    public void Signal()
    {
        foreach (var runner in _runners)
        {
            runner.Signal();
        }
    }

    /// <summary>A command changed subscribers or what they are owed.</summary>
    public async ValueTask ChangedAsync(CancellationToken ct)
    {
        await RefreshAsync(ct).ConfigureAwait(false);
        foreach (var runner in _runners)
        {
            runner.Changed();
        }
    }

    /// <summary>Delivers everything up to the journal's end.</summary>
    /// <param name="name">The subscriber; null for all that are served here.</param>
    /// <param name="progress">Told how many deliveries were taken, now and then.</param>
    /// <param name="ct">Ends the call; what was delivered stays so.</param>
    /// <returns>How many deliveries were taken.</returns>
    public async ValueTask<long> CatchUpAsync(string? name, IProgress<long>? progress, CancellationToken ct)
    {
        await RefreshAsync(ct).ConfigureAwait(false);
        long taken = 0;
        foreach (var runner in _runners.Where(r => name is null || r.Subscriber.Name == name))
        {
            var before = runner.Taken;
            var caughtUp = runner.CatchUpAsync(ct).AsTask();
            while (progress is not null && !caughtUp.IsCompleted)
            {
                progress.Report(taken + runner.Taken - before);
                await Task.WhenAny(caughtUp, Task.Delay(TimeSpan.FromMilliseconds(200), ct)).ConfigureAwait(false);
            }

            await caughtUp.ConfigureAwait(false);
            taken += runner.Taken - before;
        }

        return taken;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        var runners = _runners;
        _runners = [];
        await Task.WhenAll(runners.Select(r => r.DisposeAsync().AsTask())).ConfigureAwait(false);
        _turn.Release();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await RefreshAsync(_stop.Token).ConfigureAwait(false);
                if (outbox.Store.IsExclusive)
                {
                    // Nobody else can change anything: commands tell.
                    return;
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                OutboxLog.NotRead(outbox.Logger, fault);
            }

            await Task.Delay(s_poll, outbox.Options.Time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async ValueTask RefreshAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            var known = await outbox.Store.ReadSubscribersAsync(ct).ConfigureAwait(false);
            var kept = _runners.Where(r => known.Any(s => IsServed(r, s))).ToList();
            var left = _runners.Except(kept).ToList();
            _runners = [.. kept];
            await Task.WhenAll(left.Select(r => r.DisposeAsync().AsTask())).ConfigureAwait(false);
            var added = known.Where(s => !kept.Exists(r => r.Subscriber.Id == s.Id)).Select(Serve).OfType<SubscriberRunner>().ToList();
            _runners = [.. kept, .. added];
            if (_runsByItself)
            {
                added.ForEach(r => r.Start());
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    private static bool IsServed(SubscriberRunner runner, StoredSubscriber subscriber) =>
        runner.Subscriber.Id == subscriber.Id && runner.Subscriber.Secrets.SequenceEqual(subscriber.Secrets, StringComparer.Ordinal);

    // Null for one whose code is in another host.
    private SubscriberRunner? Serve(StoredSubscriber subscriber)
    {
        if (subscriber.Url is not null)
        {
            return new SubscriberRunner(outbox, subscriber, new WebhookSink(subscriber, outbox.Options));
        }

        // Its form and filter are those of the code, which may be newer than what the store was told first.
        return inProcess.FirstOrDefault(s => s.Name == subscriber.Name) is { } code
            ? new SubscriberRunner(outbox, subscriber with { Format = code.Format, Filter = code.Filter }, new HandlerSink(code, outbox.Options))
            : null;
    }
}
