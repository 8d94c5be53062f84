using Workflow.Engine.Journal;
using Workflow.Host.Terminal;

namespace Workflow.Host.Stores;

/// <summary>The store that a command works on: a data directory or a PostgreSQL database.</summary>
/// <remarks>Commands get it from <see cref="StoreOptions"/>. Nothing is opened or made before a member is called that says so.</remarks>
internal abstract class StoreChoice
{
    /// <summary>The store as messages name it, without user and password.</summary>
    public abstract string Name { get; }

    /// <summary>What it is called in general: "directory" or "database".</summary>
    public abstract string Kind { get; }

    /// <summary>By what it was named, for messages that tell to name another.</summary>
    public abstract string Option { get; }

    /// <summary>A store that is not open yet.</summary>
    /// <param name="time">The clock of what is recorded.</param>
    public abstract IJournalStore Create(TimeProvider time);

    /// <summary>Whether there is a store; none is made.</summary>
    /// <exception cref="StorageException">That cannot be told.</exception>
    public abstract ValueTask<bool> ExistsAsync(CancellationToken cancellationToken);

    /// <summary>Whether there is nothing at all, neither a store nor anything else.</summary>
    /// <exception cref="StorageException">That cannot be told.</exception>
    public abstract ValueTask<bool> IsEmptyAsync(CancellationToken cancellationToken);

    /// <summary>Reads a text that was left beside the journal; null when there is none.</summary>
    public abstract ValueTask<string?> ReadNoteAsync(string name, CancellationToken cancellationToken);

    /// <summary>Leaves a text beside the journal of an open store, in place of an earlier one of that name.</summary>
    public abstract ValueTask WriteNoteAsync(IJournalStore store, string name, string text, CancellationToken cancellationToken);

    /// <summary>How messages name such a text.</summary>
    public abstract string NoteName(string name);

    /// <summary>What the refusal says where no store is.</summary>
    protected abstract string Missing { get; }

    /// <summary>Opens the store, which is made when there is none.</summary>
    /// <exception cref="StorageException">The store cannot be used.</exception>
    public async Task<IJournalStore> OpenAsync(CancellationToken cancellationToken)
    {
        var store = Create(TimeProvider.System);
        try
        {
            await store.OpenAsync(cancellationToken).ConfigureAwait(false);
            return store;
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Refuses where there is no store, for commands that must not make one.</summary>
    /// <exception cref="UnusableInputException">There is none.</exception>
    public async Task RequireAsync(CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(cancellationToken).ConfigureAwait(false))
        {
            throw new UnusableInputException(Missing);
        }
    }
}
