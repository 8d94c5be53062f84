using Workflow.Engine.Journal;
using static Workflow.Engine.Tests.Journal.Appends;

namespace Workflow.Engine.Tests.Journal;

public abstract partial class JournalStoreContract
{
    private static readonly DateTimeOffset Later = Start.AddDays(1);

    private static readonly StoredSnapshot Closed = Snapshot("closed") with { State = "Done", Closed = true, WakeAt = null, Due = null };

    [Fact]
    public async Task Archive_TakesTheEarliestClosedDossiersUpToTheLimit()
    {
        await SubmitClosedAsync("A", Start.AddHours(3));
        await SubmitClosedAsync("B", Start.AddHours(1));
        await SubmitClosedAsync("C", Start.AddHours(2));
        await Store.SubmitAsync("D", Snapshot());
        await Store.AppendAsync(Append("E", 1) with { OccurredAt = Start, Snapshot = Closed with { WakeAt = Later } });

        Assert.Equal(4, await Store.CountClosedAsync(Later, Ct));
        Assert.Equal(2, await Store.ArchiveAsync(Later, 2, Ct));
        Assert.Equal(1, await Store.CountClosedAsync(Start.AddHours(3), Ct));
        Assert.Equal(0, await Store.ArchiveAsync(Start.AddHours(3), 10, Ct));
        Assert.Equal(1, await Store.ArchiveAsync(Start.AddHours(3).AddMilliseconds(1), 10, Ct));

        // The one that is open and the one with a wake-up stay.
        Assert.Equal(0, await Store.ArchiveAsync(DateTimeOffset.MaxValue, 10, Ct));
        Assert.Equal(1, await Store.CountClosedAsync(DateTimeOffset.MaxValue, Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Store.ArchiveAsync(Later, 0, Ct));
    }

    [Fact]
    public async Task ArchivedDossiers_AreReadAsBefore()
    {
        for (var n = 0; n < 6; n++)
        {
            await Store.AppendAsync([Append($"D-{n}", 1, $"s{n}"), Append($"D-{n}", 2)]);
            await Store.AppendAsync(Append($"D-{n}", 3) with { OccurredAt = Start.AddHours(1), Snapshot = Closed });
        }

        var before = await EverythingAsync();
        Assert.Equal(3, await Store.ArchiveAsync(Later, 3, Ct));

        Assert.Equivalent(before, await EverythingAsync(), strict: true);
        Assert.Equal(3, await Store.ArchiveAsync(Later, 100, Ct));
        Assert.Equivalent(before, await EverythingAsync(), strict: true);

        // Reading brought nothing back.
        Assert.Equal(0, await Store.CountClosedAsync(Later, Ct));

        async Task<object> EverythingAsync()
        {
            var codes = Enumerable.Range(0, 6).Select(n => $"D-{n}").ToArray();
            return new
            {
                Dossiers = await EachAsync(codes, async code => await Store.LoadAsync(code, Ct)),
                Histories = await EachAsync(codes, async code => await Store.ReadHistoryAsync(code, 2, 2, Ct)),
                Commands = await EachAsync(codes, async code => await Store.FindCommandAsync(code, "portal", $"{code}/2", Ct)),
                Submissions = await EachAsync(Enumerable.Range(0, 7), async n => await Store.FindSubmissionAsync("portal", $"s{n}", Ct)),
                Journal = await Store.ReadJournalAsync(default, 1_000, Ct),
                Heads = await Store.ReadChainHeadsAsync(Ct).ToListAsync(Ct),
                Totals = await Store.CountAsync(Ct),
                Open = await Pages(new() { Unit = "tan-lac" }),
                All = await Pages(new() { OpenOnly = false, Limit = 4 }),
                OfTheUnit = await Pages(new() { Unit = "tan-lac", OpenOnly = false, Limit = 1 }),
                Passed = await Store.ReadOpenAsync(new OpenDossiers(), null, 100, Ct),
                ScannedRows = await Store.ScanRowsAsync(null, Ct).ToListAsync(Ct),
                ScannedRowsOfOne = await Store.ScanRowsAsync("D-1", Ct).ToListAsync(Ct),
                ScannedDossiers = await Store.ScanDossiersAsync(null, Ct).ToListAsync(Ct),
                ScannedDossier = await Store.ScanDossiersAsync("D-1", Ct).ToListAsync(Ct),
                Moments = await Store.ScanMomentsAsync(Ct).ToListAsync(Ct),
                Behind = (await Store.CountBehindAsync(default, 15, Ct), await Store.CountBehindAsync(default, 1_000, Ct)),
                BehindTheEnd = await Store.CountBehindAsync(await Store.ReadEndAsync(Ct), 1_000, Ct),
                Due = await Store.ReadDueAsync(DateTimeOffset.MaxValue, null, 100, Ct),
            };
        }
    }

    [Fact]
    public async Task Journal_WhoseDossiersAreArchivedBetweenTwoPages_IsReadOnceInCommitOrder()
    {
        var committed = new List<(string, int)>();
        for (var n = 0; n < 20; n++)
        {
            JournalAppend[] batch = [Append($"D-{n}", 1), Append($"D-{n}", 2) with { OccurredAt = Start, Snapshot = n % 4 == 0 ? Snapshot() : Closed }];
            await Store.AppendAsync(batch);
            committed.AddRange(batch.Select(append => (append.Code, append.Version)));
        }

        var read = new List<(string, int)>();
        JournalCursor cursor = default;
        IReadOnlyList<JournalRow> page;
        while ((page = await Store.ReadJournalAsync(cursor, 3, Ct)).Count > 0)
        {
            read.AddRange(page.Select(row => (row.Code, row.Version)));
            cursor = page[^1].Cursor;
            await Store.ArchiveAsync(Later, 2, Ct);
        }

        Assert.Equal(committed, read);
        Assert.Equal(0, await Store.CountClosedAsync(Later, Ct));
    }

    [Fact]
    public async Task ChainHeads_OfArchivedDossiers_StandInTheOrderOfAllCodes()
    {
        var codes = Enumerable.Range(0, 2_100).Select(n => $"D-{n:D4}").ToArray();
        await Store.AppendAsync([.. codes.Select((code, n) => Append(code, 1) with { OccurredAt = Start, Snapshot = n % 3 == 0 ? Snapshot() : Closed })]);

        var streamed = new List<string>();
        await foreach (var head in Store.ReadChainHeadsAsync(Ct))
        {
            streamed.Add(head.Code);
            if (streamed.Count % 700 == 1)
                await Store.ArchiveAsync(Later, 450, Ct);
        }

        Assert.Equal(codes, streamed);
    }

    [Fact]
    public async Task Command_RepeatedToAnArchivedDossier_IsARepeatAndLeavesItThere()
    {
        await ArchivedAsync("D-1");

        Assert.Equal(AppendResult.Repeat(2), await Store.AppendAsync(Append("D-1", 4, "D-1/2")));
        Assert.Equal(AppendResult.Repeat(2), await Store.AppendAsync(Append("D-1", 9, "D-1/2")));
        Assert.Equal(AppendResult.RepeatedSubmission("D-1"), await Store.AppendAsync(Append("D-2", 1, "D-1/1")));
        Assert.Equal(AppendResult.Repeat(2), await Store.AppendAsync(Append("D-1", 1, "D-1/2")));

        Assert.Equal(0, await Store.CountClosedAsync(DateTimeOffset.MaxValue, Ct));
        Assert.Equal(new JournalTotals(1, 3), await Store.CountAsync(Ct));
        Assert.Null(await Store.FindSubmissionAsync("portal", "D-1/2", Ct));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public async Task Append_ToAnArchivedDossierWhoseVersionDoesNotFollow_IsAConflictAndLeavesItThere(int version)
    {
        await ArchivedAsync("D-1");

        Assert.Equal(AppendResult.Conflict(), await Store.AppendAsync(Append("D-1", version, "late")));

        Assert.Equal(0, await Store.CountClosedAsync(DateTimeOffset.MaxValue, Ct));
        Assert.Null(await Store.FindCommandAsync("D-1", "portal", "late", Ct));
        Assert.Null(await Store.FindSubmissionAsync("portal", "late", Ct));
        Assert.Equal(new JournalTotals(1, 3), await Store.CountAsync(Ct));
    }

    [Fact]
    public async Task Append_ToAnArchivedDossier_BringsItBackWhole()
    {
        await ArchivedAsync("D-1");
        await ArchivedAsync("D-2");
        var late = Append("D-1", 4, "rate") with { OccurredAt = Start.AddHours(9), Snapshot = Closed with { State = "Rated" } };

        var results = await Store.AppendAsync([Append("D-3", 1), late, Append("D-2", 7), Append("D-1", 5, "rate")]);

        Assert.Equal([AppendOutcome.Committed, AppendOutcome.Committed, AppendOutcome.Conflict, AppendOutcome.Repeat], results.Select(r => r.Outcome));
        Assert.Equal("Rated", (await Store.LoadAsync("D-1", Ct))!.Snapshot.State);
        Assert.Equal([1, 2, 3, 4], (await Store.ReadHistoryAsync("D-1", 1, 10, Ct)).Select(row => row.Version));
        Assert.Equal(new JournalTotals(3, 8), await Store.CountAsync(Ct));

        // It closed anew, with the command that left it closed.
        Assert.Equal(0, await Store.CountClosedAsync(Start.AddHours(9), Ct));
        Assert.Equal(1, await Store.ArchiveAsync(Start.AddHours(10), 10, Ct));
        Assert.Equal(AppendResult.Repeat(4), await Store.AppendAsync(Append("D-1", 5, "rate")));
    }

    [Fact]
    public async Task ArchivedDossier_ThatIsOpenedAgain_IsInTheListsOfOpenOnesAndWakes()
    {
        await ArchivedAsync("D-1");

        var results = await Store.AppendAsync([Append("D-1", 4), Append("D-1", 5)]);

        Assert.All(results, result => Assert.Equal(AppendOutcome.Committed, result.Outcome));
        Assert.Equal(["D-1"], await Codes(new() { Unit = "tan-lac" }));
        Assert.Equal(["D-1"], await Store.ReadOpenAsync(new OpenDossiers(), null, 10, Ct));
        Assert.Equal(["D-1"], (await Store.ReadDueAsync(DateTimeOffset.MaxValue, null, 10, Ct)).Select(w => w.Code));
        Assert.Equal(0, await Store.ArchiveAsync(DateTimeOffset.MaxValue, 10, Ct));
        Assert.Equal([1, 2, 3, 4, 5], (await Store.ReadJournalAsync(default, 10, Ct)).Select(row => row.Version));
    }

    [Fact]
    public async Task Submission_WhoseCodeAnArchivedDossierHas_IsAConflictAndNoSubmission()
    {
        await ArchivedAsync("D-1");

        var results = await Store.AppendAsync([Append("D-2", 1), Append("D-1", 1, "other"), Append("D-1", 2, "more")]);

        Assert.Equal([AppendOutcome.Committed, AppendOutcome.Conflict, AppendOutcome.Conflict], results.Select(r => r.Outcome));
        Assert.Null(await Store.FindSubmissionAsync("portal", "other", Ct));
        Assert.Equal(3, (await Store.LoadAsync("D-1", Ct))!.Version);
        Assert.Equal(new JournalTotals(2, 4), await Store.CountAsync(Ct));
    }

    [Fact]
    public async Task WorkLists_WithArchivedDossiers_ShowExactlyTheDossiersThatMatch()
    {
        var all = await SubmitVariedDossiers();
        await Store.AppendAsync([.. all.Where(pair => pair.Value.Closed)
            .Select(pair => Append(pair.Key, 2) with { OccurredAt = Start, Snapshot = pair.Value with { WakeAt = null } })]);
        var before = new List<List<string>>();
        foreach (var moved in new[] { 10, 10, 8, 0 })
        {
            for (var filters = 0; filters < 32; filters++)
            {
                var query = new WorkListQuery
                {
                    Unit = (filters & 1) != 0 ? "tan-lac" : null,
                    Assignee = (filters & 2) != 0 ? "b" : null,
                    State = (filters & 4) != 0 ? "Verifying" : null,
                    DueBefore = (filters & 8) != 0 ? Start.AddDays(2) : null,
                    OpenOnly = (filters & 16) != 0,
                    Limit = 5,
                };
                var codes = await Pages(query);
                if (before.Count <= filters)
                    before.Add(codes);
                Assert.Equal(before[filters], codes);
            }

            Assert.Equal(moved, await Store.ArchiveAsync(Later, 10, Ct));
        }
    }

    [Fact]
    public async Task CommandsReadersAndTheArchiverAtOnce_SeeOneJournal()
    {
        const int Dossiers = 6;
        const int Rounds = 25;
        await Store.AppendAsync([.. Enumerable.Range(0, Dossiers).Select(n => Append($"D-{n}", 1) with { OccurredAt = Start, Snapshot = Closed })]);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Ct);

        // Commands begin when the archiver has begun, so that they meet.
        var archiving = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var archivers = Enumerable.Range(0, 2).Select(_ => Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                if (await Store.ArchiveAsync(Later, 2, Ct) > 0)
                    archiving.TrySetResult();
                await Task.Yield();
            }
        })).ToArray();
        var reader = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                Assert.Equal(Dossiers, (await Store.CountAsync(Ct)).Dossiers);
                Assert.Equal(Dossiers, (await Store.QueryWorkListAsync(new() { OpenOnly = false }, Ct)).Count);
                var stored = await Store.LoadAsync("D-0", Ct);
                Assert.True((await Store.ReadHistoryAsync("D-0", 1, 1_000, Ct)).Count >= stored!.Version);
                Assert.NotNull(await Store.FindCommandAsync("D-0", "portal", "D-0/1", Ct));
                Assert.Equal(Dossiers, (await Store.ReadChainHeadsAsync(Ct).ToListAsync(Ct)).Count);
            }
        });
        var followed = new List<(string Code, int Version)>();
        JournalCursor cursor = default;
        var follower = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
                await FollowAsync();
        });
        try
        {
            await Task.WhenAll(Enumerable.Range(0, Dossiers).Select(n => Task.Run(async () =>
            {
                await archiving.Task.WaitAsync(TimeSpan.FromSeconds(30), Ct);
                for (var version = 2; version <= Rounds + 1; version++)
                {
                    var append = Append($"D-{n}", version) with { OccurredAt = Start.AddSeconds(version), Snapshot = version % 3 == 0 ? Snapshot() : Closed };
                    Assert.Equal(AppendOutcome.Committed, (await Store.AppendAsync(append)).Outcome);
                    Assert.Equal(AppendResult.Repeat(version - 1), await Store.AppendAsync(Append($"D-{n}", version + 1, $"D-{n}/{version - 1}")));
                }
            })));
        }
        finally
        {
            await done.CancelAsync();
        }

        await Task.WhenAll([reader, follower, .. archivers]);
        while (await FollowAsync())
        {
        }

        Assert.Equal(Dossiers * (Rounds + 1), followed.Count);
        for (var n = 0; n < Dossiers; n++)
        {
            Assert.Equal(Enumerable.Range(1, Rounds + 1), followed.Where(row => row.Code == $"D-{n}").Select(row => row.Version));
            Assert.Equal(Enumerable.Range(1, Rounds + 1), (await Store.ReadHistoryAsync($"D-{n}", 1, 1_000, Ct)).Select(row => row.Version));
        }

        async Task<bool> FollowAsync()
        {
            var page = await Store.ReadJournalAsync(cursor, 4, Ct);
            followed.AddRange(page.Select(row => (row.Code, row.Version)));
            cursor = page.Count > 0 ? page[^1].Cursor : cursor;
            return page.Count > 0;
        }
    }

    private static async Task<List<T>> EachAsync<TKey, T>(IEnumerable<TKey> keys, Func<TKey, Task<T>> read)
    {
        var answers = new List<T>();
        foreach (var key in keys)
            answers.Add(await read(key));
        return answers;
    }

    private async Task SubmitClosedAsync(string code, DateTimeOffset at) =>
        Assert.Equal(AppendOutcome.Committed, (await Store.AppendAsync(Append(code, 1) with { OccurredAt = at, Snapshot = Closed })).Outcome);

    /// <summary>A dossier of three versions, in the archive.</summary>
    private async Task ArchivedAsync(string code)
    {
        await Store.AppendAsync([Append(code, 1), Append(code, 2), Append(code, 3) with { OccurredAt = Start, Snapshot = Closed }]);
        Assert.Equal(1, await Store.ArchiveAsync(Later, 10, Ct));
    }
}
