using Workflow.Engine.Journal;
using Workflow.Engine.Sqlite;
using Workflow.Engine.Tests.Journal;

namespace Workflow.Engine.Tests.Sqlite;

public sealed class SqliteJournalStoreTests : JournalStoreContract
{
    private readonly DataFolder _folder = new();

    protected override IJournalStore CreateStore() => new SqliteJournalStore(_folder.Path, Time);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Reopening_KeepsEverything()
    {
        JournalAppend[] batch = [Appends.Append("D-1", 1, "submit"), Appends.Append("D-1", 2), Appends.Append("D-2", 1)];
        var results = await Store.AppendAsync(batch);
        await Store.SaveCursorAsync("indicators", JournalCursor.At(2), null, Ct);
        await Store.ReserveNumbersAsync("tan-lac", new DateOnly(2020, 11, 6), 5, Ct);
        var calendar = new PublishedDefinition("calendar", "vn", "2020", "h", Appends.Start, [1, 2]);
        await Store.PublishAsync(calendar, Ct);
        var before = await Store.ReadJournalAsync(default, 10, Ct);

        await ReopenAsync();

        Assert.Equivalent(before, await Store.ReadJournalAsync(default, 10, Ct), strict: true);
        Assert.Equivalent(batch[1].Snapshot, (await Store.LoadAsync("D-1", Ct))!.Snapshot, strict: true);
        Assert.Equal(AppendResult.RepeatedSubmission("D-1"), await Store.AppendAsync(Appends.Append("D-3", 1, "submit")));
        Assert.Equal(AppendResult.Repeat(2), await Store.AppendAsync(Appends.Append("D-1", 3, "D-1/2")));
        Assert.Equal(JournalCursor.At(2), await Store.ReadCursorAsync("indicators", Ct));
        Assert.Equal(6, await Store.ReserveNumbersAsync("tan-lac", new DateOnly(2020, 11, 6), 1, Ct));
        Assert.Equivalent(calendar, Assert.Single(await Store.ReadDefinitionsAsync("calendar", Ct)), strict: true);
        Assert.True((await Store.AppendAsync(Appends.Append("D-1", 3))).Position > results.Max(result => result.Position));
    }

    [Fact]
    public async Task Exclusive_WhileTheDirectoryIsHeld()
    {
        Assert.True(Store.IsExclusive);
        await Store.DisposeAsync();
        Assert.False(Store.IsExclusive);
    }
}
