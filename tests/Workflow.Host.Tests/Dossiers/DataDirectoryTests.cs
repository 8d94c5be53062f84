using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Workflow.Host.Tests.Logs;
using Workflow.Host.Tests.Terminal;

namespace Workflow.Host.Tests.Dossiers;

public sealed class DataDirectoryTests
{
    [Fact]
    public async Task DataDirectory_ForeignFile_OneLineAndUntouched()
    {
        using var scratch = new Scratch();
        var database = scratch.File("data/workflow.db", "not a database at all, but somebody's own file");
        await RefusesAsync(scratch, database);
    }

    [Fact]
    public async Task DataDirectory_DatabaseOfAnotherProgram_OneLineAndUntouched()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch.File("data"));
        await ExecuteAsync(scratch.File("data/workflow.db"), "CREATE TABLE tune (name TEXT); INSERT INTO tune VALUES ('x'); PRAGMA user_version = 3;");
        await RefusesAsync(scratch, scratch.File("data/workflow.db"));
    }

    [Fact]
    public async Task DataDirectory_OfANewerRelease_OneLineAndUntouched()
    {
        using var scratch = new Scratch();
        await Run.JsonAsync("log", "replay", scratch.File("log.xes", SmallLog.Text), "--data", scratch.File("data"));
        await ExecuteAsync(scratch.File("data/workflow.db"), "PRAGMA user_version = 9999;");
        await RefusesAsync(scratch, scratch.File("data/workflow.db"));
    }

    [Fact]
    public async Task DataDirectory_ThatCannotBeMade_OneLine()
    {
        using var scratch = new Scratch();
        var data = Path.Combine(scratch.File("file", "in the way"), "data");
        (await Run.CommandAsync("log", "replay", scratch.File("log.xes", SmallLog.Text), "--data", data)).IsUnusable(data);
    }

    [Fact]
    public async Task DataDirectory_ThatMayNotBeWritten_OneLineAndUntouched()
    {
        using var scratch = new Scratch();
        var log = scratch.File("log.xes", SmallLog.Text);
        if (Environment.IsPrivilegedProcess || OperatingSystem.IsWindows())
        {
            // Permissions do not bind this user; a file system without new files does.
            (await Run.CommandAsync("log", "replay", log, "--data", "/proc/workflow-data")).IsUnusable("/proc/workflow-data");
            return;
        }

        var data = Directory.CreateDirectory(scratch.File("data"), UnixFileMode.UserRead | UnixFileMode.UserExecute).FullName;
        (await Run.CommandAsync("log", "replay", log, "--data", data)).IsUnusable(data, "write");
        Assert.Empty(Directory.GetFileSystemEntries(data));
    }

    [Fact]
    public async Task DataDirectory_Empty_OneLine()
    {
        using var scratch = new Scratch();
        (await Run.CommandAsync("log", "replay", scratch.File("log.xes", SmallLog.Text), "--data", " ")).IsUnusable("--data is empty");
    }

    [Fact]
    public async Task Procedure_ChangedUnderTheSameVersion_OneLineNamesIt()
    {
        using var scratch = new Scratch();
        await Run.JsonAsync("log", "replay", scratch.File("log.xes", SmallLog.Text), "--data", scratch.File("data"));
        (await Run.CommandAsync("log", "replay", scratch.File("log.xes", SmallLog.WithActivity("other")), "--data", scratch.File("data"))).IsUnusable("procedure log version 1", "new version");
    }

    private static async Task RefusesAsync(Scratch scratch, string database)
    {
        var before = SHA256.HashData(await File.ReadAllBytesAsync(database));
        var data = Path.GetDirectoryName(database)!;
        (await Run.CommandAsync("log", "replay", scratch.File("log.xes", SmallLog.Text), "--data", data)).IsUnusable(database);
        (await Run.CommandAsync("log", "export", "--out", scratch.File("out.xes"), "--data", data, "--json")).IsUnusable(database);
        (await Run.CommandAsync("load", "--callers", "1", "--seconds", "1", "--dossiers", "1", "--data", data)).IsUnusable(database);
        Assert.Equal(before, SHA256.HashData(await File.ReadAllBytesAsync(database)));
        Assert.False(File.Exists(scratch.File("out.xes")));
    }

    private static async Task ExecuteAsync(string database, string sql)
    {
        await using var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = database, Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
