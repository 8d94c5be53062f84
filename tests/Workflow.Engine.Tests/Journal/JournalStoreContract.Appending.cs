using Workflow.Engine.Journal;
using static Workflow.Engine.Tests.Journal.Appends;

namespace Workflow.Engine.Tests.Journal;

public abstract partial class JournalStoreContract
{
    [Fact]
    public async Task Append_OfASubmission_CreatesDossierCommandAndSubmission()
    {
        var append = Append("D-1", 1, "c1");

        var result = await Store.AppendAsync(append);

        Assert.Equal(AppendOutcome.Committed, result.Outcome);
        Assert.Equal(1, result.Version);
        var dossier = await Store.LoadAsync("D-1", Ct);
        Assert.NotNull(dossier);
        Assert.Equal(("D-1", 1), (dossier.Code, dossier.Version));
        Assert.Equal(append.Hash, dossier.Hash);
        Assert.Equivalent(append.Snapshot, dossier.Snapshot, strict: true);
        Assert.Equal("D-1", (await Store.FindSubmissionAsync("portal", "c1", Ct))?.Code);
        var command = await Store.FindCommandAsync("D-1", "portal", "c1", Ct);
        Assert.NotNull(command);
        Assert.Equal(1, command.Version);
        AssertRow(append, command.Row, result.Position);
    }

    [Fact]
    public async Task Append_WithOptionalPartsAbsentAndEmpty_KeepsThemApart()
    {
        var append = Append("D-1", 1) with
        {
            Data = [],
            Personal = null,
            Salt = [],
            TraceContext = null,
            Actor = "",
            Snapshot = Snapshot() with
            {
                Data = [], Personal = [], PortalStatus = null, Role = null, Assignee = "", Due = null, WakeAt = null, Closed = true,
            },
        };

        var result = await Store.AppendAsync(append);

        Assert.Equivalent(append.Snapshot, (await Store.LoadAsync("D-1", Ct))!.Snapshot, strict: true);
        AssertRow(append, (await Store.ReadHistoryAsync("D-1", 1, 1, Ct))[0], result.Position);
    }

    [Fact]
    public async Task Append_OfVietnameseAndSupplementaryText_KeepsEveryCharacter()
    {
        var append = Append("HS-Tân-Lạc-𠀋", 1, new string('ộ', 256)) with { Actor = new string('ễ', 256) };

        Assert.Equal(AppendOutcome.Committed, (await Store.AppendAsync(append)).Outcome);

        var row = Assert.Single(await Store.ReadHistoryAsync(append.Code, 1, 10, Ct));
        Assert.Equal((append.Code, append.CommandId, append.Actor), (row.Code, row.CommandId, row.Actor));
    }

    [Fact]
    public async Task Append_OfTheNextVersion_ReplacesTheSnapshotAndKeepsTheHistory()
    {
        await Store.AppendAsync(Append("D-1", 1));
        var second = Append("D-1", 2) with { Snapshot = Snapshot("second") with { State = "Done", Closed = true, WakeAt = null } };

        Assert.Equal(AppendOutcome.Committed, (await Store.AppendAsync(second)).Outcome);

        var dossier = await Store.LoadAsync("D-1", Ct);
        Assert.Equal(2, dossier!.Version);
        Assert.Equal(second.Hash, dossier.Hash);
        Assert.Equivalent(second.Snapshot, dossier.Snapshot, strict: true);
        Assert.Equal([1, 2], (await Store.ReadHistoryAsync("D-1", 1, 10, Ct)).Select(row => row.Version));
        Assert.Equal(new JournalTotals(1, 2), await Store.CountAsync(Ct));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(1)]
    public async Task Append_WhoseVersionDoesNotFollow_IsAConflictAndLeavesNoTrace(int version)
    {
        await Store.AppendAsync([Append("D-1", 1), Append("D-1", 2)]);

        var result = await Store.AppendAsync(Append("D-1", version, "late"));

        Assert.Equal(AppendResult.Conflict(), result);
        Assert.Equal(2, (await Store.LoadAsync("D-1", Ct))!.Version);
        Assert.Null(await Store.FindCommandAsync("D-1", "portal", "late", Ct));
        Assert.Null(await Store.FindSubmissionAsync("portal", "late", Ct));
        Assert.Equal(new JournalTotals(1, 2), await Store.CountAsync(Ct));
    }

    [Fact]
    public async Task Append_ToADossierThatIsNot_IsAConflict()
    {
        Assert.Equal(AppendResult.Conflict(), await Store.AppendAsync(Append("D-1", 2)));
        Assert.Null(await Store.LoadAsync("D-1", Ct));
        Assert.Equal(new JournalTotals(0, 0), await Store.CountAsync(Ct));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(9)]
    public async Task Append_OfARepeatedCommand_IsARepeatWhateverItsVersion(int version)
    {
        await Store.AppendAsync([Append("D-1", 1), Append("D-1", 2, "fire"), Append("D-1", 3)]);

        Assert.Equal(AppendResult.Repeat(2), await Store.AppendAsync(Append("D-1", version, "fire")));

        Assert.Equal(3, (await Store.LoadAsync("D-1", Ct))!.Version);
        Assert.Equal(new JournalTotals(1, 3), await Store.CountAsync(Ct));
    }

    [Fact]
    public async Task CommandId_IsScopedToItsCallerAndItsDossier()
    {
        var results = await Store.AppendAsync(
        [
            Append("D-1", 1, "a"), Append("D-2", 1, "b"), Append("D-1", 2, "same"), Append("D-1", 3, "same", caller: "other"),
            Append("D-2", 2, "same"), Append("D-3", 1, "same"),
        ]);

        Assert.All(results, result => Assert.Equal(AppendOutcome.Committed, result.Outcome));
        Assert.Equal(2, (await Store.FindCommandAsync("D-1", "portal", "same", Ct))?.Version);
        Assert.Equal(3, (await Store.FindCommandAsync("D-1", "other", "same", Ct))?.Version);
        Assert.Null(await Store.FindCommandAsync("D-3", "other", "same", Ct));
    }

    [Fact]
    public async Task Append_OfARepeatedSubmission_NamesTheDossierAndWritesNothing()
    {
        await Store.AppendAsync(Append("D-1", 1, "submit"));

        Assert.Equal(AppendResult.RepeatedSubmission("D-1"), await Store.AppendAsync(Append("D-2", 1, "submit")));
        Assert.Equal(AppendResult.RepeatedSubmission("D-1"), await Store.AppendAsync(Append("D-1", 1, "submit")));

        Assert.Null(await Store.LoadAsync("D-2", Ct));
        Assert.Equal(new JournalTotals(1, 1), await Store.CountAsync(Ct));
    }

    [Fact]
    public async Task Submission_UnderACommandIdThatTheDossierKnows_IsARepeatAndNoSubmission()
    {
        await Store.AppendAsync([Append("D-1", 1, "submit"), Append("D-1", 2, "fire")]);

        Assert.Equal(AppendResult.Repeat(2), await Store.AppendAsync(Append("D-1", 1, "fire")));

        Assert.Null(await Store.FindSubmissionAsync("portal", "fire", Ct));
    }

    [Fact]
    public async Task Batch_WithTwoSubmissionsOfOneKey_CommitsTheFirst()
    {
        var results = await Store.AppendAsync([Append("D-1", 1, "submit"), Append("D-2", 1, "submit"), Append("D-2", 2)]);

        Assert.Equal(AppendOutcome.Committed, results[0].Outcome);
        Assert.Equal(AppendResult.RepeatedSubmission("D-1"), results[1]);
        Assert.Equal(AppendResult.Conflict(), results[2]);
        Assert.Equal(new JournalTotals(1, 1), await Store.CountAsync(Ct));
    }

    [Fact]
    public async Task Batch_WithEveryKindOfRefusal_CommitsTheNeighbours()
    {
        await Store.AppendAsync([Append("D-1", 1, "submit"), Append("D-1", 2, "fire")]);

        var results = await Store.AppendAsync(
        [
            Append("D-2", 1),
            Append("D-1", 2, "second writer"),
            Append("D-2", 2),
            Append("D-1", 3, "fire"),
            Append("D-1", 3) with { Actor = "a\0b" },
            Append("D-9", 1, "submit"),
            Append("D-1", 3),
            Append("D-1", 5),
            Append("D-1", 4),
        ]);

        Assert.Equal(
            [
                AppendOutcome.Committed, AppendOutcome.Conflict, AppendOutcome.Committed, AppendOutcome.Repeat,
                AppendOutcome.Unstorable, AppendOutcome.RepeatedSubmission, AppendOutcome.Committed, AppendOutcome.Conflict,
                AppendOutcome.Committed,
            ],
            results.Select(result => result.Outcome));
        Assert.Equal(4, (await Store.LoadAsync("D-1", Ct))!.Version);
        Assert.Equal(2, (await Store.LoadAsync("D-2", Ct))!.Version);
        Assert.Equal(new JournalTotals(2, 6), await Store.CountAsync(Ct));
    }

    [Fact]
    public async Task Batch_OfNothing_IsNothing()
    {
        Assert.Empty(await Store.AppendAsync([]));
        Assert.Equal(new JournalTotals(0, 0), await Store.CountAsync(Ct));
    }

    [Fact]
    public async Task Appends_OfManyWritersToOneDossier_CommitEachVersionOnce()
    {
        await Store.AppendAsync(Append("D-1", 1));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (var n = 0; n < 10; n++)
            {
                AppendResult result;
                do
                {
                    var current = await Store.LoadAsync("D-1", Ct);
                    result = await Store.AppendAsync(Append("D-1", current!.Version + 1, $"{writer}/{n}"));
                }
                while (result.Outcome == AppendOutcome.Conflict);
                Assert.Equal(AppendOutcome.Committed, result.Outcome);
            }
        })));

        var history = await Store.ReadHistoryAsync("D-1", 1, 1_000, Ct);
        Assert.Equal(Enumerable.Range(1, 81), history.Select(row => row.Version));
        Assert.Equal(81, history.Select(row => row.CommandId).Distinct().Count());
    }

    private void AssertRow(JournalAppend append, JournalRow row, long position) => Assert.Equivalent(
        new JournalRow
        {
            Cursor = row.Cursor with { Position = position },
            Code = append.Code,
            Version = append.Version,
            OccurredAt = append.OccurredAt,
            RecordedAt = Time.Now,
            Actor = append.Actor,
            Caller = append.Caller,
            CommandId = append.CommandId,
            CommandDigest = append.CommandDigest,
            Salt = append.Salt,
            Data = append.Data,
            Personal = append.Personal,
            PersonalDigest = append.PersonalDigest,
            Hash = append.Hash,
            TraceContext = append.TraceContext,
        },
        row,
        strict: true);
}
