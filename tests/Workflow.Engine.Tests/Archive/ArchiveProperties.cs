using FsCheck;
using FsCheck.Fluent;
using Workflow.Engine.Journal;
using Workflow.Engine.Postgres;
using Workflow.Engine.Tests.Journal;
using Workflow.Engine.Tests.Postgres;
using Workflow.Engine.Tests.Sqlite;
using static Workflow.Engine.Tests.Journal.Appends;

namespace Workflow.Engine.Tests.Archive;

/// <summary>Whatever is archived whenever: a store answers as one that archives nothing.</summary>
[Collection(PostgresTests.Name)]
public sealed class ArchiveProperties
{
    private static readonly string[] Codes = ["A", "B", "C"];

    // An append (so far from the version that follows, under this command id), or a pass of the archiver when the limit is above zero.
    private sealed record Step(int Dossier, int Off, int Command, bool Closes, int Archives);

    private static readonly Arbitrary<Step[]> Steps = (
        from steps in Gen.ArrayOf(
            from dossier in Gen.Choose(0, Codes.Length - 1)
            from off in Gen.Frequency((8, Gen.Constant(0)), (1, Gen.Constant(-1)), (1, Gen.Constant(1)))
            from command in Gen.Choose(0, 9)
            from closes in Gen.Elements(true, true, false)
            from archives in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(1, 3)))
            select new Step(dossier, off, command, closes, archives))
        select steps).ToArbitrary();

    [Fact]
    public void Memory_WithArchiving_AnswersAsWithout() => Check(200, async steps =>
    {
        await using var store = new MemoryJournalStore(Clock());
        await store.OpenAsync(default);
        return await AnswersAsWithoutAsync(store, string.Empty, steps);
    });

    [Fact]
    public void Sqlite_WithArchiving_AnswersAsWithout() => Check(15, async steps =>
    {
        using var folder = new DataFolder();
        await using var store = await folder.OpenAsync();
        return await AnswersAsWithoutAsync(store, string.Empty, steps);
    });

    [Fact]
    public async Task Postgres_WithArchiving_AnswersAsWithout()
    {
        var server = PostgresServer.Require();
        var schema = server.CreateSchema();
        await using (var store = new PostgresJournalStore(schema, Clock()))
        {
            await store.OpenAsync(TestContext.Current.CancellationToken);

            // One store for all runs, with codes and command ids of each run's own: making the tables takes longest.
            var run = 0;
            Check(15, steps => AnswersAsWithoutAsync(store, $"{run++}/", steps));
        }

        server.DropSchema(schema);
    }

    private static void Check(int runs, Func<Step[], Task<bool>> holds) => FsCheck.Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(LongRun.Times(runs)), Prop.ForAll(Steps, steps => holds(steps).GetAwaiter().GetResult()));

    private static FixedTime Clock() => new(Start.AddYears(1));

    private static async Task<bool> AnswersAsWithoutAsync(IJournalStore store, string prefix, Step[] steps)
    {
        await using var model = new MemoryJournalStore(Clock());
        await model.OpenAsync(default);
        var clock = Start;
        foreach (var step in steps)
        {
            var code = prefix + Codes[step.Dossier];
            clock = clock.AddMinutes(1);
            var version = ((await model.LoadAsync(code, default))?.Version ?? 0) + 1 + step.Off;
            var append = Append(code, Math.Max(1, version), $"{prefix}c{step.Command}") with
            {
                OccurredAt = clock,
                Snapshot = Snapshot($"{version}") with { Closed = step.Closes, WakeAt = step.Closes ? null : clock.AddDays(1), Due = step.Command % 3 == 0 ? null : clock },
            };
            Assert.Equal((await model.AppendAsync(append)) with { Position = 0 }, (await store.AppendAsync(append)) with { Position = 0 });
            if (step.Archives > 0)
            {
                await store.ArchiveAsync(clock, step.Archives, default);
            }

            Assert.Equivalent(await ShownAsync(model, code, prefix), await ShownAsync(store, code, prefix), strict: true);
        }

        var ours = (IReadOnlyList<JournalRow> rows) => rows.Where(r => r.Code.StartsWith(prefix, StringComparison.Ordinal)).Select(r => (r.Code, r.Version)).ToList();
        Assert.Equal(ours(await model.ReadJournalAsync(default, 10_000, default)), ours(await store.ReadJournalAsync(default, 10_000, default)));
        return true;
    }

    private static async Task<object> ShownAsync(IJournalStore store, string code, string prefix)
    {
        var ours = (string c) => c.StartsWith(prefix, StringComparison.Ordinal);
        return new
        {
            Dossier = await store.LoadAsync(code, default),
            History = (await store.ReadHistoryAsync(code, 1, 100, default)).Select(r => (r.Version, r.CommandId)).ToList(),
            Command = (await store.FindCommandAsync(code, "portal", $"{prefix}c3", default))?.Version,
            Submission = await store.FindSubmissionAsync("portal", $"{prefix}c3", default),
            Heads = (await store.ReadChainHeadsAsync(default).ToListAsync()).Where(h => ours(h.Code)).ToList(),
            Open = (await store.QueryWorkListAsync(new() { Limit = 1_000 }, default)).Where(i => ours(i.Code)).ToList(),
            All = (await store.QueryWorkListAsync(new() { OpenOnly = false, Unit = "tan-lac", Limit = 1_000 }, default)).Where(i => ours(i.Code)).ToList(),
            Passed = (await store.ReadOpenAsync(new OpenDossiers(), null, 1_000, default)).Where(ours).ToList(),
        };
    }
}
