using Workflow.Engine.Journal;
using Workflow.Engine.Telemetry;

namespace Workflow.Engine.Commits;

/// <summary>Commits beside the lanes, of appends that would hold up their neighbours there. From any thread.</summary>
/// <remarks>
/// What the store refuses together is offered in halves, down to each alone. What waits for somebody else's lock is offered again and again, each dossier for itself.
/// Appends of one dossier stay in their order.
/// </remarks>
internal sealed class AsideCommits(IJournalStore store, CommitFaults faults, EngineInstruments instruments, Action<SharedCommit, Exception?> tell) : IAsyncDisposable
{
    // Each takes a connection while it waits for a lock, and the lanes and all readers need theirs.
    private const int MostAtOnce = 4;

    private readonly SemaphoreSlim _places = new(MostAtOnce, MostAtOnce);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Those under way, and the owner until it ends this.
    private int _underWay = 1;

    /// <summary>Offers what was refused together, in halves.</summary>
    public void Split(List<PendingAppend> refused, bool wasUnanswered)
    {
        var dossiers = Dossiers(refused);
        if (dossiers.Count == 1)
        {
            Start(() => OneByOneAsync(refused, wasUnanswered));
            return;
        }

        var half = dossiers.Count / 2;
        Start(() => OfferAsync([.. dossiers.Take(half).SelectMany(d => d)], wasUnanswered, 0));
        Start(() => OfferAsync([.. dossiers.Skip(half).SelectMany(d => d)], wasUnanswered, 0));
    }

    /// <summary>Offers what waits for somebody else's lock, each dossier for itself, until it is free.</summary>
    public void Wait(List<PendingAppend> held, bool wasUnanswered)
    {
        foreach (var dossier in Dossiers(held))
        {
            EngineLog.DossierHeld(faults.Logger, dossier[0].Append.Code);
            Start(() => OfferAsync(dossier, wasUnanswered, 1));
        }
    }

    /// <summary>Offers an append whose first offer was not answered. False when this has ended.</summary>
    public bool OfferAgain(PendingAppend unanswered) => Start(() => OfferAsync([unanswered], wasUnanswered: true, 0));

    /// <summary>Waits for those under way. Nothing is offered afterwards.</summary>
    public async ValueTask DisposeAsync()
    {
        Leave();
        await _ended.Task.ConfigureAwait(false);
        _places.Dispose();
    }

    private async Task OneByOneAsync(List<PendingAppend> appends, bool wasUnanswered)
    {
        foreach (var append in appends)
        {
            await OfferAsync([append], wasUnanswered, 0).ConfigureAwait(false);
        }
    }

    private async Task OfferAsync(List<PendingAppend> appends, bool wasUnanswered, int tries)
    {
        var commit = new SharedCommit(store, appends.Count, faults, instruments, aside: true);
        for (; ; tries++)
        {
            await faults.RestAsync(tries).ConfigureAwait(false);
            commit.WasUnanswered = wasUnanswered;
            appends.ForEach(commit.Add);
            var fault = await OfferInPlaceAsync(commit).ConfigureAwait(false);
            wasUnanswered = commit.WasUnanswered;
            if (fault is StorageRefusedException && commit.Count > 1)
            {
                Split(commit.TakeAll(), wasUnanswered);
                return;
            }

            // Refused now, it may still have been written by the offer that was not answered.
            var open = fault is StorageRefusedException && wasUnanswered;
            var left = open ? commit.TakeAll() : fault is null ? commit.TakeHeld() : null;
            tell(commit, fault);
            if (left is null)
            {
                return;
            }

            if (faults.IsGivenUp)
            {
                left.ForEach(commit.Add);
                tell(commit, open || wasUnanswered ? CommitFaults.Unknown("The engine ended before the store told", fault) : CommitFaults.StillHeld());
                return;
            }

            appends = left;
        }
    }

    private async ValueTask<Exception?> OfferInPlaceAsync(SharedCommit commit)
    {
        await _places.WaitAsync().ConfigureAwait(false);
        try
        {
            await commit.OfferAsync().ConfigureAwait(false);
            return null;
        }
        catch (Exception fault)
        {
            return fault;
        }
        finally
        {
            _places.Release();
        }
    }

    private static List<List<PendingAppend>> Dossiers(List<PendingAppend> appends) =>
        [.. appends.GroupBy(a => a.Append.Code, StringComparer.Ordinal).Select(g => g.ToList())];

    private bool Start(Func<Task> work)
    {
        for (var before = Volatile.Read(ref _underWay); before > 0; before = Volatile.Read(ref _underWay))
        {
            if (Interlocked.CompareExchange(ref _underWay, before + 1, before) == before)
            {
                _ = Task.Run(async () =>
                {
                    try
                    {
                        await work().ConfigureAwait(false);
                    }
                    finally
                    {
                        Leave();
                    }
                });
                return true;
            }
        }

        return false;
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _underWay) == 0)
        {
            _ended.SetResult();
        }
    }
}
