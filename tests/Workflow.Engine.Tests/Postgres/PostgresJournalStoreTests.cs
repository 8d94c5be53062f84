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

    [Fact]
    public async Task Journal_WhereTransactionIdsGainADigit_KeepsTheOrderOfTheirNumbers()
    {
        await Store.AppendAsync([Appends.Append("D-1", 1), Appends.Append("D-1", 2)]);
        PostgresServer.Execute(_schema!, "UPDATE dossier_event SET epoch = 0, transaction_id = (CASE version WHEN 1 THEN '999' ELSE '1000' END)::xid8");

        var first = Assert.Single(await Store.ReadJournalAsync(default, 1, Ct));
        var second = Assert.Single(await Store.ReadJournalAsync(first.Cursor, 1, Ct));

        Assert.Equal((1, 2), (first.Version, second.Version));
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

    [Fact]
    public async Task Journal_OfTransactionsWhoseNumbersGrowByADigit_IsInTheOrderOfTheNumbers()
    {
        await Store.AppendAsync([Appends.Append("D-1", 1), Appends.Append("D-2", 1)]);
        PostgresServer.Execute(_schema!, "UPDATE dossier_event SET transaction_id = CASE code WHEN 'D-1' THEN '10' ELSE '9' END::xid8");

        Assert.Equal(["D-2", "D-1"], (await Store.ReadJournalAsync(default, 10, Ct)).Select(row => row.Code));
    }

    [Fact]
    public async Task Append_OfAHostThatRanOnWhileAnotherBeganAnEpoch_IsReadByAFollowerOfThatEpoch()
    {
        await Store.AppendAsync([Appends.Append("D-1", 1)]);

        // As after the promotion of a standby: the one host goes on, the other one starts there.
        PostgresServer.Execute(_schema!, "UPDATE journal_epoch SET timeline = timeline - 1");
        await using var other = CreateStore();
        await other.OpenAsync(Ct);
        await other.AppendAsync([Appends.Append("D-2", 1)]);
        var read = await other.ReadJournalAsync(default, 10, Ct);
        await Store.AppendAsync([Appends.Append("D-1", 2)]);
        await Store.AppendAsync([Appends.Append("D-3", 1), Appends.Append("D-2", 2)]);

        Assert.Equal(["D-1", "D-2"], read.Select(row => row.Code));
        foreach (var store in new[] { Store, other })
        {
            Assert.Equal(["D-1", "D-2", "D-3"], (await store.ReadJournalAsync(read[^1].Cursor, 10, Ct)).Select(row => row.Code).Order());
        }

        Assert.Equal(await other.ReadEndAsync(Ct), await Store.ReadEndAsync(Ct));
    }
}
