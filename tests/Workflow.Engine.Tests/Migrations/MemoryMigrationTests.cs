using Workflow.Engine.Journal;

namespace Workflow.Engine.Tests.Migrations;

public sealed class MemoryMigrationTests : MigrationContract
{
    internal override async ValueTask<IJournalStore> OpenStoreAsync(TimeProvider clock) => await Office.MemoryAsync(clock);
}
