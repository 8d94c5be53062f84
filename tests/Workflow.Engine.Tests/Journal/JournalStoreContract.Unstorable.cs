using Workflow.Engine.Journal;
using static Workflow.Engine.Tests.Journal.Appends;

namespace Workflow.Engine.Tests.Journal;

public abstract partial class JournalStoreContract
{
    public static TheoryData<string> UnstorableCases => [.. Unstorables.Keys];

    private static readonly Dictionary<string, Func<JournalAppend, JournalAppend>> Unstorables = new(StringComparer.Ordinal)
    {
        ["code with U+0000"] = append => append with { Code = "D\0" },
        ["code that is empty"] = append => append with { Code = "" },
        ["code that is too long"] = append => append with { Code = new string('d', 257) },
        ["caller with U+0000"] = append => append with { Caller = "\0" },
        ["command id with U+0000"] = append => append with { CommandId = "c\0d" },
        ["command id that is empty"] = append => append with { CommandId = "" },
        ["command id with half a surrogate pair"] = append => append with { CommandId = "c\ud83dd" },
        ["command id that ends in half a surrogate pair"] = append => append with { CommandId = "𠀋\ud83d" },
        ["actor with U+0000"] = append => append with { Actor = "a\0" },
        ["trace context with U+0000"] = append => append with { TraceContext = "a\0" },
        ["trace context that is too long"] = append => append with { TraceContext = new string('t', 1025) },
        ["unit with U+0000"] = append => append with { Snapshot = append.Snapshot with { Unit = "\0" } },
        ["state that is too long"] = append => append with { Snapshot = append.Snapshot with { State = new string('s', 257) } },
        ["role with U+0000"] = append => append with { Snapshot = append.Snapshot with { Role = "\0" } },
        ["assignee with U+0000"] = append => append with { Snapshot = append.Snapshot with { Assignee = "\0" } },
        ["procedure with U+0000"] = append => append with { Snapshot = append.Snapshot with { Procedure = "\0" } },
        ["procedure version with U+0000"] = append => append with { Snapshot = append.Snapshot with { ProcedureVersion = "\0" } },
        ["data that are too long"] = append => append with { Data = new byte[(16 * 1024 * 1024) + 1] },
        ["due moment beyond the year 9999"] = append => append with { Snapshot = append.Snapshot with { Due = DateTimeOffset.MaxValue } },
    };

    [Theory]
    [MemberData(nameof(UnstorableCases))]
    public async Task Append_ThatIsUnstorable_FailsAloneAndSaysWhy(string name)
    {
        var bad = Unstorables[name](Append("D-2", 1));

        var results = await Store.AppendAsync([Append("D-1", 1), bad, Append("D-3", 1)]);

        Assert.Equal(
            [AppendOutcome.Committed, AppendOutcome.Unstorable, AppendOutcome.Committed], results.Select(result => result.Outcome));
        var what = name.Split(" with ")[0].Split(" that ")[0].Split(" beyond ")[0];
        Assert.StartsWith($"The {what} ", results[1].Reason, StringComparison.Ordinal);
        Assert.Equal(new JournalTotals(2, 2), await Store.CountAsync(Ct));
    }

    [Fact]
    public async Task Key_ThatIsUnstorable_IsAMistakeOfTheCallerOutsideABatch()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.ReserveNumbersAsync("a\0", default, 1, Ct));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.SaveCursorAsync("", JournalCursor.At(1), null, Ct));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.PublishAsync(Definition("calendar", "a\0", "1", "h"), Ct));
    }

    [Fact]
    public async Task Read_OfAnUnstorableKey_FindsNothing()
    {
        await Store.AppendAsync(Append("D", 1));

        Assert.Null(await Store.LoadAsync("D\0", Ct));
        Assert.Null(await Store.LoadAsync("", Ct));
        Assert.Null(await Store.FindCommandAsync("D", "portal\0", "D/1", Ct));
        Assert.Null(await Store.FindSubmissionAsync("portal", "D/1\0x", Ct));
    }
}
