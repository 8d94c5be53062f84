using Workflow.Engine.Audit;
using Workflow.Engine.Journal;
using Workflow.Engine.Sqlite;
using Workflow.Engine.Tests.Sqlite;

namespace Workflow.Engine.Tests.Faults;

/// <summary>kill -9 at random moments under load: nothing that was answered is lost, nothing happens twice.</summary>
public sealed class KilledProcessTests
{
    private const int Seed = 20201106;
    private const int Callers = 16;

    [Fact]
    public async Task KilledUnderLoad_LosesNoAnswerAndDoesNothingTwice()
    {
        var rounds = LongRun.IsOn ? 200 : 4;
        using var folder = new DataFolder();
        var random = new Random(Seed);
        var answered = new Dictionary<(int Caller, int Number), Answer>();
        var starts = new int[Callers];
        var repeats = 0;
        for (var round = 0; round < rounds; round++)
        {
            // Now and then soon after the start, while what was answered before is given again.
            foreach (var answer in Crasher.RunAndKill(folder.Path, starts, random.Next(1, LongRun.IsOn ? 4_000 : 1_500)))
            {
                var key = (answer.Caller, answer.Number);
                if (answered.TryGetValue(key, out var first))
                {
                    Assert.True(answer.IsRepeat, $"{answer} was done a second time.");
                    Assert.Equal((first.Code, first.Version), (answer.Code, answer.Version));
                    repeats++;
                }

                answered.TryAdd(key, answer);
                starts[answer.Caller] = Math.Max(starts[answer.Caller], answer.Number + 1);
            }
        }

        Assert.True(repeats > 0, "No command was repeated, so the test has shown nothing of repeats.");
        TestContext.Current.TestOutputHelper?.WriteLine($"{rounds} kills, {answered.Count} answered commands, {repeats} repeats.");
        await CheckAsync(folder.Path, answered);
    }

    private static async Task CheckAsync(string directory, Dictionary<(int Caller, int Number), Answer> answered)
    {
        await using var store = new SqliteJournalStore(directory, TimeProvider.System);
        await store.OpenAsync(CancellationToken.None);
        foreach (var ((caller, number), answer) in answered)
        {
            var stored = await store.FindCommandAsync(answer.Code, $"caller-{caller}", $"command-{number}", CancellationToken.None);
            Assert.True(stored is not null, $"{answer} was answered and is lost.");
            Assert.Equal(answer.Version, stored.Version);
        }

        long rows = 0;
        var commands = new HashSet<(string, string)>();
        for (IReadOnlyList<JournalRow> page = await store.ReadJournalAsync(default, 1000, CancellationToken.None); page.Count > 0; page = await store.ReadJournalAsync(page[^1].Cursor, 1000, CancellationToken.None))
        {
            foreach (var row in page)
            {
                rows++;
                Assert.True(commands.Add((row.Caller, row.CommandId)), $"{row.CommandId} of {row.Caller} was done twice.");
            }
        }

        // What was not answered may have been done: at most one command of each caller in each kill.
        Assert.True(rows >= answered.Count);
        await foreach (var head in store.ReadChainHeadsAsync(CancellationToken.None))
        {
            Assert.Null(await ChainVerification.VerifyAsync(store, head.Code));
        }
    }
}
