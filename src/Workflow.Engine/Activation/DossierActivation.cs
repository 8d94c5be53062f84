using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;

namespace Workflow.Engine.Activation;

/// <summary>One dossier in memory for a holder other than the engine's own directory, such as a grain. Made by <see cref="DossierEngine.Activate"/>.</summary>
/// <remarks>
/// The holder gives it one turn at a time: <see cref="LoadAsync"/> and <see cref="ExecuteAsync"/> take one, and a second beside it is the holder's mistake.
/// Reads may run beside a turn. It ends with its holder: there is nothing to dispose of. Timers, legs and followers stay the engine's, so other writers of the same
/// dossier are usual, in this process too.
/// </remarks>
public sealed class DossierActivation
{
    private readonly DossierEngine _engine;
    private readonly ActiveDossier _active;
    private int _inTurn;

    internal DossierActivation(DossierEngine engine, ActiveDossier active) => (_engine, _active) = (engine, active);

    /// <summary>The dossier's code.</summary>
    public DossierCode Code => _active.Code;

    /// <summary>Whether a dossier is in memory.</summary>
    public bool IsLoaded => _active.Current is not null;

    /// <summary>The dossier as it was last loaded or changed here; null when none is in memory. Another writer may have changed it since.</summary>
    public DossierSnapshot? Snapshot => _active.Current?.ToSnapshot();

    /// <summary>Whether another writer was faster in the last command: it was decided again on what that one left, and the holder lets go.</summary>
    public bool HasLost => _active.HasLost;

    /// <summary>Loads the dossier, so that the first command need not; when there is none, nothing is loaded.</summary>
    /// <remarks>A store that does not answer is asked until it does. When the call is cancelled the holder lets go: the turn is not given back.</remarks>
    /// <exception cref="StorageException">The storage failed.</exception>
    /// <exception cref="MissingProcedureException">The dossier follows a procedure's version that this host lacks.</exception>
    /// <exception cref="InvalidOperationException">There is a turn under way.</exception>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public async ValueTask LoadAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Enter();
        var loading = _engine.LoadAsync(_active).AsTask();
        try
        {
            await loading.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            if (loading.IsCompleted)
            {
                Leave();
            }
        }
    }

    /// <summary>Gives the dossier a command, as <see cref="DossierEngine.ExecuteAsync(DossierCode, DossierCommand, CommandRequest, CancellationToken)"/> does, with the same exceptions.</summary>
    /// <param name="command">The command.</param>
    /// <param name="request">Who gives it.</param>
    /// <param name="cancellationToken">Cancels it before it has begun; afterwards it takes its course.</param>
    /// <exception cref="InvalidOperationException">There is a turn under way.</exception>
    public async ValueTask<CommandResult> ExecuteAsync(DossierCommand command, CommandRequest request, CancellationToken cancellationToken = default)
    {
        Enter();
        try
        {
            return await _engine.ExecuteAsync(_active, _active.Code, command, request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Returns the dossier as it is now, confirmed in the store; null when there is none.</summary>
    /// <exception cref="StorageException">The storage failed.</exception>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public ValueTask<DossierSnapshot?> FindAsync(CancellationToken cancellationToken = default) => _engine.FindAsync(_active, cancellationToken);

    /// <summary>Says what this person may do with the dossier now and, where not, why not; null when there is no such dossier.</summary>
    /// <exception cref="StorageException">The storage failed.</exception>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public ValueTask<IReadOnlyList<PermittedTrigger>?> PermittedAsync(Actor actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return _engine.PermittedAsync(_active, actor, cancellationToken);
    }

    private void Enter()
    {
        if (Interlocked.Exchange(ref _inTurn, 1) != 0)
        {
            throw new InvalidOperationException($"Dossier {Code} has a turn under way: its holder gives one at a time.");
        }
    }

    private void Leave() => Volatile.Write(ref _inTurn, 0);
}
