using Microsoft.Extensions.Logging;
using Workflow.Engine.Journal;
using Workflow.Engine.Leases;
using Workflow.Engine.Telemetry;

namespace Workflow.Engine.Followers;

/// <summary>Leads one follower along the journal and keeps its cursor; on a store that several hosts share, while this host has the follower's lease.</summary>
/// <remarks>
/// The cursor costs a commit, so while the follower runs by itself it is saved every so many entries and when there is a pause:
/// entries behind it are given again after a crash, and when another host takes over.
/// </remarks>
internal sealed partial class FollowerRunner : IAsyncDisposable
{
    private const int PageLength = 500;
    private const int LongestUnsaved = 5_000;

    // Real time: how long a follower rests after a fault, and how soon a pause is one, has nothing to do with legal time.
    private static readonly TimeSpan RestAfterFault = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private readonly IJournalStore _store;
    private readonly IJournalFollower _follower;
    private readonly ILogger _logger;
    private readonly TimeSpan _poll;
    private readonly TimeSpan _leaseDuration;

    // Null on a store that this process has for itself: nobody else can lead the follower.
    private readonly HeldLease? _lease;
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly WakeSignal _more = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    // Reached in turn alone. Null until the cursor was read under the lease.
    private JournalCursor? _cursor;
    private int _unsaved;
    private long _savedAt;

    // When the oldest entry that was not given yet was recorded, in ticks of UTC; 0 at the journal's end.
    private long _behind;

    /// <param name="store">The journal.</param>
    /// <param name="follower">Whom to lead.</param>
    /// <param name="host">This host's name for the lease.</param>
    /// <param name="leaseDuration">How long the lease lasts unless it is renewed.</param>
    /// <param name="poll">How often other hosts' commits are looked for.</param>
    /// <param name="logger">Where it logs.</param>
    public FollowerRunner(IJournalStore store, IJournalFollower follower, string host, TimeSpan leaseDuration, TimeSpan poll, ILogger logger)
    {
        (_store, _follower, _logger, _leaseDuration, _poll) = (store, follower, logger, leaseDuration, poll);
        _lease = store.IsExclusive ? null : new HeldLease(store, $"follower/{follower.Name}", host, leaseDuration, TimeProvider.System);
        _savedAt = TimeProvider.System.GetTimestamp();
    }

    public string Name => _follower.Name;

    /// <summary>How old the oldest entry is that the follower was not given yet; zero at the journal's end, as far as it was read.</summary>
    public TimeSpan Lag(DateTimeOffset now) => Volatile.Read(ref _behind) is var behind and > 0 && now.UtcTicks > behind ? new TimeSpan(now.UtcTicks - behind) : TimeSpan.Zero;

    /// <summary>Starts to follow by itself.</summary>
    public void Start() => _loop = Task.Run(_lease is null ? RunAloneAsync : RunAmongHostsAsync);

    /// <summary>There may be more in the journal.</summary>
    public void Signal() => _more.Set();

    /// <summary>Leads the follower to the journal's end and saves its cursor; while another host leads it, waits until that one has come as far.</summary>
    /// <exception cref="FollowerLedElsewhereException">Another host leads it and does not get on.</exception>
    /// <exception cref="Exception">Whatever the follower or the store throws; the cursor stays before what was not handled.</exception>
    public async ValueTask CatchUpAsync(CancellationToken ct)
    {
        await _turn.WaitAsync(ct).ConfigureAwait(false);
        try
        {
            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested && !ct.IsCancellationRequested, this);
            if (!await AdvanceInTurnAsync(ct).ConfigureAwait(false) || !await SaveInTurnAsync(ct).ConfigureAwait(false))
            {
                await AwaitOtherHostInTurnAsync(ct).ConfigureAwait(false);
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
        await _turn.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        try
        {
            await SaveInTurnAsync(CancellationToken.None).ConfigureAwait(false);
            if (_lease is not null)
            {
                await _lease.GiveBackAsync(CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (StorageException fault)
        {
            // The entries behind the saved cursor are given again.
            EngineLog.FollowerFailed(_logger, _follower.Name, _cursor ?? default, fault);
        }

        // Given back, so that whoever waits behind this finds that it has ended.
        _turn.Release();
    }

    private async Task RunAloneAsync()
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

                if (!await _more.WaitAsync(Pause, TimeProvider.System, _stop.Token).ConfigureAwait(false))
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
                await RestAsync(fault).ConfigureAwait(false);
            }
        }
    }

    private async ValueTask RestAsync(Exception fault)
    {
        EngineLog.FollowerFailed(_logger, _follower.Name, _cursor ?? default, fault);
        await Task.Delay(RestAfterFault, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    // False when another host leads the follower; what was handled before that was found is handled.
    private async ValueTask<bool> AdvanceInTurnAsync(CancellationToken ct)
    {
        while (await LeadsInTurnAsync(ct).ConfigureAwait(false))
        {
            _cursor ??= await _store.ReadCursorAsync(_follower.Name, ct).ConfigureAwait(false) ?? default;
            var rows = await _store.ReadJournalAsync(_cursor.Value, PageLength, ct).ConfigureAwait(false);
            Volatile.Write(ref _behind, rows.Count == 0 ? 0 : rows[0].RecordedAt.UtcTicks);
            if (rows.Count == 0)
            {
                return true;
            }

            using (Spans.FollowerPage(_follower.Name, rows))
            {
                if (!await HandleInTurnAsync([.. rows.Select(JournalEntry.Of)], ct).ConfigureAwait(false))
                {
                    continue;
                }
            }

            _cursor = rows[^1].Cursor;
            _unsaved += rows.Count;
            if (_unsaved >= LongestUnsaved)
            {
                await SaveInTurnAsync(ct).ConfigureAwait(false);
            }
        }

        return false;
    }

    // False when the lease was lost meanwhile.
    private async ValueTask<bool> HandleInTurnAsync(IReadOnlyList<JournalEntry> entries, CancellationToken ct)
    {
        if (_lease is not null)
        {
            return await HandleUnderLeaseInTurnAsync(_lease, entries, ct).ConfigureAwait(false);
        }

        await _follower.HandleAsync(entries, ct).ConfigureAwait(false);
        return true;
    }

    // False when another host leads the follower: what was not saved is given again, by that one.
    private async ValueTask<bool> SaveInTurnAsync(CancellationToken ct)
    {
        if (_unsaved > 0 && await LeadsInTurnAsync(ct).ConfigureAwait(false) && _unsaved > 0)
        {
            if (!await _store.SaveCursorAsync(_follower.Name, _cursor!.Value, _lease?.Hold, ct).ConfigureAwait(false))
            {
                StandBackInTurn();
                return false;
            }

            _unsaved = 0;
            _savedAt = TimeProvider.System.GetTimestamp();
        }

        return true;
    }
}
