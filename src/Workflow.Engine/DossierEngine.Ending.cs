using System.Runtime.ExceptionServices;
using Workflow.Engine.Journal;

namespace Workflow.Engine;

public sealed partial class DossierEngine
{
    // What is left of a step once the patience has ended: the writer gives its callers up, and they return.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>Takes no more commands, finishes those under way, saves the followers' cursors, and ends all that runs by itself.</summary>
    /// <remarks>
    /// <para>
    /// For a host that stops. New commands are told <see cref="Core.Engines.CommandResult.Busy"/>, now and afterwards, until the engine is disposed of; reads are
    /// answered. Timers end first, then legs, then the commands that were let in, the shared commits and the followers.
    /// </para>
    /// <para>
    /// A store that does not answer is asked on for at most <see cref="Setup.WorkflowEngineOptions.ShutdownTimeout"/>: what it has not told by then ends with a
    /// <see cref="StorageUnavailableException"/>. Later calls wait for the first.
    /// </para>
    /// </remarks>
    /// <param name="cancellationToken">Ends the patience earlier.</param>
    public ValueTask DrainAsync(CancellationToken cancellationToken = default) => EndOnceAsync(patient: true, cancellationToken);

    /// <summary>As <see cref="DrainAsync"/>, but a store that says it cannot answer is not asked again, and later commands and reads are the caller's mistake.</summary>
    /// <remarks>
    /// Commands whose fate the store does not tell end with a <see cref="StorageUnavailableException"/>; a call that the store does not end is left after
    /// <see cref="Setup.WorkflowEngineOptions.ShutdownTimeout"/>. Cuts the patience of a drain short. Later calls wait for the first.
    /// </remarks>
    public ValueTask DisposeAsync()
    {
        Volatile.Write(ref _disposed, 1);
        return EndOnceAsync(patient: false, CancellationToken.None);
    }

    private async ValueTask EndOnceAsync(bool patient, CancellationToken ct)
    {
        _gate.Close();
        if (!patient)
        {
            _parts.Writer.GiveUpUnanswered();
        }

        if (Interlocked.Exchange(ref _ending, 1) != 0)
        {
            await _ended.Task.ConfigureAwait(false);
            return;
        }

        try
        {
            await EndAsync(ct).ConfigureAwait(false);
        }
        finally
        {
            _ended.SetResult();
        }
    }

    private async ValueTask EndAsync(CancellationToken ct)
    {
        EngineLog.Ending(_logger, _gate.Taken);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(_options.ShutdownTimeout);
        await using var overdue = patience.Token.Register(_parts.Writer.Abandon).ConfigureAwait(false);
        var faults = new List<Exception>();
        await EndAsync("the archiver", () => _archiver.DisposeAsync().AsTask()).ConfigureAwait(false);
        await EndAsync("the timers", () => _timers.DisposeAsync().AsTask()).ConfigureAwait(false);
        await EndAsync("the legs", () => _legs.DisposeAsync().AsTask()).ConfigureAwait(false);
        await EndAsync("the subscribers", () => _subscribers.DisposeAsync().AsTask()).ConfigureAwait(false);
        await EndAsync("the commands under way", _gate.EmptyAsync).ConfigureAwait(false);
        await EndAsync("the shared commits", () => _parts.Writer.DisposeAsync().AsTask()).ConfigureAwait(false);
        foreach (var follower in _followers)
        {
            await EndAsync("a follower", () => follower.DisposeAsync().AsTask()).ConfigureAwait(false);
        }

        _directory.Dispose();
        _reorganising.Dispose();
        _parts.Instruments.Dispose();
        EngineLog.Ended(_logger);
        if (faults.Count == 1)
        {
            ExceptionDispatchInfo.Throw(faults[0]);
        }

        if (faults.Count > 1)
        {
            throw new AggregateException("Parts of the engine did not end in order.", faults);
        }

        // Whatever becomes of one part, the others end.
        async ValueTask EndAsync(string what, Func<Task> end)
        {
            try
            {
                await WaitAsync(what, end(), patience.Token).ConfigureAwait(false);
            }
            catch (Exception fault)
            {
                EngineLog.EndFailed(_logger, what, fault);
                faults.Add(fault);
            }
        }
    }

    private async ValueTask WaitAsync(string what, Task ending, CancellationToken patience)
    {
        await Task.WhenAny(ending, Task.Delay(Timeout.Infinite, patience)).ConfigureAwait(false);
        if (!ending.IsCompleted)
        {
            await Task.WhenAny(ending, Task.Delay(Grace, CancellationToken.None)).ConfigureAwait(false);
        }

        if (ending.IsCompleted)
        {
            await ending.ConfigureAwait(false);
        }
        else
        {
            EngineLog.EndOverdue(_logger, what);
        }
    }
}
