using Workflow.Engine.Journal;
using Workflow.Engine.Sqlite;
using Workflow.Engine.Tests.Journal;

namespace Workflow.Engine.Tests.Sqlite;

/// <summary>What the embedded store does with the file it finds.</summary>
public sealed class SqliteFileTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task NewFile_BearsOurMarkAndIsFullyDurable()
    {
        await using var store = await _folder.OpenAsync();
        await store.AppendAsync(Appends.Append("D-1", 1));

        Assert.Equal((long)SqliteSchema.ApplicationId, _folder.Run("PRAGMA application_id"));
        Assert.Equal((long)SqliteSchema.Migrations.Count, _folder.Run("PRAGMA user_version"));
        Assert.Equal("wal", _folder.Run("PRAGMA journal_mode"));
        Assert.True(new FileInfo(_folder.Database + "-wal").Length > 0);
        Assert.Equal("ok", _folder.Run("PRAGMA integrity_check"));
    }

    [Fact]
    public void WritingConnection_FlushesEveryCommit()
    {
        Directory.CreateDirectory(_folder.Path);
        using var connection = SqliteDatabase.OpenForWriting(_folder.Database, new SqliteTuning());

        Assert.Equal(2L, SqliteDatabase.Scalar(connection, "PRAGMA synchronous"));
        Assert.Equal("wal", SqliteDatabase.Scalar(connection, "PRAGMA journal_mode"));
    }

    [Fact]
    public async Task ForeignDatabase_IsRefusedAndUntouched()
    {
        _folder.Run("CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)");
        await RefusedUntouchedAsync<ForeignStorageException>("another program");
    }

    [Fact]
    public async Task ForeignDatabaseInWalMode_IsRefusedAndUntouched()
    {
        _folder.Run("PRAGMA application_id = 77; PRAGMA journal_mode = WAL; CREATE TABLE theirs (x)");
        await RefusedUntouchedAsync<ForeignStorageException>("another program");
    }

    [Fact]
    public async Task NewerSchema_IsRefusedAndUntouched()
    {
        await _folder.FillAsync(Appends.Append("D-1", 1));
        _folder.Run("PRAGMA journal_mode = DELETE; PRAGMA user_version = 999");
        await RefusedUntouchedAsync<StorageTooNewException>("999");
    }

    [Fact]
    public async Task NewerSchemaThatStandsInTheLogAlone_IsRefused()
    {
        await _folder.FillAsync(Appends.Append("D-1", 1));
        using var newer = SqliteDatabase.OpenForWriting(_folder.Database, new SqliteTuning());
        SqliteDatabase.Run(newer, "PRAGMA user_version = 999");

        await using var store = _folder.Store();
        var refusal = await Assert.ThrowsAsync<StorageTooNewException>(async () => await store.OpenAsync(Ct));

        Assert.Contains("999", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(5_000)]
    public async Task FileThatIsNoDatabase_IsRefusedAndUntouched(int length)
    {
        Directory.CreateDirectory(_folder.Path);
        await File.WriteAllBytesAsync(_folder.Database, [.. Enumerable.Range(0, length).Select(n => (byte)n)], Ct);
        await RefusedUntouchedAsync<StorageCorruptException>("workflow.db");
    }

    [Fact]
    public async Task LogWithoutItsDatabase_IsRefusedAndUntouched()
    {
        Directory.CreateDirectory(_folder.Path);
        await File.WriteAllTextAsync(_folder.Database + "-wal", "the only copy of something", Ct);
        await RefusedUntouchedAsync<StorageCorruptException>("backup");
    }

    [Fact]
    public async Task DamagedPages_AreToldByName()
    {
        await _folder.FillAsync([.. Enumerable.Range(0, 200).Select(n => Appends.Append($"D-{n}", 1))]);
        await using (var file = new FileStream(_folder.Database, FileMode.Open))
        {
            // The header and the schema stay; every page behind is overwritten.
            file.Position = 8 * 4096;
            await file.WriteAsync(Enumerable.Repeat((byte)0xA5, (int)(file.Length - file.Position)).ToArray(), Ct);
        }

        var fault = await Assert.ThrowsAnyAsync<StorageException>(async () =>
        {
            await using var store = await _folder.OpenAsync();
            await store.ReadJournalAsync(default, 1_000, Ct);
        });

        Assert.IsType<StorageCorruptException>(fault);
        AssertOneLine(fault, "backup");
    }

    [Fact]
    public async Task EmptyFile_IsTakenForANewStore()
    {
        Directory.CreateDirectory(_folder.Path);
        await File.WriteAllBytesAsync(_folder.Database, [], Ct);

        await using var store = await _folder.OpenAsync();

        Assert.Equal(new JournalTotals(0, 0), await store.CountAsync(Ct));
    }

    [Fact]
    public async Task DraftOfACrashedCreation_IsReplaced()
    {
        Directory.CreateDirectory(_folder.Path);
        await File.WriteAllTextAsync(_folder.Database + ".new", "half a database", Ct);

        await using (await _folder.OpenAsync())
        {
        }

        Assert.Equal(["workflow.db"], _folder.Content().Keys);
    }

    [Fact]
    public async Task OlderSchema_IsMigratedInOneTransactionOrNotAtAll()
    {
        await _folder.FillAsync(Appends.Append("D-1", 1));
        const string Good = "CREATE TABLE later (x INTEGER) STRICT;";
        var failing = new SqliteTuning { Migrations = [.. SqliteSchema.Migrations, Good, "CREATE TABLE later (y INTEGER);"] };
        var passing = new SqliteTuning { Migrations = [.. SqliteSchema.Migrations, Good] };

        await using (var store = _folder.Store(failing))
            await Assert.ThrowsAsync<StorageUnavailableException>(async () => await store.OpenAsync(Ct));
        Assert.Equal((long)SqliteSchema.Migrations.Count, _folder.Run("PRAGMA user_version"));
        Assert.Equal(0L, _folder.Run("SELECT count(*) FROM sqlite_schema WHERE name = 'later'"));

        await using (var store = await _folder.OpenAsync(passing))
            Assert.Equal(1, (await store.LoadAsync("D-1", Ct))?.Version);
        Assert.Equal(SqliteSchema.Migrations.Count + 1L, _folder.Run("PRAGMA user_version"));
    }

    [Fact]
    public async Task FileOfVersionOne_IsMigratedAndItsClosedDossiersClosedWithTheirLastRow()
    {
        Directory.CreateDirectory(_folder.Path);
        using (SqliteDatabase.OpenForWriting(_folder.Database, new SqliteTuning { Migrations = [SqliteSchema.Migrations[0]] }))
        {
        }

        _folder.Run("""
            INSERT INTO dossier (code, version, hash, procedure, procedure_version, unit, state, closed, data)
                VALUES ('D-1', 2, x'01', 'p', '1', 'u', 'Done', 1, x'02'), ('D-2', 1, x'01', 'p', '1', 'u', 'Open', 0, x'02');
            INSERT INTO dossier_event (position, code, version, occurred_at, recorded_at, actor, caller, command_id, command_digest, salt, data, personal_digest, hash)
                SELECT position, code, version, '2020-11-0' || version || 'T08:00:00.000+07:00', '2020-11-06T08:00:00.000+07:00', 'a', 'c', code || version, x'', x'', x'', x'', x'01'
                FROM (SELECT 1 AS position, 'D-1' AS code, 1 AS version UNION ALL SELECT 2, 'D-2', 1 UNION ALL SELECT 3, 'D-1', 2);
            """);

        await using var store = await _folder.OpenAsync();
        Assert.Equal(0, await store.ArchiveAsync(new DateTimeOffset(2020, 11, 2, 8, 0, 0, TimeSpan.FromHours(7)), 10, Ct));
        Assert.Equal(1, await store.ArchiveAsync(new DateTimeOffset(2020, 11, 2, 8, 0, 1, TimeSpan.FromHours(7)), 10, Ct));
        Assert.Equal((long)SqliteSchema.Migrations.Count, _folder.Run("PRAGMA user_version"));
        Assert.Equal(["D-1", "D-2", "D-1"], (await store.ReadJournalAsync(default, 10, Ct)).Select(row => row.Code));
    }

    [Fact]
    public async Task Positions_GoOnBehindThoseOfTheArchive()
    {
        var closed = Appends.Append("D-1", 1) with { Snapshot = Appends.Snapshot() with { Closed = true, WakeAt = null } };
        await _folder.FillAsync(closed);
        await using (var store = await _folder.OpenAsync())
            Assert.Equal(1, await store.ArchiveAsync(DateTimeOffset.MaxValue, 10, Ct));

        await using var reopened = await _folder.OpenAsync();

        Assert.Equal(2, (await reopened.AppendAsync(Appends.Append("D-2", 1))).Position);
    }

    [Fact]
    public async Task JournalWithAnArchive_IsMergedWithoutSorting()
    {
        await _folder.FillAsync();
        using var connection = SqliteDatabase.OpenForReading(_folder.Database, new SqliteTuning());
        using var explain = new SqliteStatement(connection, $"EXPLAIN QUERY PLAN {SqliteReader.JournalSql}");
        var steps = new List<string>();
        while (explain.Step())
            steps.Add(explain.Text(3));

        Assert.Contains("MERGE (UNION ALL)", steps);
        Assert.DoesNotContain(steps, step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Times_StandInTheFileAsFixedWidthText()
    {
        await _folder.FillAsync(Appends.Append("D-1", 1) with { OccurredAt = Appends.Start });

        Assert.Equal("2020-11-06T07:31:05.123+07:00", _folder.Run("SELECT occurred_at FROM dossier_event"));
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private async Task RefusedUntouchedAsync<T>(string says)
        where T : StorageException
    {
        var before = _folder.Content();
        await using var store = _folder.Store();

        var refusal = await Assert.ThrowsAsync<T>(async () => await store.OpenAsync(Ct));

        AssertOneLine(refusal, says);
        Assert.Equal(before, _folder.Content());
    }

    private static void AssertOneLine(StorageException fault, string says)
    {
        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
        Assert.Contains(Path.DirectorySeparatorChar + "workflow.db", fault.Message, StringComparison.Ordinal);
    }
}
