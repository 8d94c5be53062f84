using Microsoft.Data.Sqlite;
using SQLitePCL;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Sqlite;

/// <summary>Turns what SQLite and the file system say into the named exceptions of the port: what, where, how to mend.</summary>
internal static class SqliteFaults
{
    public static StorageException Translate(Exception fault, string path) => fault switch
    {
        StorageException known => known,
        SqliteException sqlite => Translate(sqlite, path),
        FormatException => Corrupt(path, fault),
        UnauthorizedAccessException => ReadOnly(path, fault),
        IOException io when IsFull(io) => Full(path, fault),
        IOException io when IsReadOnly(io) => ReadOnly(path, fault),
        _ => Unavailable(path, fault.Message, fault),
    };

    /// <summary>Whether an exception tells of the storage rather than of the program.</summary>
    public static bool IsFault(Exception exception) =>
        exception is SqliteException or IOException or UnauthorizedAccessException or FormatException;

    private static StorageCorruptException Corrupt(string path, Exception cause) => new(
        $"{path} is damaged: keep a copy of it and restore the last backup.", cause);

    private static StorageException Translate(SqliteException fault, string path) => fault.SqliteErrorCode switch
    {
        raw.SQLITE_FULL => Full(path, fault),
        raw.SQLITE_READONLY or raw.SQLITE_PERM => ReadOnly(path, fault),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB => Corrupt(path, fault),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new StorageInUseException(
            $"{path} is locked by another program: close what has it open, then try again.", fault),
        _ => Unavailable(path, fault.Message, fault),
    };

    private static StorageFullException Full(string path, Exception cause) => new(
        $"No space is left for {path}: free some space on its disk, then try again.", cause);

    private static StorageReadOnlyException ReadOnly(string path, Exception cause) => new(
        $"{path} cannot be written: give this process write access to it and its directory.", cause);

    private static StorageUnavailableException Unavailable(string path, string what, Exception cause) => new(
        $"{path} cannot be used ({OneLine(what)}): check the disk and the path, then try again.", cause);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").TrimEnd('.', ' ');

    // HResults carry errno on Unix: 28 ENOSPC, 30 EROFS; on Windows 0x70 is ERROR_DISK_FULL, 0x13 ERROR_WRITE_PROTECT.
    private static bool IsFull(IOException fault) => fault.HResult is 28 or unchecked((int)0x80070070);

    private static bool IsReadOnly(IOException fault) => fault.HResult is 30 or unchecked((int)0x80070013);
}
