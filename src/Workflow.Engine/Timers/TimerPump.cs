using Microsoft.Extensions.Logging;
using Workflow.Core.Dossiers;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Timers;

/// <summary>Wakes the dossiers whose moment has come: when told to, and by itself when the next moment is there.</summary>
/// <remarks>
/// A wake-up that comes late, twice or from two hosts changes nothing more than one in time; claims only spare hosts each other's work.
/// Timers are never loaded as a whole: due ones are read page by page and woken as the pace allows.
/// </remarks>
internal sealed class TimerPump : IAsyncDisposable
{
    private const int PageLength = TimerPace.Idle;

    // A clock that jumps forward, and a machine that was asleep, do not shorten a sleep that has begun.
    private static readonly TimeSpan s_longestSleep = TimeSpan.FromMinutes(1);

    // Beside other hosts: one of them may write an early wake-up, or die with those that it has claimed.
    private static readonly TimeSpan s_longestSleepOfSeveral = TimeSpan.FromSeconds(5);

    private readonly IJournalStore _store;
    private readonly Func<DossierCode, ValueTask<bool>> _wake;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly DueTimers _due;
    private readonly TimerPace _pace;
    private readonly LatenessGauge _lateness;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly SemaphoreSlim _ended = new(0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _lock = new();
    private TaskCompletionSource _earlier = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _sleepsUntil = DateTimeOffset.MinValue;

    // The earliest wake-up that was written since the last firing began.
    private DateTimeOffset _written = DateTimeOffset.MaxValue;
    private Task _loop = Task.CompletedTask;
    private int _read;

    /// <param name="store">Where the timers are.</param>
    /// <param name="wake">Wakes one dossier and tells whether it had something to do.</param>
    /// <param name="callers">How many commands of callers are under way.</param>
    /// <param name="host">This host's name for its claims.</param>
    /// <param name="claimed">How long a claim lasts; longer than a page takes, as a rule.</param>
    /// <param name="time">The engine's clock.</param>
    /// <param name="logger">Where it logs.</param>
    public TimerPump(
        IJournalStore store, Func<DossierCode, ValueTask<bool>> wake, Func<int> callers, string host, TimeSpan claimed, TimeProvider time, ILogger logger)
    {
        (_store, _wake, _time, _logger) = (store, wake, time, logger);
        _due = new DueTimers(store, host, claimed, time);
        _pace = new TimerPace(callers, TimeProvider.System);
        _lateness = new LatenessGauge(TimeProvider.System);
    }

    /// <summary>How late timers fire.</summary>
    public TimerLateness Lateness => _lateness.Read(Volatile.Read(ref _read));

    /// <summary>Told of each firing that did something, and by how much it came after its moment.</summary>
    public Action<TimeSpan>? Fired { get; set; }

    /// <summary>Starts to fire timers by itself.</summary>
    public void Start() => _loop = Task.Run(RunAsync);

    /// <summary>A dossier was written that wants to be woken at this moment.</summary>
    public void Expect(DateTimeOffset wakeAt)
    {
        lock (_lock)
        {
            _written = wakeAt < _written ? wakeAt : _written;
            if (wakeAt < _sleepsUntil)
            {
                _earlier.TrySetResult();
            }
        }
    }

    /// <summary>Wakes every dossier whose moment is at or before <paramref name="upTo"/>, those included that become due by it, but those that another host is waking.</summary>
    /// <returns>How many had something to do.</returns>
    public ValueTask<int> FireAsync(DateTimeOffset upTo, CancellationToken ct) => FireAsync(upTo, all: true, ct);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);

        // Given back, so that whoever waits behind this finds that it has ended.
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        _turn.Release();
    }

    private async ValueTask<int> FireAsync(DateTimeOffset upTo, bool all, CancellationToken ct)
    {
        await _turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested && !ct.IsCancellationRequested, this);
            var fired = 0;
            _due.Begin(all);
            while (true)
            {
                var (tried, did) = await PassInTurnAsync(upTo, ct).ConfigureAwait(false);
                fired += did;
                if (tried == 0 || _stop.IsCancellationRequested)
                {
                    return fired;
                }

                _due.Restart();
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    // Once through what is due, as much at once as the pace allows.
    private async ValueTask<(int Tried, int Did)> PassInTurnAsync(DateTimeOffset upTo, CancellationToken ct)
    {
        var pass = new TimerPass(_ended);
        var tried = 0;
        try
        {
            while (!_stop.IsCancellationRequested && await _due.NextAsync(upTo, PageLength, ct).ConfigureAwait(false) is { } page)
            {
                Interlocked.Add(ref _read, page.Count);
                for (var i = 0; i < page.Count; i++)
                {
                    while (pass.UnderWay >= _pace.AtOnce())
                    {
                        await pass.OneEndsAsync().ConfigureAwait(false);
                    }

                    if (ct.IsCancellationRequested)
                    {
                        Interlocked.Add(ref _read, i - page.Count);
                        ct.ThrowIfCancellationRequested();
                    }

                    tried++;
                    pass.Begin();
                    _ = WakeAsync(page[i], pass);
                }

                await _due.RestAsync(pass.TakeVain(), ct).ConfigureAwait(false);
            }
        }
        finally
        {
            while (pass.UnderWay > 0)
            {
                await pass.OneEndsAsync().ConfigureAwait(false);
            }
        }

        await _due.RestAsync(pass.TakeVain(), ct).ConfigureAwait(false);
        return (tried, pass.Did);
    }

    private async Task WakeAsync(WakeUp wakeUp, TimerPass pass)
    {
        var did = false;
        try
        {
            var late = _time.GetUtcNow() - wakeUp.WakeAt;
            did = await _wake(new DossierCode(wakeUp.Code)).ConfigureAwait(false);
            if (did)
            {
                _lateness.Record(late);
                Fired?.Invoke(late);
            }
        }
        catch (ObjectDisposedException)
        {
            // The engine ends; whoever opens the store next wakes it.
        }
        catch (Exception fault)
        {
            EngineLog.TimerFailed(_logger, wakeUp.Code, fault);
        }
        finally
        {
            Interlocked.Decrement(ref _read);
            pass.End(wakeUp, did);
        }
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var sleep = DueTimers.RetryAfter;
            Task earlier;
            lock (_lock)
            {
                _earlier = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _sleepsUntil = DateTimeOffset.MinValue;
                _written = DateTimeOffset.MaxValue;
                earlier = _earlier.Task;
            }

            try
            {
                var now = _time.GetUtcNow();
                await FireAsync(now, all: false, _stop.Token).ConfigureAwait(false);
                sleep = await SleepInTimeAsync(now).ConfigureAwait(false);
            }
            catch (Exception ended) when (_stop.IsCancellationRequested && ended is (OperationCanceledException or ObjectDisposedException))
            {
                return;
            }
            catch (Exception fault)
            {
                EngineLog.TimersFailed(_logger, fault);
            }

            using var waiting = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
            await Task.WhenAny(earlier, Task.Delay(sleep, _time, waiting.Token)).ConfigureAwait(false);
            await waiting.CancelAsync().ConfigureAwait(false);
        }
    }

    // For how long there is nothing to do after a firing up to this moment.
    private async ValueTask<TimeSpan> SleepInTimeAsync(DateTimeOffset firedUpTo)
    {
        var next = await _due.FirstAfterAsync(firedUpTo, _stop.Token).ConfigureAwait(false) ?? DateTimeOffset.MaxValue;
        var retry = _due.UntilRetry();
        lock (_lock)
        {
            next = _written < next ? _written : next;
            var now = _time.GetUtcNow();
            var sleep = next > now ? next - now : TimeSpan.Zero;
            sleep = retry < sleep ? retry.Value : sleep;

            // Delays are cut to the millisecond: a shorter one would be none, and the loop would not rest.
            var longest = _store.IsExclusive ? s_longestSleep : s_longestSleepOfSeveral;
            sleep = sleep < longest ? TimeSpan.FromMilliseconds(Math.Ceiling(sleep.TotalMilliseconds)) : longest;
            _sleepsUntil = now + sleep;
            return sleep;
        }
    }
}
