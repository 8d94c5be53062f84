using Workflow.Engine.Journal;
using Workflow.Engine.Postgres;
using Workflow.Engine.Tests.Journal;

namespace Workflow.Engine.Tests.Postgres;

[Collection(PostgresTests.Name)]
public sealed class PostgresJournalStoreTests : JournalStoreContract
{
    private PostgresServer? _server;
    private string? _schema;

    protected override IJournalStore CreateStore()
    {
        _server ??= PostgresServer.Require();
        _schema ??= _server.CreateSchema();
        return new PostgresJournalStore(_schema, Time);
    }

    public override async ValueTask DisposeAsync()
    {
        if (Store is not null)
        {
            await base.DisposeAsync();
        }

        if (_schema is not null)
        {
            _server!.DropSchema(_schema);
        }
    }
}
