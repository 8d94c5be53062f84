using Microsoft.Extensions.Logging;
using Workflow.Engine.Journal;
using Workflow.Engine.Leases;

namespace Workflow.Engine.Archive;

/// <summary>Moves closed dossiers to the archive, a few at a time, and while commands are under way for a tenth of the time at most.</summary>
/// <remarks>
/// By itself it works under a lease, so that one host of many does; without one nothing worse would happen than that two hosts share the
/// work, because a store passes over what somebody holds.
/// </remarks>
/// <param name="store">The store.</param>
/// <param name="host">This engine's name among the hosts.</param>
/// <param name="underWay">How many commands are under way.</param>
/// <param name="time">The engine's clock, by which dossiers close.</param>
/// <param name="logger">Where it logs.</param>
internal sealed class Archiver(IJournalStore store, string host, Func<int> underWay, TimeProvider time, ILogger logger) : IAsyncDisposable
{
    /// <summary>The name of the lease.</summary>
    public const string LeaseName = "archive";

    private const int AtOnce = 100;
    private const int RestsPerBatch = 9;

    // What grows old within this time waits for the next pass.
    private static readonly TimeSpan BetweenPasses = TimeSpan.FromMinutes(10);

    // Real time, as everything below: how long a transaction takes has nothing to do with legal time.
    private static readonly TimeSpan LeaseDuration = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    /// <summary>Starts to archive by itself what closed longer ago than this.</summary>
    public void Start(TimeSpan after) => _loop = Task.Run(() => RunAsync(after));

    /// <summary>Moves all that closed before a moment, except what others hold just now, and tells how many.</summary>
    /// <param name="closedBefore">The moment, excluded.</param>
    /// <param name="goOn">Asked between batches; false ends the moving.</param>
    /// <param name="progress">Told how many were moved, after each batch; null for nobody.</param>
    /// <param name="ct">Ends the moving between batches.</param>
    /// <exception cref="StorageException">The storage failed; what was moved stays so.</exception>
    public async ValueTask<long> MoveAsync(DateTimeOffset closedBefore, Func<ValueTask<bool>> goOn, IProgress<long>? progress, CancellationToken ct)
    {
        long moved = 0;
        while (true)
        {
            var began = TimeProvider.System.GetTimestamp();
            var batch = await store.ArchiveAsync(closedBefore, AtOnce, ct).ConfigureAwait(false);
            moved += batch;
            if (batch > 0)
            {
                progress?.Report(moved);
            }

            if (batch < AtOnce || !await goOn().ConfigureAwait(false))
            {
                return moved;
            }

            if (underWay() > 0)
            {
                var rest = TimeProvider.System.GetElapsedTime(began) * RestsPerBatch;
                await Task.Delay(rest < LongestRest ? rest : LongestRest, ct).ConfigureAwait(false);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _loop.ConfigureAwait(false);
    }

    private async Task RunAsync(TimeSpan after)
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await PassAsync(after, _stop.Token).ConfigureAwait(false);
            }
            catch (Exception ended) when (_stop.IsCancellationRequested && ended is (OperationCanceledException or ObjectDisposedException))
            {
                return;
            }
            catch (Exception fault)
            {
                EngineLog.ArchivingFailed(logger, fault);
            }

            await Task.Delay(BetweenPasses, time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async ValueTask PassAsync(TimeSpan after, CancellationToken ct)
    {
        var lease = new HeldLease(store, LeaseName, host, LeaseDuration, TimeProvider.System);
        if (!await lease.KeepAsync(ct).ConfigureAwait(false))
        {
            return;
        }

        try
        {
            var moved = await MoveAsync(time.GetUtcNow() - after, () => lease.KeepAsync(ct), progress: null, ct).ConfigureAwait(false);
            if (moved > 0)
            {
                EngineLog.Archived(logger, moved);
            }
        }
        finally
        {
            await lease.GiveBackAsync(CancellationToken.None).ConfigureAwait(false);
        }
    }
}
