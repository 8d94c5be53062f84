using System.Net.Sockets;
using Npgsql;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Postgres;

/// <summary>Turns what PostgreSQL and the network say into the named exceptions of the port: what, where, how to mend.</summary>
internal static class PostgresFaults
{
    /// <summary>Whether an exception tells of the storage rather than of the program.</summary>
    public static bool IsFault(Exception exception) => exception is NpgsqlException or SocketException or IOException or TimeoutException;

    public static StorageException Translate(Exception fault, string where) => fault switch
    {
        StorageException known => known,
        PostgresException refused => Translate(refused, where),
        NpgsqlException { InnerException: null } when fault.Message.StartsWith("No password", StringComparison.Ordinal) =>
            Refused(where, "it asks for a password and none is given", "add Password=... or a Passfile to the connection string", fault),
        NpgsqlException { InnerException: null } => Refused(where, OneLine(fault.Message), "correct the connection string", fault),
        _ => Unavailable(where, OneLine(fault.InnerException?.Message ?? fault.Message), fault),
    };

    /// <summary>As <see cref="Translate(Exception, string)"/>, of what was to be written: an error that the server tells took the transaction back.</summary>
    public static StorageException TranslateWrite(Exception fault, string where)
    {
        var known = Translate(fault, where);
        return known is StorageUnavailableException && fault is PostgresException { InvariantSeverity: "ERROR" } refused && !IsAway(refused)
            ? new StorageRefusedException(
                $"{where} refused the write and wrote nothing ({OneLine(refused.MessageText)}, SQLSTATE {refused.SqlState}): see its log, correct what it names, then give the command again.", refused)
            : known;
    }

    /// <summary>Whether a lock was not to be had in the time that the session waits for one.</summary>
    public static bool IsOfALock(PostgresException fault) => fault.SqlState == PostgresErrorCodes.LockNotAvailable;

    /// <summary>Whether the server may well be there in a moment: it is starting, being restarted or has no connection left just now.</summary>
    public static bool IsAway(Exception? fault) => fault switch
    {
        PostgresException refused => refused.SqlState is PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
            or PostgresErrorCodes.TooManyConnections,
        NpgsqlException { InnerException: SocketException or IOException or TimeoutException } unreached => IsAway(unreached.InnerException),
        SocketException socket => socket.SocketErrorCode != SocketError.HostNotFound,
        IOException or TimeoutException => true,
        _ => false,
    };

    /// <summary>Whether the same transaction may well succeed when it is run again: a deadlock, a lost race.</summary>
    public static bool IsTransient(PostgresException fault) => fault.SqlState is
        PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.UniqueViolation;

    /// <summary>Whether a value is at fault rather than the server, so that what holds it can be refused alone.</summary>
    public static bool IsOfAValue(PostgresException fault) =>
        fault.SqlState.StartsWith("22", StringComparison.Ordinal) || fault.SqlState.StartsWith("54", StringComparison.Ordinal);

    private static StorageException Translate(PostgresException fault, string where) => fault.SqlState switch
    {
        PostgresErrorCodes.DiskFull => new StorageFullException($"No space is left on the server of {where}: free some on its disk, then try again.", fault),
        PostgresErrorCodes.ReadOnlySqlTransaction => new StorageReadOnlyException($"{where} takes no changes: it is a standby or set to read only; connect to the primary server.", fault),
        PostgresErrorCodes.InsufficientPrivilege => new StorageReadOnlyException($"The user of {where} lacks a right ({OneLine(fault.MessageText)}): grant it, or use the owner of the tables.", fault),
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => Refused(where, OneLine(fault.MessageText), "correct user and password", fault),
        PostgresErrorCodes.InvalidCatalogName => Refused(where, OneLine(fault.MessageText), "create the database, or correct its name", fault),
        PostgresErrorCodes.InvalidSchemaName => Refused(where, OneLine(fault.MessageText), "create the schema of its Search Path, or correct that", fault),
        PostgresErrorCodes.TooManyConnections => Refused(where, OneLine(fault.MessageText), "raise max_connections of the server, or give each host a smaller 'Maximum Pool Size'", fault),
        PostgresErrorCodes.LockNotAvailable => Refused(where, "another transaction keeps locked what is needed", "end that one, which pg_stat_activity names, then try again", fault),
        PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted => new StorageCorruptException($"{where} is damaged: keep a copy of it and restore the last backup.", fault),
        _ => Unavailable(where, OneLine(fault.MessageText), fault),
    };

    private static StorageUnavailableException Unavailable(string where, string what, Exception cause) =>
        Refused(where, what, "check that the server runs and can be reached, then try again", cause);

    private static StorageUnavailableException Refused(string where, string what, string mend, Exception cause) => new($"{where} cannot be used ({what}): {mend}.", cause);

    private static string OneLine(string text) => text.ReplaceLineEndings(" ").TrimEnd('.', ' ');
}
