using Npgsql;
using Workflow.Engine.Journal;
using Workflow.Engine.Postgres;
using Workflow.Engine.Tests.Journal;
using Workflow.Engine.Tests.Postgres;

namespace Workflow.Engine.Tests.Archive;

/// <summary>An archiver whose connection ends in the middle has moved a dossier whole or not at all.</summary>
[Collection(PostgresTests.Name)]
public sealed class ArchiveCutTests
{
    private const string Name = "archive-cut";
    private const int Dossiers = 300;
    private const int Kills = 40;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ConnectionsCutWhileArchiving_LoseNothingAndSplitNoDossier()
    {
        var server = PostgresServer.Require();
        var schema = server.CreateSchema();
        await using (var store = new PostgresJournalStore(new NpgsqlConnectionStringBuilder(schema) { ApplicationName = Name }.ConnectionString, new FixedTime(Appends.Start)))
        {
            await store.OpenAsync(Ct);
            var closed = Appends.Snapshot() with { Closed = true, WakeAt = null };
            await store.AppendAsync([.. Enumerable.Range(0, Dossiers).SelectMany(n => new[] { 1, 2, 3 }.Select(v => Appends.Append($"D-{n:D3}", v) with { Snapshot = closed }))]);
            var before = await ShownAsync(store);

            var kills = 0;
            var killer = Task.Run(async () =>
            {
                for (; kills < Kills; kills++)
                {
                    PostgresServer.Execute(schema, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{Name}'");
                    await Task.Yield();
                }
            });
            while (!killer.IsCompleted || await RemainingAsync(store) > 0)
            {
                try
                {
                    await store.ArchiveAsync(DateTimeOffset.MaxValue, 3, Ct);
                }
                catch (StorageUnavailableException)
                {
                    // Its fate is not known: whatever it is, it is whole.
                }
            }

            await killer;
            Assert.Equal(before, await ShownAsync(store));
            using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(schema) { Pooling = false }.ConnectionString);
            await connection.OpenAsync(Ct);
            using var left = new NpgsqlCommand("SELECT (SELECT count(*) FROM dossier) + (SELECT count(*) FROM dossier_event)", connection);
            Assert.Equal(0L, await left.ExecuteScalarAsync(Ct));
        }

        server.DropSchema(schema);
    }

    private static async Task<long> RemainingAsync(PostgresJournalStore store)
    {
        try
        {
            return await store.CountClosedAsync(DateTimeOffset.MaxValue, Ct);
        }
        catch (StorageUnavailableException)
        {
            return long.MaxValue;
        }
    }

    private static async Task<string> ShownAsync(PostgresJournalStore store)
    {
        var heads = await store.ReadChainHeadsAsync(Ct).Select(h => $"{h.Code} {h.Version} {Convert.ToHexString(h.Hash)}").ToListAsync(Ct);
        var rows = (await store.ReadJournalAsync(default, 10_000, Ct)).Select(r => $"{r.Cursor} {r.Code} {r.Version}");
        return string.Join('\n', heads.Concat(rows)) + await store.CountAsync(Ct);
    }
}
