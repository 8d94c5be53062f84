using Workflow.Engine.Journal;

namespace Workflow.Engine.Sqlite;

/// <summary>A directory that holds one embedded store, held by one process at a time.</summary>
/// <remarks>
/// The lock is the operating system's on <c>workflow.lock</c>, so it ends with the process however that ends. The file
/// itself stays: deleting it would let two processes hold two locks.
/// </remarks>
internal sealed class DataDirectory : IDisposable
{
    public const string DatabaseName = "workflow.db";
    public const string LockName = "workflow.lock";

    private readonly FileStream _lock;

    private DataDirectory(FileStream held) => _lock = held;

    /// <summary>Creates the directory when there is none, and takes its lock.</summary>
    /// <exception cref="StorageInUseException">Another store holds the directory.</exception>
    /// <exception cref="StorageException">The directory cannot be created or written.</exception>
    public static DataDirectory Hold(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
        }
        catch (Exception fault) when (SqliteFaults.IsFault(fault))
        {
            throw SqliteFaults.Translate(fault, path);
        }

        var file = Path.Combine(path, LockName);
        try
        {
            return new DataDirectory(new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException fault) when (IsHeld(fault))
        {
            throw new StorageInUseException(
                $"The data directory {path} is in use by another process: stop that one, or name another directory.", fault);
        }
        catch (Exception fault) when (SqliteFaults.IsFault(fault))
        {
            throw SqliteFaults.Translate(fault, path);
        }
    }

    public void Dispose() => _lock.Dispose();

    // 11 is EWOULDBLOCK of flock on Linux and 35 on macOS; Windows says ERROR_SHARING_VIOLATION.
    private static bool IsHeld(IOException fault) => fault.HResult is 11 or 35 or unchecked((int)0x80070020);
}
