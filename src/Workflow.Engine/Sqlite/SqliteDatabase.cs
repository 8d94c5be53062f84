using System.Buffers.Binary;
using Microsoft.Data.Sqlite;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Sqlite;

/// <summary>Opens the file of the embedded store: refuses what is not ours or too new before it touches anything.</summary>
internal static class SqliteDatabase
{
    private static readonly byte[] Magic = [.. "SQLite format 3"u8, 0];

    static SqliteDatabase() => SQLitePCL.Batteries_V2.Init();

    /// <summary>Creates or migrates the file and returns the one connection that writes. The directory is held by the caller.</summary>
    /// <exception cref="StorageException">The file cannot be used. What it held is untouched.</exception>
    public static SqliteConnection OpenForWriting(string path, SqliteTuning tuning)
    {
        if (new FileInfo(path) is not { Exists: true, Length: > 0 })
            Create(path, tuning);
        RefuseByHeader(path, tuning.Migrations.Count);
        RefuseByConnection(path, tuning);

        var connection = Connect(path, SqliteOpenMode.ReadWrite, tuning);
        try
        {
            Migrate(connection, tuning.Migrations);
            var mode = Scalar(connection, "PRAGMA journal_mode = WAL");
            if (mode is not "wal")
                throw new StorageUnavailableException($"{path} cannot keep a write-ahead log here: put the data directory on a local disk.");
            Run(connection, $"""
                PRAGMA synchronous = FULL;
                PRAGMA wal_autocheckpoint = {tuning.CheckpointPages};
                PRAGMA journal_size_limit = {tuning.MaxWalBytes};
                """);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Opens one more connection for reading. The writer is open already.</summary>
    public static SqliteConnection OpenForReading(string path, SqliteTuning tuning) => Connect(path, SqliteOpenMode.ReadOnly, tuning);

    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    // A new file is made beside its place and renamed, so that workflow.db bears our mark from its first moment and a crash
    // leaves nothing that could be taken for another program's.
    private static void Create(string path, SqliteTuning tuning)
    {
        // SQLite would pour an old log into the new file.
        if (File.Exists(path + "-wal") || File.Exists(path + "-journal"))
        {
            throw new StorageCorruptException(
                $"{path} is missing or empty, but its log is still there: restore the last backup, or move all files of that name away.");
        }

        var draft = path + ".new";
        File.Delete(draft);
        File.Delete(draft + "-journal");
        using (var connection = Connect(draft, SqliteOpenMode.ReadWriteCreate, tuning))
        {
            Run(connection, $"PRAGMA synchronous = FULL; PRAGMA application_id = {SqliteSchema.ApplicationId}");
            Migrate(connection, tuning.Migrations);
        }

        File.Move(draft, path, overwrite: true);
    }

    private static void Migrate(SqliteConnection connection, IReadOnlyList<string> migrations)
    {
        var version = (int)(long)Scalar(connection, "PRAGMA user_version")!;
        if (version == migrations.Count)
            return;

        using var transaction = connection.BeginTransaction();
        for (; version < migrations.Count; version++)
        {
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = $"{migrations[version]}\nPRAGMA user_version = {version + 1}";
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    // Read as plain bytes: even a read-only connection to a foreign database in WAL mode would leave files beside it.
    private static void RefuseByHeader(string path, int version)
    {
        Span<byte> header = stackalloc byte[100];
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
        {
            if (file.ReadAtLeast(header, header.Length, throwOnEndOfStream: false) < header.Length || !header.StartsWith(Magic))
                throw NoDatabase(path);
        }

        if (BinaryPrimitives.ReadInt32BigEndian(header[68..]) != SqliteSchema.ApplicationId)
        {
            throw new ForeignStorageException(
                $"{path} is a database of another program and was left as it is: name another data directory, or move the file away.");
        }

        RefuseNewer(path, BinaryPrimitives.ReadInt32BigEndian(header[60..]), version);
    }

    // The header on disk may be older than the WAL, where a newer release may have left its migration.
    private static void RefuseByConnection(string path, SqliteTuning tuning)
    {
        using var connection = Connect(path, SqliteOpenMode.ReadOnly, tuning);
        RefuseNewer(path, (long)Scalar(connection, "PRAGMA user_version")!, tuning.Migrations.Count);
    }

    private static void RefuseNewer(string path, long found, int known)
    {
        if (found > known)
        {
            throw new StorageTooNewException(
                $"{path} has schema version {found}, this release knows up to {known}: run the release that wrote it, or a later one.");
        }
    }

    private static StorageCorruptException NoDatabase(string path) => new(
        $"{path} is no SQLite database, or a damaged one, and was left as it is: restore the last backup, or move the file away.");

    private static SqliteConnection Connect(string path, SqliteOpenMode mode, SqliteTuning tuning)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = Math.Max(1, (int)tuning.BusyTimeout.TotalSeconds),
        }.ToString());
        try
        {
            connection.Open();
            Run(connection, $"PRAGMA busy_timeout = {(int)tuning.BusyTimeout.TotalMilliseconds}");
            if (tuning.MaxPages > 0)
                Run(connection, $"PRAGMA max_page_count = {tuning.MaxPages}");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
