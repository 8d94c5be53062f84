using Workflow.Engine.Audit;
using Workflow.Engine.Journal;
using Workflow.Engine.Postgres;
using Workflow.Engine.Tests.Journal;
using Workflow.Engine.Tests.Postgres;
using Workflow.Engine.Tests.Sqlite;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Audit;

[Collection(PostgresTests.Name)]
public sealed class AuditWhileWritingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sqlite_WhileCommandsGoOn_RaisesNoFalseAlarm()
    {
        using var folder = new DataFolder();
        await using var store = await folder.OpenAsync();
        await RaisesNoAlarmAsync(store);
    }

    [Fact]
    public async Task Postgres_WhileCommandsGoOn_RaisesNoFalseAlarm()
    {
        var server = PostgresServer.Require();
        var schema = server.CreateSchema();
        await using (var store = new PostgresJournalStore(schema, new FixedTime(Appends.Start)))
        {
            await store.OpenAsync(Ct);
            await RaisesNoAlarmAsync(store);
        }

        server.DropSchema(schema);
    }

    private static async Task RaisesNoAlarmAsync(IJournalStore store)
    {
        await AuditedStore.FillAsync(store);
        var anchors = await AuditContract.AnchoredAsync(store);
        await using var engine = await Office.OpenAsync(store, new VirtualClock(Office.Start.AddHours(2)));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var writers = Enumerable.Range(0, 4).Select(w => Task.Run(
            async () =>
            {
                for (var i = 0; !stop.IsCancellationRequested; i++)
                {
                    var code = await engine.AcceptedAsync($"w{w}/{i}");
                    Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request($"w{w}/f{i}")));
                    var old = new Core.Dossiers.DossierCode(anchors[((i * 4) + w) % anchors.Count].Code);
                    Office.Accepted(await engine.ExecuteAsync(old, new Core.Dossiers.AssignDossier { Officer = $"o{i}" }, Office.Request($"w{w}/a{i}")));
                }
            },
            Ct)).ToList();

        var rows = 0L;
        for (var audits = 0; audits < 8; audits++)
        {
            var report = await AuditedStore.VerifyAsync(store, anchors);
            Assert.True(report.IsIntact, AuditedStore.Texts(report));
            rows = report.Events;

            // Taken while commands go on, anchors fit what they were taken from.
            if (audits == 3)
            {
                anchors = await AuditContract.AnchoredAsync(store);
                Assert.All(anchors, a => Assert.NotNull(a.Places));
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
        Assert.True(rows > AuditedStore.Dossiers * AuditedStore.Versions, "Nothing was written meanwhile.");
    }
}
