using Microsoft.Extensions.Logging;
using Workflow.Core.Dossiers;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Timers;

/// <summary>Wakes the dossiers whose moment has come: when told to, and by itself when the next moment is there.</summary>
/// <remarks>A wake-up that comes late, twice or from two hosts changes nothing more than one in time.</remarks>
internal sealed class TimerPump(IJournalStore store, Func<DossierCode, ValueTask<bool>> wake, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    private const int AtOnce = 64;

    // A dossier whose timer is due but refused, or whose timer failed, is tried again so often.
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMinutes(1);

    // A clock that jumps forward, and a machine that was asleep, do not shorten a sleep that has begun.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource _earlier = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _sleepsUntil = DateTimeOffset.MinValue;
    private Task _loop = Task.CompletedTask;

    /// <summary>Starts to fire timers by itself.</summary>
    public void Start() => _loop = Task.Run(RunAsync);

    /// <summary>A dossier was written that wants to be woken at this moment.</summary>
    public void Expect(DateTimeOffset wakeAt)
    {
        lock (_lock)
        {
            if (wakeAt < _sleepsUntil)
            {
                _earlier.TrySetResult();
            }
        }
    }

    /// <summary>Wakes every dossier whose moment is at or before <paramref name="upTo"/>, those included that become due by it.</summary>
    /// <returns>How many had something to do.</returns>
    public async ValueTask<int> FireAsync(DateTimeOffset upTo, CancellationToken ct)
    {
        await _turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested && !ct.IsCancellationRequested, this);
            var fired = 0;
            var tried = new HashSet<WakeUp>();
            var standing = 0;
            while (true)
            {
                // Refused ones stay due and come first again, so that the page grows by them.
                var limit = AtOnce + standing;
                var due = await store.ReadDueAsync(upTo, null, limit, ct).ConfigureAwait(false);
                var page = due.Where(tried.Add).Take(AtOnce).ToList();
                if (page.Count == 0 && due.Count < limit)
                {
                    return fired;
                }

                var answers = await Task.WhenAll(page.Select(WakeAsync)).ConfigureAwait(false);
                var did = answers.Count(did => did);
                fired += did;
                standing = due.Count - did;
            }
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

        // Given back, so that whoever waits behind this finds that it has ended.
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        _turn.Release();
    }

    private async Task<bool> WakeAsync(WakeUp wakeUp)
    {
        try
        {
            return await wake(new DossierCode(wakeUp.Code)).ConfigureAwait(false);
        }
        catch (Exception fault) when (fault is not ObjectDisposedException)
        {
            EngineLog.TimerFailed(logger, wakeUp.Code, fault);
            return false;
        }
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var sleep = RetryAfter;
            Task earlier;
            lock (_lock)
            {
                _earlier = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _sleepsUntil = DateTimeOffset.MaxValue;
                earlier = _earlier.Task;
            }

            try
            {
                var now = time.GetUtcNow();
                await FireAsync(now, _stop.Token).ConfigureAwait(false);
                var next = await store.NextWakeUpAsync(_stop.Token).ConfigureAwait(false);
                sleep = next is null ? LongestSleep : next > now ? next.Value - now : RetryAfter;
                // Delays are cut to the millisecond: a shorter one would be none, and the loop would not rest.
                sleep = sleep < LongestSleep ? TimeSpan.FromMilliseconds(Math.Ceiling(sleep.TotalMilliseconds)) : LongestSleep;
                lock (_lock)
                {
                    _sleepsUntil = now + sleep;
                }
            }
            catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (Exception fault)
            {
                EngineLog.TimersFailed(logger, fault);
            }

            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            await Task.WhenAny(earlier, Task.Delay(sleep, time, waiting.Token)).ConfigureAwait(false);
            await waiting.CancelAsync().ConfigureAwait(false);
        }
    }
}
