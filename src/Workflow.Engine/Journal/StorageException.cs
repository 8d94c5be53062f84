namespace Workflow.Engine.Journal;

/// <summary>The storage below a journal failed. The message is one line: what, where, how to mend.</summary>
/// <remarks>What was stored before is untouched, and nothing of the failed call was written unless the derived type says otherwise.</remarks>
public abstract class StorageException(string message, Exception? cause) : Exception(message, cause);

/// <summary>There is no space left.</summary>
public sealed class StorageFullException(string message, Exception? cause = null) : StorageException(message, cause);

/// <summary>The storage may not be written to.</summary>
public sealed class StorageReadOnlyException(string message, Exception? cause = null) : StorageException(message, cause);

/// <summary>The stored data are damaged.</summary>
public sealed class StorageCorruptException(string message, Exception? cause = null) : StorageException(message, cause);

/// <summary>Another process holds the storage.</summary>
public sealed class StorageInUseException(string message, Exception? cause = null) : StorageException(message, cause);

/// <summary>The schema was written by a newer release.</summary>
public sealed class StorageTooNewException(string message, Exception? cause = null) : StorageException(message, cause);

/// <summary>The database belongs to another program.</summary>
public sealed class ForeignStorageException(string message, Exception? cause = null) : StorageException(message, cause);

/// <summary>The storage answered a write with an error of its own (a time limit, no memory left, a trigger's refusal), and wrote nothing of it.</summary>
/// <remarks>The same write may be taken later; where it was of several appends, the others may be taken without one of them.</remarks>
public sealed class StorageRefusedException(string message, Exception? cause = null) : StorageException(message, cause);

/// <summary>The storage could not be reached, or did not answer.</summary>
/// <remarks>Whether a call that writes took effect is not known: offer it again under the same ids.</remarks>
public sealed class StorageUnavailableException(string message, Exception? cause = null) : StorageException(message, cause)
{
    /// <summary>Whether this is what callers are to be told of a commit whose fate stays unknown, rather than an answer of the storage.</summary>
    internal bool IsVerdict { get; init; }
}
