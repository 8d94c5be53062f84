using Workflow.Engine.Journal;
using Workflow.Engine.Leases;
using Workflow.Engine.Outbox;

namespace Workflow.Engine.Tests.Journal;

/// <content>What is saved under a lease.</content>
public abstract partial class JournalStoreContract
{
    private static readonly LeaseHold s_ofA = new("l", "a");

    [Fact]
    public async Task SaveUnderALease_ByItsHolder_TakesEffect()
    {
        await AddAsync("s");
        Assert.True(await Store.TakeLeaseAsync("l", "a", s_long, Ct));

        Assert.True(await Store.SaveCursorAsync("f", JournalCursor.At(3), s_ofA, Ct));
        Assert.True(await Store.SaveCursorAsync("f", JournalCursor.At(4), s_ofA, Ct));
        Assert.True(await Store.SaveRoundAsync(await IdAsync("s"), [new OwedChange(null, s_owed)], JournalCursor.At(7), s_ofA, Ct));
        Assert.True(await Store.SaveStandingAsync(await IdAsync("s"), new SubscriberStanding(null, null, 2, "503"), s_ofA, Ct));

        Assert.Equal(JournalCursor.At(4), await Store.ReadCursorAsync("f", Ct));
        Assert.Equal(JournalCursor.At(7), await Store.ReadCursorAsync("subscriber/s", Ct));
        Assert.Equal([s_owed], await Store.ReadOwedAsync("s", null, 10, Ct));
        Assert.Equal(2, (await Store.ReadSubscribersAsync(Ct))[0].Standing.Failures);
    }

    [Fact]
    public async Task SaveUnderALease_ThatAnotherHolderHas_ChangesNothing()
    {
        Assert.True(await Store.TakeLeaseAsync("l", "a", s_long, Ct));
        await Store.GiveLeaseBackAsync("l", "a", Ct);
        Assert.True(await Store.TakeLeaseAsync("l", "b", s_long, Ct));

        await SavesOfAChangeNothingAsync();
    }

    [Fact]
    public async Task SaveUnderALease_ThatWasGivenBack_ChangesNothing()
    {
        Assert.True(await Store.TakeLeaseAsync("l", "a", s_long, Ct));
        Assert.True(await Store.TakeLeaseAsync("other", "a", s_long, Ct));
        await Store.GiveLeaseBackAsync("l", "a", Ct);

        await SavesOfAChangeNothingAsync();
    }

    [Fact]
    public async Task SaveUnderALease_AtItsEnd_ChangesNothing()
    {
        Assert.True(await Store.TakeLeaseAsync("l", "a", s_short, Ct));
        PassTime(s_short);
        await UntilAsync(async () => !await Store.SaveCursorAsync("clock", JournalCursor.At(1), s_ofA, Ct));

        await SavesOfAChangeNothingAsync();
    }

    private async Task SavesOfAChangeNothingAsync()
    {
        var end = await AddAsync("s");
        var id = await IdAsync("s");
        await Store.SaveCursorAsync("f", JournalCursor.At(3), null, Ct);

        Assert.False(await Store.SaveCursorAsync("f", JournalCursor.At(9), s_ofA, Ct));
        Assert.False(await Store.SaveCursorAsync("new", JournalCursor.At(9), s_ofA, Ct));
        Assert.False(await Store.SaveRoundAsync(id, [new OwedChange(null, s_owed)], JournalCursor.At(9), s_ofA, Ct));
        Assert.False(await Store.SaveStandingAsync(id, new SubscriberStanding("410", null, 0, "410"), s_ofA, Ct));

        Assert.Equal(JournalCursor.At(3), await Store.ReadCursorAsync("f", Ct));
        Assert.Null(await Store.ReadCursorAsync("new", Ct));
        Assert.Equal(end, await Store.ReadCursorAsync("subscriber/s", Ct));
        Assert.Empty(await Store.ReadOwedAsync("s", null, 10, Ct));
        Assert.Equal(SubscriberStanding.Well, (await Store.ReadSubscribersAsync(Ct))[0].Standing);
    }
}
