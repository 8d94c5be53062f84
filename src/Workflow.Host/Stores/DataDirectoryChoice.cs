using Workflow.Engine.Journal;
using Workflow.Engine.Sqlite;
using Workflow.Host.Terminal;

namespace Workflow.Host.Stores;

/// <summary>The embedded store of a data directory.</summary>
internal sealed class DataDirectoryChoice : StoreChoice
{
    private const string Database = "workflow.db";

    private readonly string _directory;

    /// <exception cref="UnusableInputException">The name is empty.</exception>
    public DataDirectoryChoice(string directory)
    {
        _directory = string.IsNullOrWhiteSpace(directory) ? throw new UnusableInputException("--data is empty: name a data directory") : directory;
    }

    public override string Name => _directory;

    public override string Kind => "directory";

    public override string Option => "--data";

    protected override string Missing => $"{_directory} holds no store ({Database}): name the data directory with --data";

    public override IJournalStore Create(TimeProvider time) => new SqliteJournalStore(_directory, time);

    public override ValueTask<bool> ExistsAsync(CancellationToken cancellationToken) => ValueTask.FromResult(File.Exists(Path.Combine(_directory, Database)));

    public override ValueTask<bool> IsEmptyAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(!Directory.Exists(_directory) || !Directory.EnumerateFileSystemEntries(_directory).Any());

    public override async ValueTask<string?> ReadNoteAsync(string name, CancellationToken cancellationToken) =>
        File.Exists(NoteName(name)) ? await File.ReadAllTextAsync(NoteName(name), cancellationToken).ConfigureAwait(false) : null;

    public override async ValueTask WriteNoteAsync(IJournalStore store, string name, string text, CancellationToken cancellationToken)
    {
        var path = NoteName(name);
        await File.WriteAllTextAsync(path + ".new", text, cancellationToken).ConfigureAwait(false);
        File.Move(path + ".new", path, overwrite: true);
    }

    public override string NoteName(string name) => Path.Combine(_directory, name + ".json");
}
