using Workflow.Engine.Journal;
using Workflow.Engine.Postgres;
using Workflow.Engine.Tests.Journal;
using Workflow.Engine.Tests.Postgres;

namespace Workflow.Engine.Tests.Audit;

[Collection(PostgresTests.Name)]
public sealed class PostgresAuditTests : AuditContract
{
    private static readonly string[] s_tables = ["dossier", "dossier_event", "archived_dossier", "archived_event", "submission", "procedure", "calendar", "unit_tree"];
    private static string? s_filled;

    protected override bool IsPostgres => true;

    // The collection runs one test after the other: they share one filled schema, and each finds it as it was.
    protected override async Task<IJournalStore> OpenAsync()
    {
        var server = PostgresServer.Require();
        if (s_filled is null)
        {
            var schema = server.CreateSchema();
            await using (var filling = new PostgresJournalStore(schema, new FixedTime(Appends.Start)))
            {
                await filling.OpenAsync(Ct);
                await AuditedStore.FillAsync(filling);
            }

            PostgresServer.Execute(schema, string.Concat(s_tables.Select(t => $"CREATE TABLE kept_{t} AS TABLE {t};")));
            s_filled = schema;
        }

        PostgresServer.Execute(s_filled, string.Concat(s_tables.Select(t => $"DELETE FROM {t}; INSERT INTO {t} SELECT * FROM kept_{t};")));
        var store = new PostgresJournalStore(s_filled, new FixedTime(Appends.Start));
        await store.OpenAsync(Ct);
        return store;
    }

    protected override void Run(string sql) => PostgresServer.Execute(s_filled!, sql);
}
