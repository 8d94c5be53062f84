using Workflow.Engine.Journal;
using Workflow.Engine.Leases;

namespace Workflow.Engine.Followers;

/// <content>Among several hosts on one store.</content>
internal sealed partial class FollowerRunner
{
    // A commit of this host is followed that soon: entries of many commits go together, and the store is not asked after each.
    private static readonly TimeSpan s_gathering = TimeSpan.FromMilliseconds(20);

    // How often a host that does not lead asks for the lease, and one that waits for another looks how far it has come.
    private static readonly TimeSpan s_asksEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_looksEvery = TimeSpan.FromMilliseconds(50);

    private async Task RunAmongHostsAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                bool leads;
                await _turn.WaitAsync(_stop.Token).ConfigureAwait(false);
                try
                {
                    leads = await AdvanceInTurnAsync(_stop.Token).ConfigureAwait(false);
                    if (TimeProvider.System.GetElapsedTime(_savedAt) >= Pause)
                    {
                        await SaveInTurnAsync(_stop.Token).ConfigureAwait(false);
                    }
                }
                finally
                {
                    _turn.Release();
                }

                if (leads)
                {
                    await _more.WaitAsync(Shorter(_poll, _lease!.RenewAfter), TimeProvider.System, _stop.Token).ConfigureAwait(false);
                    await Task.Delay(s_gathering, _stop.Token).ConfigureAwait(false);
                }
                else
                {
                    await Task.Delay(Shorter(s_asksEvery, _leaseDuration / 4), _stop.Token).ConfigureAwait(false);
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

    // Where the lease was not held for a moment another host may have led the follower: its cursor is read anew.
    private async ValueTask<bool> LeadsInTurnAsync(CancellationToken ct)
    {
        if (_lease is null)
        {
            return true;
        }

        var held = _lease.IsHeld;
        var leads = await _lease.KeepAsync(ct).ConfigureAwait(false);
        if (!held || !leads)
        {
            (_cursor, _unsaved) = (null, 0);
            if (held != leads)
            {
                EngineLog.FollowerLead(_logger, _follower.Name, leads ? "is led by this host from now on" : "is led by another host from now on");
            }
        }

        return leads;
    }

    // This host stood still between its look at the lease and the save: the cursor is another host's by now.
    private void StandBackInTurn()
    {
        _lease!.Lose();
        (_cursor, _unsaved) = (null, 0);
        EngineLog.FollowerLead(_logger, _follower.Name, "is led by another host from now on");
    }

    // However long the follower takes, its lease goes on; when it is lost all the same, the follower is told to stop.
    private async ValueTask<bool> HandleUnderLeaseInTurnAsync(HeldLease lease, IReadOnlyList<JournalEntry> entries, CancellationToken ct)
    {
        using var handling = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var work = _follower.HandleAsync(entries, handling.Token).AsTask();
        while (!work.IsCompleted)
        {
            using var waiting = new CancellationTokenSource();
            await Task.WhenAny(work, Task.Delay(lease.RenewAfter, waiting.Token)).ConfigureAwait(false);
            await waiting.CancelAsync().ConfigureAwait(false);
            if (!work.IsCompleted && !await StaysHeldAsync(lease).ConfigureAwait(false))
            {
                await handling.CancelAsync().ConfigureAwait(false);
                break;
            }
        }

        try
        {
            await work.ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException) when (handling.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            return false;
        }
    }

    private static async ValueTask<bool> StaysHeldAsync(HeldLease lease)
    {
        // Lapsed and taken anew, it may have been another host's in between, whose cursor is not this one's.
        if (!lease.IsHeld)
        {
            return false;
        }

        try
        {
            return await lease.KeepAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (StorageException)
        {
            // Asked again until its end is near.
            return lease.IsHeld;
        }
    }

    // Waits until the host that leads the follower has saved a cursor at or behind today's end of the journal, or this one gets the lease.
    private async ValueTask AwaitOtherHostInTurnAsync(CancellationToken ct)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(ct, _stop.Token);
        try
        {
            var last = await _store.ReadCursorAsync(_follower.Name, waiting.Token).ConfigureAwait(false) ?? default;
            var end = await EndOfJournalAsync(last, waiting.Token).ConfigureAwait(false);
            var stood = TimeProvider.System.GetTimestamp();
            for (var saved = last; saved < end; saved = await _store.ReadCursorAsync(_follower.Name, waiting.Token).ConfigureAwait(false) ?? default)
            {
                if (await AdvanceInTurnAsync(waiting.Token).ConfigureAwait(false) && await SaveInTurnAsync(waiting.Token).ConfigureAwait(false))
                {
                    return;
                }

                if (saved != last)
                {
                    (last, stood) = (saved, TimeProvider.System.GetTimestamp());
                }
                else if (TimeProvider.System.GetElapsedTime(stood) > 2 * _leaseDuration)
                {
                    throw new FollowerLedElsewhereException(_follower.Name);
                }

                await Task.Delay(s_looksEvery, waiting.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException ended) when (_stop.IsCancellationRequested && !ct.IsCancellationRequested)
        {
            throw new ObjectDisposedException("The engine was disposed of meanwhile.", ended);
        }
    }

    private async ValueTask<JournalCursor> EndOfJournalAsync(JournalCursor from, CancellationToken ct)
    {
        while (await _store.ReadJournalAsync(from, PageLength, ct).ConfigureAwait(false) is [.., var last])
        {
            from = last.Cursor;
        }

        return from;
    }

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
