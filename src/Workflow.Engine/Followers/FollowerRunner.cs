using Microsoft.Extensions.Logging;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Followers;

/// <summary>Leads one follower along the journal and keeps its cursor.</summary>
/// <remarks>
/// The cursor costs a commit, so while the follower runs by itself it is saved every so many entries and when there is a pause:
/// entries behind it are given again after a crash.
/// </remarks>
internal sealed class FollowerRunner(IJournalStore store, IJournalFollower follower, ILogger logger) : IAsyncDisposable
{
    private const int PageLength = 500;
    private const int LongestUnsaved = 5_000;

    // Real time: how long a follower rests after a fault, and how soon a pause is one, has nothing to do with legal time.
    private static readonly TimeSpan RestAfterFault = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly SemaphoreSlim _more = new(0, 1);
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    // Reached in turn alone. Null until the cursor was read.
    private JournalCursor? _cursor;
    private int _unsaved;

    /// <summary>Starts to follow by itself.</summary>
    public void Start() => _loop = Task.Run(RunAsync);

    /// <summary>There may be more in the journal.</summary>
    public void Signal()
    {
        if (_more.CurrentCount == 0)
        {
            try
            {
                _more.Release();
            }
            catch (SemaphoreFullException)
            {
                // Another signal was faster: it does for both.
            }
        }
    }

    /// <summary>Leads the follower to the journal's end and saves its cursor.</summary>
    /// <exception cref="Exception">Whatever the follower or the store throws; the cursor stays before what was not handled.</exception>
    public async ValueTask CatchUpAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested && !ct.IsCancellationRequested, this);
            await AdvanceInTurnAsync(ct).ConfigureAwait(false);
            await SaveInTurnAsync(ct).ConfigureAwait(false);
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
            await SaveInTurnAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (StorageException fault)
        {
            // The entries behind the saved cursor are given again.
            EngineLog.FollowerFailed(logger, follower.Name, _cursor ?? default, fault);
        }

        // Given back, so that whoever waits behind this finds that it has ended.
        _turn.Release();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _turn.WaitAsync(_stop.Token).ConfigureAwait(false);
                try
                {
                    await AdvanceInTurnAsync(_stop.Token).ConfigureAwait(false);
                }
                finally
                {
                    _turn.Release();
                }

                if (!await _more.WaitAsync(Pause, _stop.Token).ConfigureAwait(false))
                {
                    await CatchUpAsync(_stop.Token).ConfigureAwait(false);
                    await _more.WaitAsync(_stop.Token).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                EngineLog.FollowerFailed(logger, follower.Name, _cursor ?? default, fault);
                await Task.Delay(RestAfterFault, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async ValueTask AdvanceInTurnAsync(CancellationToken ct)
    {
        _cursor ??= await store.ReadCursorAsync(follower.Name, ct).ConfigureAwait(false) ?? default;
        while (true)
        {
            var rows = await store.ReadJournalAsync(_cursor.Value, PageLength, ct).ConfigureAwait(false);
            if (rows.Count == 0)
            {
                return;
            }

            await follower.HandleAsync([.. rows.Select(JournalEntry.Of)], ct).ConfigureAwait(false);
            _cursor = rows[^1].Cursor;
            _unsaved += rows.Count;
            if (_unsaved >= LongestUnsaved)
            {
                await SaveInTurnAsync(ct).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask SaveInTurnAsync(CancellationToken ct)
    {
        if (_unsaved > 0)
        {
            await store.SaveCursorAsync(follower.Name, _cursor!.Value, ct).ConfigureAwait(false);
            _unsaved = 0;
        }
    }
}
