using Workflow.Engine.Hosts;
using Workflow.Engine.Journal;
using static Workflow.Engine.Tests.Journal.Appends;

namespace Workflow.Engine.Tests.Journal;

public abstract partial class JournalStoreContract
{
    [Fact]
    public async Task Confirm_TellsVersionsAndCommandsInTheOrderOfTheQuestions()
    {
        await Store.AppendAsync([Append("D-1", 1), Append("D-2", 1), Append("D-1", 2, "fire"), Append("D-1", 3)]);

        var (_, found) = await ConfirmAsync(
            new("D-1", "portal", "fire"), new("D-9"), new("D-2"), new("D-1"), new("D-2", "portal", "fire"), new("D-1", "other", "fire"), new("D-1", "portal", "D-1/3"));

        Assert.Equal([new(3, 2), default, new(1, 0), new(3, 0), new(1, 0), new(3, 0), new(3, 3)], found);
    }

    [Fact]
    public async Task Confirm_OfWhatCannotBeStored_FindsNothingAndDoesNotDisturbTheNeighbours()
    {
        await Store.AppendAsync(Append("D-1", 1));

        var (_, found) = await ConfirmAsync(new("D\0"), new("D-1"), new(""), new("D-1", "portal\0", "D-1/1"), new("D-1", "portal", "\ud83d"), new("D-1", "portal", "D-1/1"));

        Assert.Equal([default, new(1, 0), default, new(1, 0), new(1, 0), new(1, 1)], found);
    }

    [Fact]
    public async Task Confirm_OfManyAndOfNothing_TellsTheRevision()
    {
        await Store.AppendAsync([.. Enumerable.Range(0, 500).Select(n => Append($"D-{n}", 1))]);

        var (ofMany, found) = await ConfirmAsync([.. Enumerable.Range(0, 500).Select(n => new Confirmation($"D-{n}", "portal", $"D-{n}/1"))]);

        Assert.All(found, f => Assert.Equal(new Confirmed(1, 1), f));
        Assert.Equal((await ConfirmAsync()).Revision, ofMany);
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.ConfirmAsync([new("D-1")], [], Ct));
    }

    [Fact]
    public async Task Revision_GrowsWithEachPublicationThatAddsSomething_AndStaysZeroForASingleWriter()
    {
        var step = Store.IsExclusive ? 0 : 1;
        Assert.Equal(0, (await ConfirmAsync()).Revision);

        await Store.PublishAsync(Definition("procedure", "x", "1", "h"), Ct);
        Assert.Equal(step, (await ConfirmAsync()).Revision);
        await Store.PublishAsync(Definition("procedure", "x", "1", "h"), Ct);
        await Assert.ThrowsAsync<DefinitionConflictException>(async () => await Store.PublishAsync(Definition("procedure", "x", "1", "other"), Ct));
        Assert.Equal(step, (await ConfirmAsync()).Revision);
        await Store.PublishAsync(Definition("calendar", "x", "1", "h"), Ct);
        await Store.PublishAsync(Definition("units", "x", "1", "h"), Ct);

        Assert.Equal(3 * step, (await ConfirmAsync()).Revision);
        await ReopenAsync();
        Assert.Equal(3 * step, (await ConfirmAsync()).Revision);
    }

    [Fact]
    public async Task TryPublish_AfterAnotherPublication_DoesNothing_UnlessThereIsASingleWriter()
    {
        Assert.True(await Store.TryPublishAsync(Definition("units", "x", "1", "h"), 0, Ct));

        // The same again is published, whatever else was.
        Assert.True(await Store.TryPublishAsync(Definition("units", "x", "1", "h"), 0, Ct));
        await Assert.ThrowsAsync<DefinitionConflictException>(async () => await Store.TryPublishAsync(Definition("units", "x", "1", "other"), 0, Ct));
        Assert.Equal(Store.IsExclusive, await Store.TryPublishAsync(Definition("units", "x", "2", "h2"), 0, Ct));
        Assert.True(await Store.TryPublishAsync(Definition("units", "x", "2", "h2"), (await ConfirmAsync()).Revision, Ct));

        Assert.Equal(["1", "2"], (await Store.ReadDefinitionsAsync("units", Ct)).Select(d => d.Version));
    }

    [Fact]
    public async Task Publications_OfTheSameByMany_AllSucceedAndCountOnce()
    {
        await Task.WhenAll(Enumerable.Range(0, 16).Select(n => Task.Run(async () => await Store.PublishAsync(Definition("procedure", $"p{n / 8}", "1", "h"), Ct))));

        Assert.Equal(2, (await Store.ReadDefinitionsAsync("procedure", Ct)).Count);
        Assert.Equal(Store.IsExclusive ? 0 : 2, (await ConfirmAsync()).Revision);
    }

    [Fact]
    public async Task Append_DecidedUnderAnotherRevision_IsOutdatedAlone_UnlessThereIsASingleWriter()
    {
        await Store.AppendAsync([Append("D-1", 1, "submit"), Append("D-1", 2, "fire")]);
        await Store.PublishAsync(Definition("procedure", "x", "1", "h"), Ct);
        var (now, _) = await ConfirmAsync();

        var alone = await Store.AppendAsync(Append("D-2", 1) with { Revision = now - 1 });
        var results = await Store.AppendAsync(
        [
            Append("D-3", 1) with { Revision = now },
            Append("D-1", 3) with { Revision = now - 1 },
            Append("D-1", 3, "fire") with { Revision = now - 1 },
            Append("D-9", 1, "submit") with { Revision = now - 1 },
            Append("D-3", 2) with { Revision = now },
        ]);

        var late = Store.IsExclusive ? AppendOutcome.Committed : AppendOutcome.Outdated;
        Assert.Equal(late, alone.Outcome);
        Assert.Equal([AppendOutcome.Committed, late, AppendOutcome.Repeat, AppendOutcome.RepeatedSubmission, AppendOutcome.Committed], results.Select(r => r.Outcome));
        if (!Store.IsExclusive)
        {
            Assert.Null(await Store.LoadAsync("D-2", Ct));
            Assert.Equal(AppendOutcome.Committed, (await Store.AppendAsync(Append("D-2", 1) with { Revision = now })).Outcome);
        }
    }

    [Fact]
    public async Task Publication_AmongAppends_StandsBeforeOrAfterEach()
    {
        await Store.AppendAsync([.. Enumerable.Range(0, 8).Select(n => Append($"D-{n}", 1))]);
        using var stop = new CancellationTokenSource();
        var writers = Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            var (version, revision) = (2, 0L);
            while (!stop.IsCancellationRequested)
            {
                var result = await Store.AppendAsync(Append($"D-{n}", version) with { Revision = revision, Actor = $"{revision}" });
                if (result.Outcome == AppendOutcome.Outdated)
                {
                    revision = (await ConfirmAsync()).Revision;
                }
                else
                {
                    Assert.Equal(AppendOutcome.Committed, result.Outcome);
                    version++;
                }
            }
        })).ToArray();

        for (var n = 1; n <= 10; n++)
        {
            await Store.PublishAsync(Definition("procedure", "x", $"{n}", "h"), Ct);
            var heads = (await ConfirmAsync([.. Enumerable.Range(0, 8).Select(d => new Confirmation($"D-{d}"))])).Found;

            // Whatever comes after the publication was decided with it.
            for (var d = 0; d < 8; d++)
            {
                var later = await Store.ReadHistoryAsync($"D-{d}", heads[d].Version + 1, 1_000, Ct);
                Assert.All(later, row => Assert.Equal(Store.IsExclusive ? "0" : $"{n}", row.Actor));
            }
        }

        await stop.CancelAsync();
        await Task.WhenAll(writers);
    }

    [Fact]
    public async Task Hold_KeepsOtherWritersWaitingAndItsAppendWins()
    {
        await Store.AppendAsync(Append("D-1", 1));
        if (Store.IsExclusive)
        {
            Assert.Null(await Store.HoldAsync("D-1", Ct));
            return;
        }

        Assert.Null(await Store.HoldAsync("D-2", Ct));
        Assert.Null(await Store.HoldAsync("\0", Ct));
        AppendResult held;
        Task<AppendResult> other;
        await using (var hold = await Store.HoldAsync("D-1", Ct))
        {
            Assert.Equal(1, hold!.Dossier.Version);
            other = Task.Run(() => Store.AppendAsync(Append("D-1", 2, "other")), Ct);
            held = await hold.AppendAsync(Append("D-1", 2, "held"));
        }

        Assert.Equal(AppendOutcome.Committed, held.Outcome);
        Assert.Equal(AppendOutcome.Conflict, (await other).Outcome);
        Assert.Equal(held.Position, (await Store.FindCommandAsync("D-1", "portal", "held", Ct))!.Row.Position);
    }

    [Fact]
    public async Task Hold_TellsWhatSpeaksAgainstItsAppend_AndLeavesNothingLocked()
    {
        await Store.AppendAsync([Append("D-1", 1), Append("D-1", 2, "fire")]);
        if (Store.IsExclusive)
        {
            return;
        }

        var outcomes = new List<AppendOutcome>();
        foreach (var append in new[] { Append("D-1", 3, "fire"), Append("D-1", 3) with { Revision = 7 }, Append("D-1", 2), Append("D-1", 3) with { Actor = "\0" } })
        {
            await using var hold = await Store.HoldAsync("D-1", Ct);
            outcomes.Add((await hold!.AppendAsync(append)).Outcome);
        }

        await using (await Store.HoldAsync("D-1", Ct))
        {
            // Held and left without an append.
        }

        Assert.Equal([AppendOutcome.Repeat, AppendOutcome.Outdated, AppendOutcome.Conflict, AppendOutcome.Unstorable], outcomes);
        Assert.Equal(AppendOutcome.Committed, (await Store.AppendAsync(Append("D-1", 3))).Outcome);
    }

    [Theory]
    [InlineData("conflict")]
    [InlineData("repeat")]
    [InlineData("repeated submission")]
    [InlineData("unstorable")]
    [InlineData("outdated")]
    public async Task Batch_OfSixtyFour_WithOneThatIsRefused_CommitsAllOthers(string why)
    {
        await Store.AppendAsync([Append("D-00", 1, "submit"), Append("D-00", 2, "fire")]);
        var (bad, expected) = why switch
        {
            "conflict" => (Append("D-00", 2, "late"), AppendOutcome.Conflict),
            "repeat" => (Append("D-00", 3, "fire"), AppendOutcome.Repeat),
            "repeated submission" => (Append("D-99", 1, "submit"), AppendOutcome.RepeatedSubmission),
            "unstorable" => (Append("D-00", 3) with { Actor = "a\0" }, AppendOutcome.Unstorable),
            _ => (Append("D-00", 3) with { Revision = 5 }, Store.IsExclusive ? AppendOutcome.Committed : AppendOutcome.Outdated),
        };
        var batch = Enumerable.Range(1, 64).Select(n => n == 32 ? bad : Append($"D-{n:D2}", 1)).ToArray();

        var results = await Store.AppendAsync(batch);

        Assert.Equal(expected, results[31].Outcome);
        Assert.All(results.Where((_, i) => i != 31), r => Assert.Equal(AppendOutcome.Committed, r.Outcome));
        Assert.Equal(new JournalTotals(64, 65 + (expected == AppendOutcome.Committed ? 1 : 0)), await Store.CountAsync(Ct));
        Assert.All(await Store.ReadChainHeadsAsync(Ct).ToListAsync(Ct), head => Assert.Equal(head.Code == "D-00" ? expected == AppendOutcome.Committed ? 3 : 2 : 1, head.Version));
    }

    [Fact]
    public async Task Batches_OverTheSameDossiersInOppositeOrder_AllEnd()
    {
        var codes = Enumerable.Range(0, 32).Select(n => $"D-{n:D2}").ToArray();
        await Store.AppendAsync([.. codes.Select(c => Append(c, 1))]);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(writer => Task.Run(async () =>
        {
            var order = writer % 2 == 0 ? codes : [.. codes.Reverse()];
            for (var n = 0; n < 8; n++)
            {
                for (var left = order; left.Length > 0;)
                {
                    var heads = (await ConfirmAsync([.. left.Select(c => new Confirmation(c))])).Found;
                    var results = await Store.AppendAsync([.. left.Select((c, i) => Append(c, heads[i].Version + 1, $"{writer}/{n}"))]);
                    Assert.All(results, r => Assert.True(r.Outcome is AppendOutcome.Committed or AppendOutcome.Conflict, $"{r.Outcome}"));
                    left = [.. left.Where((_, i) => results[i].Outcome == AppendOutcome.Conflict)];
                }
            }
        }, Ct)));

        Assert.All(await Store.ReadChainHeadsAsync(Ct).ToListAsync(Ct), head => Assert.Equal(33, head.Version));
    }

    private async Task<(long Revision, Confirmed[] Found)> ConfirmAsync(params Confirmation[] wanted)
    {
        var found = new Confirmed[wanted.Length];
        return (await Store.ConfirmAsync(wanted, found, Ct), found);
    }
}
