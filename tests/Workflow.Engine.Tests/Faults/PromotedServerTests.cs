using Npgsql;
using Workflow.Engine.Postgres;
using Workflow.Engine.Tests.Journal;

namespace Workflow.Engine.Tests.Faults;

[Collection(FaultTests.Name)]
public sealed class PromotedServerTests
{
    // A standby that was promoted may lack transactions of before, whose numbers it gives again.
    [Fact]
    public async Task Host_ThatOpensRightAfterAPromotion_BeginsANewEpoch()
    {
        using var server = OwnServer.Start();
        await AppendAsync("D-1", 1);
        var before = await EpochAsync();
        server.Promote();

        await AppendAsync("D-1", 2);
        var after = await EpochAsync();
        await AppendAsync("D-1", 3);

        Assert.Equal((before + 1, before + 1), (after, await EpochAsync()));

        async Task AppendAsync(string code, int version)
        {
            await using var store = new PostgresJournalStore(server.ConnectionString, TimeProvider.System);
            await store.OpenAsync(TestContext.Current.CancellationToken);
            await store.AppendAsync([Appends.Append(code, version)]);
        }

        async Task<int> EpochAsync()
        {
            await using var source = NpgsqlDataSource.Create(server.ConnectionString);
            await using var asking = source.CreateCommand("SELECT epoch FROM dossier_event ORDER BY position DESC LIMIT 1");
            return (int)(await asking.ExecuteScalarAsync())!;
        }
    }
}
