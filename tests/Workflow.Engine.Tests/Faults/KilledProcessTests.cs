using Workflow.Engine.Journal;
using Workflow.Engine.Postgres;
using Workflow.Engine.Sqlite;
using Workflow.Engine.Tests.Sqlite;

namespace Workflow.Engine.Tests.Faults;

/// <summary>kill -9 at random moments under load: nothing that was answered is lost, nothing happens twice.</summary>
[Collection(FaultTests.Name)]
public sealed class KilledProcessTests
{
    private const int Seed = 20201106;
    private const int Callers = 16;
    private const int Hosts = 2;
    private const int SharedDossiers = 32;

    [Fact]
    public async Task KilledUnderLoad_LosesNoAnswerAndDoesNothingTwice()
    {
        using var folder = new DataFolder();
        var book = new AnswerBook();
        var crasher = new Crasher(("sqlite", folder.Path), "host", Callers);
        var lives = Lives(new Random(Seed), LongRun.IsOn ? 200 : 4, LongRun.IsOn ? 400_000 : 3_000);
        foreach (var answers in lives)
        {
            crasher.RunAndKill(answers, book.Take);
        }

        await using var store = new SqliteJournalStore(folder.Path, TimeProvider.System);
        await CheckAsync(store, book, [crasher], $"SQLite, seed {Seed}, {lives.Length} kills");
    }

    [Fact]
    public async Task HostsKilledUnderLoad_OverOneDatabase_LoseNoAnswerAndDoNothingTwice()
    {
        using var server = OwnServer.Start();
        var book = new AnswerBook();
        var crashers = Enumerable.Range(0, Hosts).Select(n => new Crasher(("postgres", server.ConnectionString), $"host{n}", 2 * Callers, SharedDossiers)).ToArray();
        var lives = Lives(new Random(Seed), LongRun.IsOn ? 200 : 4, LongRun.IsOn ? 1_100_000 : 5_000).Chunk(LongRun.IsOn ? 100 : 2).ToArray();

        // Each dies and comes back while the other goes on.
        await Task.WhenAll(crashers.Select((crasher, n) => Task.Factory.StartNew(
            () =>
            {
                foreach (var answers in lives[n])
                {
                    crasher.RunAndKill(answers, book.Take);
                }
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        await server.WaitUntilLeftAsync();
        await using var store = new PostgresJournalStore(server.ConnectionString, TimeProvider.System);
        await CheckAsync(store, book, crashers, $"PostgreSQL, two hosts, seed {Seed}, {lives.Sum(l => l.Length)} kills");
    }

    // After how many answers each life ends: some soon after the start, while what was answered before is given again, some much later.
    private static int[] Lives(Random random, int kills, int answers)
    {
        var shares = Enumerable.Range(0, kills).Select(_ => random.NextDouble() + 0.01).ToArray();
        return [.. shares.Select(share => (int)Math.Ceiling(answers * share / shares.Sum()))];
    }

    private static async Task CheckAsync(IJournalStore store, AnswerBook book, Crasher[] crashers, string what)
    {
        await store.OpenAsync(CancellationToken.None);
        Assert.True(book.Repeats > 0, "No command was repeated, so the test has shown nothing of repeats.");
        var check = await AnswerCheck.RunAsync(store, book, (caller, id) => crashers.Any(c => c.MayHaveGiven(caller, id)));
        check.AssertHolds($"{what}, {book.Repeats} repeats");
    }
}
