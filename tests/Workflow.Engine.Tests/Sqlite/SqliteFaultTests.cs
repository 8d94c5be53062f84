using System.Diagnostics;
using Workflow.Engine.Journal;
using Workflow.Engine.Sqlite;
using Workflow.Engine.Tests.Journal;

namespace Workflow.Engine.Tests.Sqlite;

/// <summary>What the embedded store says and keeps when the system below it fails.</summary>
public sealed class SqliteFaultTests : IDisposable
{
    private readonly DataFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SecondOpener_IsRefusedUntilTheFirstCloses()
    {
        await using var second = _folder.Store();
        await using (var first = await _folder.OpenAsync())
        {
            var refusal = await Assert.ThrowsAsync<StorageInUseException>(async () => await second.OpenAsync(Ct));
            Assert.Contains(_folder.Path, refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', refusal.Message);
            Assert.Equal(AppendOutcome.Committed, (await first.AppendAsync(Appends.Append("D-1", 1))).Outcome);
        }

        await second.OpenAsync(Ct);
        Assert.Equal(1, (await second.LoadAsync("D-1", Ct))?.Version);
    }

    [Fact]
    public async Task FullDisk_FailsTheWholeBatchAndKeepsWhatWasStored()
    {
        await using (var store = await _folder.OpenAsync(new SqliteTuning { MaxPages = 60 }))
        {
            var stored = 0;
            var full = await Assert.ThrowsAsync<StorageFullException>(async () =>
            {
                for (; ; stored++)
                    await store.AppendAsync([Sized($"A-{stored}", 100), Sized($"B-{stored}", 9_000)]);
            });

            Assert.Contains("space", full.Message, StringComparison.Ordinal);
            Assert.True(stored > 0);
            Assert.Equal(new JournalTotals(2 * stored, 2 * stored), await store.CountAsync(Ct));
            Assert.Null(await store.LoadAsync($"A-{stored}", Ct));
            Assert.Null(await store.FindSubmissionAsync("portal", $"A-{stored}/1", Ct));
        }

        await using var roomy = await _folder.OpenAsync();
        var before = (await roomy.ReadJournalAsync(default, 1_000, Ct))[^1].Position;
        Assert.Equal(before + 1, (await roomy.AppendAsync(Sized("A-again", 9_000))).Position);
        Assert.Equal("ok", _folder.Run("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task SmallerBatch_AfterAFullDisk_StillCommitsInOrder()
    {
        await using var store = await _folder.OpenAsync(new SqliteTuning { MaxPages = 60 });
        var first = await store.AppendAsync(Appends.Append("D-1", 1));
        await Assert.ThrowsAsync<StorageFullException>(async () =>
            await store.AppendAsync([Sized("D-2", 100), Sized("D-3", 300_000)]));

        var next = await store.AppendAsync(Appends.Append("D-1", 2));

        Assert.Equal(AppendResult.Committed(first.Position + 1, 2), next);
    }

    [Fact]
    public async Task LockOfAnotherProgram_IsToldByNameAndPasses()
    {
        await using var store = await _folder.OpenAsync(new SqliteTuning { BusyTimeout = TimeSpan.FromMilliseconds(1) });
        using (var other = SqliteDatabase.OpenForWriting(_folder.Database, new SqliteTuning()))
        {
            SqliteDatabase.Run(other, "BEGIN IMMEDIATE");
            var busy = await Assert.ThrowsAsync<StorageInUseException>(async () => await store.AppendAsync(Appends.Append("D-1", 1)));
            Assert.Contains("workflow.db", busy.Message, StringComparison.Ordinal);
        }

        Assert.Equal(AppendOutcome.Committed, (await store.AppendAsync(Appends.Append("D-1", 1))).Outcome);
    }

    [Fact]
    public async Task PathThatIsAFile_IsRefused()
    {
        await File.WriteAllTextAsync(_folder.Path, "no directory", Ct);
        await using var store = _folder.Store();

        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await store.OpenAsync(Ct));
        File.Delete(_folder.Path);
    }

    [Fact]
    public async Task ReadOnlyDirectory_IsRefusedAndUntouched()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a directory's write permission is Unix's");
        await _folder.FillAsync(Appends.Append("D-1", 1));
        var before = _folder.Content();
        // Permissions do not bind root: a read-only mount does.
        var root = Environment.UserName == "root";
        if (root)
        {
            Assert.SkipUnless(Succeeds("mount", "--bind", _folder.Path, _folder.Path), "root may not mount here");
            Assert.True(Succeeds("mount", "-o", "remount,ro,bind", _folder.Path));
        }
        else
        {
            Assert.True(Succeeds("chmod", "a-w", _folder.Path));
        }

        try
        {
            await using var store = _folder.Store();
            var refusal = await Assert.ThrowsAsync<StorageReadOnlyException>(async () => await store.OpenAsync(Ct));
            Assert.Contains(_folder.Path, refusal.Message, StringComparison.Ordinal);
            Assert.Equal(before, _folder.Content());
        }
        finally
        {
            if (root)
                Assert.True(Succeeds("umount", _folder.Path));
            else
                Assert.True(Succeeds("chmod", "u+w", _folder.Path));
        }
    }

    [Fact]
    public async Task TinyDisk_IsToldAsFullAndLosesNothing()
    {
        Directory.CreateDirectory(_folder.Path);
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Succeeds("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", _folder.Path), "needs the right to mount");
        try
        {
            var stored = 0;
            await using (var store = await _folder.OpenAsync())
            {
                await Assert.ThrowsAsync<StorageFullException>(async () =>
                {
                    for (; ; stored++)
                        await store.AppendAsync(Sized($"D-{stored}", 3_000));
                });
                Assert.Equal(new JournalTotals(stored, stored), await store.CountAsync(Ct));
            }

            Assert.True(stored > 0);
            await using var again = await _folder.OpenAsync();
            Assert.Equal(stored, (await again.CountAsync(Ct)).Dossiers);
        }
        finally
        {
            Assert.True(Succeeds("umount", _folder.Path));
        }
    }

    [Fact]
    public async Task Log_UnderEndlessReads_StaysBounded()
    {
        await using var store = await _folder.OpenAsync(new SqliteTuning { CheckpointPages = int.MaxValue, MaxWalBytes = LogBound });
        using var stop = new CancellationTokenSource();
        var reader = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
                await store.ReadJournalAsync(default, 50, Ct);
        });

        for (var n = 0; n < 60; n++)
        {
            await store.AppendAsync(Sized($"D-{n}", 3_000));
            Assert.True(LogLength < 2 * LogBound);
        }

        await stop.CancelAsync();
        await reader;
        Assert.Equal(60, (await store.CountAsync(Ct)).Dossiers);
    }

    [Fact]
    public async Task Log_WhileAnotherProgramReadsOn_GrowsAndIsEmptiedAfterwards()
    {
        await using var store = await _folder.OpenAsync(
            new SqliteTuning { CheckpointPages = int.MaxValue, MaxWalBytes = LogBound, BusyTimeout = TimeSpan.FromMilliseconds(1) });
        var n = 0;
        using (var other = SqliteDatabase.OpenForReading(_folder.Database, new SqliteTuning()))
        {
            SqliteDatabase.Run(other, "BEGIN; SELECT count(*) FROM dossier");
            for (; n < 60; n++)
                await store.AppendAsync(Sized($"D-{n}", 3_000));
            Assert.True(LogLength > 2 * LogBound);
        }

        for (; LogLength > LogBound && n < 300; n++)
            await store.AppendAsync(Sized($"D-{n}", 3_000));

        Assert.True(LogLength <= LogBound);
        Assert.Equal(n, (await store.CountAsync(Ct)).Dossiers);
    }

    private const int LogBound = 200_000;

    private long LogLength => new FileInfo(_folder.Database + "-wal").Length;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private static JournalAppend Sized(string code, int bytes) => Appends.Append(code, 1) with { Data = new byte[bytes] };

    private static bool Succeeds(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
