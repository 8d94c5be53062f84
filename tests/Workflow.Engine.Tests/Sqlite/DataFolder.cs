using Microsoft.Data.Sqlite;
using Workflow.Engine.Journal;
using Workflow.Engine.Sqlite;
using Workflow.Engine.Tests.Journal;

namespace Workflow.Engine.Tests.Sqlite;

/// <summary>A data directory of one test, deleted with everything in it afterwards.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly DirectoryInfo _parent = Directory.CreateTempSubdirectory("workflow-tests-");

    static DataFolder() => SQLitePCL.Batteries_V2.Init();

    public string Path => System.IO.Path.Combine(_parent.FullName, "data");

    public string Database => System.IO.Path.Combine(Path, "workflow.db");

    public SqliteJournalStore Store(SqliteTuning? tuning = null) => new(Path, new FixedTime(Appends.Start), tuning ?? new SqliteTuning());

    public async Task<SqliteJournalStore> OpenAsync(SqliteTuning? tuning = null)
    {
        var store = Store(tuning);
        await store.OpenAsync(TestContext.Current.CancellationToken);
        return store;
    }

    /// <summary>Opens a store, lets the test fill it and closes it.</summary>
    public async Task FillAsync(params JournalAppend[] batch)
    {
        await using var store = await OpenAsync();
        await store.AppendAsync(batch);
    }

    /// <summary>Runs statements on the file as another program would.</summary>
    public object? Run(string sql)
    {
        Directory.CreateDirectory(Path);
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    /// <summary>Every file beside the lock, with its content.</summary>
    public Dictionary<string, string> Content() => Directory.GetFiles(Path)
        .Where(file => !file.EndsWith(".lock", StringComparison.Ordinal))
        .ToDictionary(file => System.IO.Path.GetFileName(file), file => Convert.ToHexString(File.ReadAllBytes(file)), StringComparer.Ordinal);

    public void Dispose() => _parent.Delete(recursive: true);
}
