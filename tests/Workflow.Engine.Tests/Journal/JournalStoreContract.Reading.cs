using Workflow.Engine.Journal;
using static Workflow.Engine.Tests.Journal.Appends;

namespace Workflow.Engine.Tests.Journal;

public abstract partial class JournalStoreContract
{
    [Fact]
    public async Task Journal_OfManyBatches_IsReadInCommitOrder()
    {
        var committed = new List<(long Position, string Code, int Version)>();
        for (var n = 0; n < 10; n++)
        {
            JournalAppend[] batch = [Append($"B-{9 - n}", 1), Append($"A-{n}", 1), Append("missing", 7), Append($"A-{n}", 2)];
            var results = await Store.AppendAsync(batch);
            committed.AddRange(results.Zip(batch).Where(pair => pair.First.Outcome == AppendOutcome.Committed)
                .Select(pair => (pair.First.Position, pair.Second.Code, pair.Second.Version)));
        }

        var read = new List<(long Position, string Code, int Version)>();
        var cursors = new List<JournalCursor> { default };
        IReadOnlyList<JournalRow> page;
        while ((page = await Store.ReadJournalAsync(cursors[^1], 7, Ct)).Count > 0)
        {
            read.AddRange(page.Select(row => (row.Position, row.Code, row.Version)));
            cursors.AddRange(page.Select(row => row.Cursor));
        }

        Assert.Equal(30, committed.Count);
        Assert.Equal(committed.OrderBy(row => row.Position), read);
        Assert.All(committed.Chunk(3).Zip(committed.Chunk(3).Skip(1)), pair => Assert.True(pair.First.Max(row => row.Position) < pair.Second.Min(row => row.Position)));
        Assert.Equal(cursors.Order(), cursors);
        Assert.Equal(31, cursors.Distinct().Count());
        Assert.Equal(30, read.Select(row => row.Position).Distinct().Count());
        Assert.True(read[0].Position > 0);
    }

    [Fact]
    public async Task History_IsReadInPagesOfVersions()
    {
        await Store.AppendAsync([.. Enumerable.Range(1, 5).Select(version => Append("D-1", version)), Append("D-2", 1)]);

        Assert.Equal([1, 2], await Versions(1, 2));
        Assert.Equal([3, 4], await Versions(3, 2));
        Assert.Equal([5], await Versions(5, 2));
        Assert.Empty(await Versions(6, 2));
        Assert.Equal([1, 2, 3, 4, 5], await Versions(-3, 99));
        Assert.Empty(await Store.ReadHistoryAsync("D-3", 1, 10, Ct));

        async Task<IEnumerable<int>> Versions(int from, int limit) =>
            (await Store.ReadHistoryAsync("D-1", from, limit, Ct)).Select(row => row.Version);
    }

    [Fact]
    public async Task Times_AreKeptToTheMillisecondInVietnamsOffset()
    {
        var fine = new DateTimeOffset(2020, 12, 31, 20, 0, 0, 1, TimeSpan.Zero).AddTicks(5);
        Time.Now = fine;

        await Store.AppendAsync(Append("D-1", 1) with { OccurredAt = fine, Snapshot = Snapshot() with { Due = fine, WakeAt = fine } });

        var row = Assert.Single(await Store.ReadHistoryAsync("D-1", 1, 1, Ct));
        var snapshot = (await Store.LoadAsync("D-1", Ct))!.Snapshot;
        Assert.Equal("2021-01-01T03:00:00.0010000+07:00", row.OccurredAt.ToString("O"));
        Assert.Equal("2021-01-01T03:00:00.0010000+07:00", row.RecordedAt.ToString("O"));
        Assert.Equal("2021-01-01T03:00:00.0010000+07:00", snapshot.Due?.ToString("O"));
        Assert.Equal("2021-01-01T03:00:00.0020000+07:00", snapshot.WakeAt?.ToString("O"));
        Assert.Empty(await Store.ReadDueAsync(fine, null, 10, Ct));
    }

    [Fact]
    public async Task WakeUps_AreReadUpToAMomentInOrderOfMomentAndCode()
    {
        await Store.SubmitAsync("C", Snapshot() with { WakeAt = Start.AddHours(1) });
        await Store.SubmitAsync("B", Snapshot() with { WakeAt = Start.AddHours(2).ToOffset(TimeSpan.FromHours(-5)) });
        await Store.SubmitAsync("A", Snapshot() with { WakeAt = Start.AddHours(2) });
        await Store.SubmitAsync("D", Snapshot() with { WakeAt = Start.AddHours(3) });
        await Store.SubmitAsync("E", Snapshot() with { WakeAt = null });

        Assert.Equal(Start.AddHours(1), await Store.NextWakeUpAsync(Ct));
        Assert.Empty(await Store.ReadDueAsync(Start, null, 10, Ct));
        Assert.Equal([new("C", Start.AddHours(1)), new("A", Start.AddHours(2)), new("B", Start.AddHours(2))],
            await Store.ReadDueAsync(Start.AddHours(2), null, 10, Ct));
        Assert.Equal(["C", "A"], (await Store.ReadDueAsync(DateTimeOffset.MaxValue, null, 2, Ct)).Select(wakeUp => wakeUp.Code));

        await Store.AppendAsync(Append("C", 2) with { Snapshot = Snapshot() with { WakeAt = null } });
        await Store.AppendAsync(Append("A", 2) with { Snapshot = Snapshot() with { WakeAt = Start.AddHours(9) } });

        Assert.Equal(["B", "D", "A"], (await Store.ReadDueAsync(DateTimeOffset.MaxValue, null, 9, Ct)).Select(wakeUp => wakeUp.Code));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(50)]
    public async Task WakeUps_ReadInPages_ComeOnceEachInOrder(int limit)
    {
        await Store.AppendAsync([.. Enumerable.Range(0, 12).Select(n => Append($"D-{n:D2}", 1) with { Snapshot = Snapshot() with { WakeAt = Start.AddHours(n % 4) } })]);
        var expected = Enumerable.Range(0, 12).Where(n => n % 4 < 3).OrderBy(n => n % 4).ThenBy(n => n).Select(n => $"D-{n:D2}");

        var read = new List<WakeUp>();
        while (await Store.ReadDueAsync(Start.AddHours(2), read.Count == 0 ? null : read[^1], limit, Ct) is { Count: > 0 } page)
        {
            Assert.True(page.Count <= limit);
            read.AddRange(page);
        }

        Assert.Equal(expected, read.Select(wakeUp => wakeUp.Code));
        Assert.Equal(["D-03"], (await Store.ReadDueAsync(DateTimeOffset.MaxValue, new WakeUp("zzz", Start.AddHours(2)), 1, Ct)).Select(wakeUp => wakeUp.Code));
        Assert.Empty(await Store.ReadDueAsync(DateTimeOffset.MaxValue, new WakeUp("zzz", Start.AddHours(3)), 1, Ct));
    }

    [Fact]
    public async Task NextWakeUp_OfAnEmptyStore_IsNone() => Assert.Null(await Store.NextWakeUpAsync(Ct));

    [Fact]
    public async Task ChainHeads_AreOrderedByTheBytesOfTheCode()
    {
        string[] codes = ["a", "B", "Z-10", "Z-1", "Z-9", "é", "\uff21", "𠀋", "ộ", "_"];
        foreach (var (n, code) in codes.Index())
            await Store.AppendAsync([.. Enumerable.Range(1, 1 + (n % 3)).Select(version => Append(code, version))]);

        var heads = await Store.ReadChainHeadsAsync(Ct).ToListAsync(Ct);

        Assert.Equal(["B", "Z-1", "Z-10", "Z-9", "_", "a", "é", "ộ", "\uff21", "𠀋"], heads.Select(head => head.Code));
        Assert.All(heads, head => Assert.Equal(1 + (Array.IndexOf(codes, head.Code) % 3), head.Version));
        Assert.All(heads, head => Assert.Equal(Bytes($"hash of {head.Code} {head.Version}"), head.Hash));
    }

    [Fact]
    public async Task ChainHeads_OfManyDossiers_AreAllStreamed()
    {
        var codes = Enumerable.Range(0, 2_000).Select(n => $"D-{n:D4}").ToArray();
        await Store.AppendAsync([.. codes.Reverse().Select(code => Append(code, 1))]);

        Assert.Equal(codes, await Store.ReadChainHeadsAsync(Ct).Select(head => head.Code).ToListAsync(Ct));
    }

    [Fact]
    public async Task Numbers_StartAtOneForEachUnitAndDay()
    {
        var day = new DateOnly(2020, 11, 6);

        Assert.Equal(1, await Store.ReserveNumbersAsync("tan-lac", day, 10, Ct));
        Assert.Equal(11, await Store.ReserveNumbersAsync("tan-lac", day, 1, Ct));
        Assert.Equal(12, await Store.ReserveNumbersAsync("tan-lac", day, 5, Ct));
        Assert.Equal(1, await Store.ReserveNumbersAsync("tan-lac", day.AddDays(1), 1, Ct));
        Assert.Equal(1, await Store.ReserveNumbersAsync("lac-son", day, 1, Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Store.ReserveNumbersAsync("tan-lac", day, 0, Ct));
    }

    [Fact]
    public async Task Numbers_UnderParallelCallers_AreNeverGivenTwice()
    {
        var blocks = await Task.WhenAll(Enumerable.Range(1, 40).Select(n => Task.Run(async () =>
            (First: await Store.ReserveNumbersAsync("tan-lac", new DateOnly(2020, 11, 6), n, Ct), Count: n))));

        var numbers = blocks.SelectMany(block => Enumerable.Range((int)block.First, block.Count)).Order().ToArray();
        Assert.Equal(numbers.Distinct(), numbers);
        Assert.Equal(1, numbers[0]);
    }

    [Fact]
    public async Task Cursor_IsKeptPerFollowerAndMayGoBack()
    {
        Assert.Null(await Store.ReadCursorAsync("indicators", Ct));

        await Store.SaveCursorAsync("indicators", JournalCursor.At(5_000_000_000), null, Ct);
        await Store.SaveCursorAsync("portal", JournalCursor.At(7), null, Ct);
        Assert.Equal(JournalCursor.At(5_000_000_000), await Store.ReadCursorAsync("indicators", Ct));
        await Store.SaveCursorAsync("indicators", default, null, Ct);

        Assert.Equal(default(JournalCursor), await Store.ReadCursorAsync("indicators", Ct));
        Assert.Equal(JournalCursor.At(7), await Store.ReadCursorAsync("portal", Ct));
    }
}
