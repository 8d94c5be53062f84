using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Journal;
using Workflow.Engine.Tests.Sqlite;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Faults;

/// <summary>What the other tests of this folder rest on can fail.</summary>
public sealed class AnswerCheckTests : IAsyncLifetime
{
    private readonly DataFolder _folder = new();
    private readonly AnswerBook _book = new();
    private IReadOnlyList<JournalRow> _rows = [];
    private JournalRow _row = null!;

    public async ValueTask InitializeAsync()
    {
        await using var store = await _folder.OpenAsync();
        await using var engine = await Office.OpenAsync(store, new VirtualClock(Office.Start));
        for (var n = 0; n < 3; n++)
        {
            var code = await TakeAsync($"s{n}", r => engine.SubmitAsync(Office.Submission(), r));
            await TakeAsync($"a{n}", r => engine.ExecuteAsync(code, Office.Fire("accept"), r));
            await TakeAsync($"f{n}", r => engine.ExecuteAsync(code, Office.Fire("forward"), r));
        }

        _rows = await store.ReadJournalAsync(default, 100, default);
        _row = _rows[4];
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task StoreAsItWasAnswered_Holds()
    {
        await using var store = await _folder.OpenAsync();
        var check = await AnswerCheck.RunAsync(store, _book, (_, _) => false);

        check.AssertHolds("Nothing");
        Assert.Equal((9, 9), (check.Answered, check.Stored));
    }

    [Theory]
    [InlineData("DELETE FROM dossier_event WHERE command_id = 'f2'")]
    [InlineData("UPDATE dossier_event SET version = 7 WHERE command_id = 'f1'")]
    [InlineData("UPDATE dossier_event SET data = CAST(replace(CAST(data AS TEXT), 'Review', 'Parked') AS BLOB) WHERE command_id = 'f1'")]
    public async Task StoreThatWasChanged_IsFoundAndNamed(string sql)
    {
        _folder.Run(sql);
        await using var store = await _folder.OpenAsync();
        var check = await AnswerCheck.RunAsync(store, _book, (_, _) => true);

        Assert.Equal(1, check.Lost);
        Assert.True(check.Wrong > 0, "The chain holds.");
        Assert.Contains(sql[^3..^1], check.Faults, StringComparison.Ordinal);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => check.AssertHolds("A change"));
    }

    [Fact]
    public async Task RemovedRow_IsLost() => Assert.Equal((1, 0, 1), await FoundAsync(_rows.Where(r => r != _row)));

    [Fact]
    public async Task RemovedTail_IsLost() => Assert.Equal((1, 0, 0), await FoundAsync(_rows.SkipLast(1)));

    [Fact]
    public async Task DoubledCommand_IsTwice() => Assert.Equal((0, 1, 0), await FoundAsync(_rows.Append(_row with { Code = "another", Version = 1 })));

    [Fact]
    public async Task WrongVersion_IsLost() => Assert.Equal((2, 0, 0), await FoundAsync(Swapped()));

    [Fact]
    public async Task OtherOutcome_IsLost() => Assert.Equal((1, 0, 0), await FoundAsync(_rows.Select(r => r == _row ? r with { Data = _rows[0].Data } : r)));

    [Fact]
    public async Task CommandThatNobodyGave_IsWrong() => Assert.Equal((0, 0, 1), await FoundAsync(_rows.Append(_row with { Code = "another", Version = 1, CommandId = "x" })));

    [Fact]
    public async Task TimeThatGoesBack_IsWrong() =>
        Assert.Equal((0, 0, 1), await FoundAsync(_rows.Select(r => r == _row ? r with { OccurredAt = r.OccurredAt.AddSeconds(-1) } : r)));

    [Fact]
    public async Task CommandAnsweredAsDoneAgain_IsTwice()
    {
        _book.Take(_book.Answers[("portal", "f1")]);

        Assert.Equal((0, 1, 0), await FoundAsync(_rows));
    }

    [Fact]
    public async Task RepeatWithAnotherOutcome_IsTwice()
    {
        _book.Take(_book.Answers[("portal", "f1")] with { IsRepeat = true, Version = 9 });

        Assert.Equal((0, 1, 0), await FoundAsync(_rows));
    }

    [Fact]
    public async Task RepeatWithTheSameOutcome_Holds()
    {
        _book.Take(_book.Answers[("portal", "f1")] with { IsRepeat = true });

        Assert.Equal((0, 0, 0), await FoundAsync(_rows));
        Assert.Equal(1, _book.Repeats);
    }

    // Two commands of one dossier in each other's place.
    private IEnumerable<JournalRow> Swapped()
    {
        var next = _rows.Single(r => r.Code == _row.Code && r.Version == _row.Version + 1);
        return _rows.Select(r => r == _row ? next with { Version = r.Version } : r == next ? _row with { Version = r.Version } : r);
    }

    private async Task<(int Lost, int Twice, int Wrong)> FoundAsync(IEnumerable<JournalRow> rows)
    {
        var check = await AnswerCheck.RunAsync(rows.ToAsyncEnumerable(), _book, (_, _) => false);
        return (check.Lost, check.Twice, check.Wrong);
    }

    private async Task<DossierCode> TakeAsync(string id, Func<CommandRequest, ValueTask<CommandResult>> give)
    {
        var accepted = Office.Accepted(await give(Office.Request(id)));
        _book.Take(new Answer("portal", id, accepted.Code.Value, accepted.Version, Outcome.Of(Office.Clerk.Unit, accepted.Events), accepted.IsRepeat));
        return accepted.Code;
    }
}
