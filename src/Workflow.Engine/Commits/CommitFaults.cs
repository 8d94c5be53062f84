using Microsoft.Extensions.Logging;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Commits;

/// <summary>What becomes of calls to a store that does not answer: they are made again until it does, or until the engine ends.</summary>
internal sealed class CommitFaults(ILogger logger)
{
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ILogger Logger => logger;

    /// <summary>Whether no call is made again.</summary>
    public bool IsGivenUp => _stopped.Task.IsCompleted;

    /// <summary>From now on no call is made again.</summary>
    public void GiveUp() => _stopped.TrySetResult();

    /// <summary>As above, and a call that the store does not end is not waited for any more.</summary>
    public void Abandon()
    {
        _stopped.TrySetResult();
        _abandoned.TrySetException(new OperationCanceledException("The engine does not wait for the store any more."));
    }

    /// <summary>Makes a call; false when the store did not answer and is to be asked again. What the store refuses is thrown.</summary>
    /// <remarks>
    /// The first time at once, then at growing intervals of real time: how long a database takes to come back has nothing to do with
    /// legal time.
    /// </remarks>
    /// <param name="call">The call.</param>
    /// <param name="tries">How often it was made before.</param>
    /// <param name="appends">How many appends depend on it.</param>
    /// <param name="isDefinite">Whether a fault tells the fate of what was asked.</param>
    /// <exception cref="StorageUnavailableException">It did not answer and the engine ends.</exception>
    public async ValueTask<bool> TryAsync(Func<ValueTask> call, int tries, int appends, Func<Exception, bool> isDefinite)
    {
        try
        {
            var calling = _abandoned.Task.IsCompleted ? new ValueTask(_abandoned.Task) : call();
            await (calling.IsCompleted ? calling : new ValueTask(Task.WhenAny(calling.AsTask(), _abandoned.Task).Unwrap())).ConfigureAwait(false);
            return true;
        }
        catch (Exception unanswered) when (!isDefinite(unanswered))
        {
            EngineLog.StoreUnanswered(logger, appends, tries + 1, unanswered);
            if (_stopped.Task.IsCompleted)
            {
                throw Unknown("The engine ended before the store answered", unanswered);
            }
        }

        await RestAsync(tries).ConfigureAwait(false);
        return false;
    }

    /// <summary>Makes a call that may be made again whatever became of it, until the store answers or the engine ends.</summary>
    /// <exception cref="StorageException">The store refused; or it did not answer and the engine ends.</exception>
    public async ValueTask<T> AskAsync<T>(Func<ValueTask<T>> call)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await call().ConfigureAwait(false);
            }
            catch (StorageUnavailableException away) when (IsAskedAgain(away))
            {
                await WaitAsync(tries, away).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Whether the store is asked again after this: not when the engine ends, and not once a commit has been given up as unknown.</summary>
    /// <remarks>After that a later failure would be told as if nothing had been done.</remarks>
    public bool IsAskedAgain(StorageUnavailableException away) => !away.IsVerdict && !_stopped.Task.IsCompleted;

    /// <summary>What a command does before it asks again: it says so, and rests.</summary>
    /// <param name="tries">How often it asked again before.</param>
    /// <param name="away">What it was told.</param>
    public ValueTask WaitAsync(int tries, StorageUnavailableException away)
    {
        EngineLog.StoreAway(logger, tries + 1, away);
        return RestAsync(tries);
    }

    /// <summary>Whether a fault tells that nothing was done, or that the program is wrong.</summary>
    public static bool IsDefinite(Exception fault) =>
        fault is (StorageException and not StorageUnavailableException) or ObjectDisposedException or ArgumentException or InvalidOperationException;

    public static StorageUnavailableException Unknown(string why, Exception? cause) =>
        new($"{why}, so what became of the command is not known: give it again under the same id.", cause) { IsVerdict = true };

    public static StorageUnavailableException StillHeld() =>
        new("The engine ended while somebody else's transaction had the dossier locked, and nothing was done: give the command again under the same id.") { IsVerdict = true };

    /// <summary>The pause before a call is made again: none at first, then growing up to a second of real time. The engine's end cuts it short.</summary>
    public async ValueTask RestAsync(int tries)
    {
        if (tries > 0)
        {
            await Task.WhenAny(Task.Delay(Math.Min(1_000, 10 << Math.Min(tries, 7))), _stopped.Task).ConfigureAwait(false);
        }
    }
}
