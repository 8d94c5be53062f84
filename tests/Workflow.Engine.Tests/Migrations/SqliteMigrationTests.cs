using Workflow.Engine.Journal;
using Workflow.Engine.Tests.Sqlite;

namespace Workflow.Engine.Tests.Migrations;

public sealed class SqliteMigrationTests : MigrationContract
{
    private readonly DataFolder _folder = new();

    internal override async ValueTask<IJournalStore> OpenStoreAsync(TimeProvider clock) => await _folder.OpenAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }
}
