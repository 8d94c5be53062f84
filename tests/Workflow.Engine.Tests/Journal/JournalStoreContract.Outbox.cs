using Workflow.Engine.Journal;
using Workflow.Engine.Outbox;

namespace Workflow.Engine.Tests.Journal;

public abstract partial class JournalStoreContract
{
    private static readonly OwedDossier s_owed = new("D-1", 3, 1, Appends.Start, false, "503");

    [Fact]
    public async Task Subscriber_Added_IsReadBackWithAllItsSettings()
    {
        var subscriber = new StoredSubscriber("cổng")
        {
            Url = "https://example.vn/hook",
            AllowsHttp = true,
            Secrets = ["whsec_b", "whsec_a"],
            Format = PayloadFormats.NationalPortal,
            Filter = new SubscriberFilter { Procedures = ["1.001193"], Units = ["tan-lac"], StatusChangesOnly = true },
        };

        Assert.True(await Store.AddSubscriberAsync(subscriber, default, Ct));
        Assert.True(await Store.AddSubscriberAsync(new StoredSubscriber("archive"), default, Ct));

        var read = await Store.ReadSubscribersAsync(Ct);
        Assert.Equal(["archive", "cổng"], read.Select(s => s.Name));
        Assert.Equivalent(subscriber with { Id = read[1].Id, AddedAt = Time.Now }, read[1], strict: true);
        Assert.Null(read[0].Url);
        Assert.Empty(read[0].Secrets);
    }

    [Fact]
    public async Task Subscriber_OfATakenName_IsNotAddedAndItsCursorStays()
    {
        var end = await AddAsync("a");
        Assert.False(await Store.AddSubscriberAsync(new StoredSubscriber("a") { Url = "https://other.vn" }, default, Ct));

        Assert.Null(Assert.Single(await Store.ReadSubscribersAsync(Ct)).Url);
        Assert.Equal(end, await Store.ReadCursorAsync("subscriber/a", Ct));
    }

    [Fact]
    public async Task Subscriber_Unstorable_IsAMistakeOfTheCaller()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.AddSubscriberAsync(new StoredSubscriber("a\0"), default, Ct));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.AddSubscriberAsync(new StoredSubscriber("a") { Secrets = ["x\ny"] }, default, Ct));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.AddSubscriberAsync(new StoredSubscriber(""), default, Ct));
    }

    [Fact]
    public async Task End_OfTheJournal_HidesWhatWasAndShowsWhatComes()
    {
        await Store.AppendAsync(Appends.Append("D-1", 1));
        var end = await Store.ReadEndAsync(Ct);
        Assert.Empty(await Store.ReadJournalAsync(end, 10, Ct));
        Assert.Equal(0, await Store.CountBehindAsync(end, 10, Ct));
        Assert.Equal(1, await Store.CountBehindAsync(default, 10, Ct));

        await Store.AppendAsync([Appends.Append("D-1", 2), Appends.Append("D-1", 3)]);
        Assert.Equal([2, 3], (await Store.ReadJournalAsync(end, 10, Ct)).Select(r => r.Version));
        Assert.Equal(2, await Store.CountBehindAsync(end, 10, Ct));
        Assert.Equal(1, await Store.CountBehindAsync(end, 1, Ct));
    }

    [Fact]
    public async Task Removed_TakesCursorAndOwedDossiersAlong_AndAnotherOneOfTheNameIsAnother()
    {
        await AddAsync("a");
        var id = await IdAsync("a");
        await Store.SaveRoundAsync(id, [new OwedChange(null, s_owed)], JournalCursor.At(7), null, Ct);

        Assert.True(await Store.RemoveSubscriberAsync("a", Ct));
        Assert.False(await Store.RemoveSubscriberAsync("a", Ct));
        Assert.Null(await Store.ReadCursorAsync("subscriber/a", Ct));
        Assert.Empty(await Store.ReadSubscribersAsync(Ct));

        var end = await AddAsync("a");
        Assert.NotEqual(id, await IdAsync("a"));
        Assert.Empty(await Store.ReadOwedAsync("a", null, 10, Ct));

        // A host that has not noticed yet changes nothing of the new one.
        Assert.False(await Store.SaveRoundAsync(id, [new OwedChange(null, s_owed)], JournalCursor.At(99), null, Ct));
        Assert.False(await Store.SaveStandingAsync(id, new SubscriberStanding("gone", null, 0, null), null, Ct));
        Assert.Empty(await Store.ReadOwedAsync("a", null, 10, Ct));
        Assert.Equal(end, await Store.ReadCursorAsync("subscriber/a", Ct));
    }

    [Fact]
    public async Task Round_Saved_KeepsOwedDossiersAndCursorTogether()
    {
        await AddAsync("a");
        await AddAsync("b");
        var id = await IdAsync("a");
        var other = s_owed with { Code = "D-2", IsParked = true };
        Assert.True(await Store.SaveRoundAsync(id, [new OwedChange(null, other), new OwedChange(null, s_owed)], JournalCursor.At(7), null, Ct));

        Assert.Equal([s_owed, other], await Store.ReadOwedAsync("a", null, 10, Ct));
        Assert.Equal([other], await Store.ReadOwedAsync("a", "D-1", 10, Ct));
        Assert.Equal([s_owed], await Store.ReadOwedAsync("a", null, 1, Ct));
        Assert.Empty(await Store.ReadOwedAsync("b", null, 10, Ct));
        Assert.Equal(JournalCursor.At(7), await Store.ReadCursorAsync("subscriber/a", Ct));

        Assert.True(await Store.SaveRoundAsync(id, [new OwedChange(s_owed, null)], null, null, Ct));
        Assert.Equal([other], await Store.ReadOwedAsync("a", null, 10, Ct));
        Assert.Equal(JournalCursor.At(7), await Store.ReadCursorAsync("subscriber/a", Ct));
    }

    [Fact]
    public async Task Change_OfARowThatIsAnotherByNow_ChangesNothing()
    {
        await AddAsync("a");
        var id = await IdAsync("a");
        var later = s_owed with { Version = 5, Attempts = 2 };
        await Store.SaveRoundAsync(id, [new OwedChange(null, later)], null, null, Ct);

        await Store.SaveRoundAsync(id, [new OwedChange(s_owed, null)], null, null, Ct);
        await Store.SaveRoundAsync(id, [new OwedChange(s_owed, s_owed with { Attempts = 9 })], null, null, Ct);
        Assert.Equal([later], await Store.ReadOwedAsync("a", null, 10, Ct));

        // Of two hosts that both found trouble, the lower version is the one from which on everything is owed.
        await Store.SaveRoundAsync(id, [new OwedChange(null, s_owed with { Version = 6 })], null, null, Ct);
        Assert.Equal([later], await Store.ReadOwedAsync("a", null, 10, Ct));
        await Store.SaveRoundAsync(id, [new OwedChange(null, s_owed)], null, null, Ct);
        Assert.Equal([s_owed], await Store.ReadOwedAsync("a", null, 10, Ct));
    }

    [Fact]
    public async Task Retry_MakesOwedDossiersDueAtOnce()
    {
        await AddAsync("a");
        var id = await IdAsync("a");
        var parked = s_owed with { Code = "D-2", IsParked = true, Attempts = 12 };
        await Store.SaveRoundAsync(id, [new OwedChange(null, s_owed), new OwedChange(null, parked)], null, null, Ct);

        Assert.Equal(0, await Store.RetryOwedAsync("a", "D-3", false, Ct));
        Assert.Equal(0, await Store.RetryOwedAsync("b", null, false, Ct));
        Assert.Equal(1, await Store.RetryOwedAsync("a", "D-2", true, Ct));
        Assert.Equal([s_owed, parked with { Version = 4, IsParked = false, Attempts = 0, NextAttemptAt = OwedDossier.AtOnce }], await Store.ReadOwedAsync("a", null, 10, Ct));
        Assert.Equal(2, await Store.RetryOwedAsync("a", null, false, Ct));
        Assert.All(await Store.ReadOwedAsync("a", null, 10, Ct), o => Assert.Equal((0, OwedDossier.AtOnce), (o.Attempts, o.NextAttemptAt)));
    }

    [Fact]
    public async Task Standing_AndSecrets_AreKept()
    {
        await AddAsync("a");
        var standing = new SubscriberStanding("410", Appends.Start, 3, "no\nanswer");
        Assert.True(await Store.SaveStandingAsync(await IdAsync("a"), standing, null, Ct));
        Assert.True(await Store.SaveSecretsAsync("a", ["new", "old"], Ct));
        Assert.False(await Store.SaveSecretsAsync("b", ["new"], Ct));

        var read = Assert.Single(await Store.ReadSubscribersAsync(Ct));
        Assert.Equal(standing with { LastError = "no answer" }, read.Standing);
        Assert.Equal(["new", "old"], read.Secrets);
        Assert.DoesNotContain("old", read.ToString(), StringComparison.Ordinal);
    }

    private async Task<JournalCursor> AddAsync(string name)
    {
        var end = await Store.ReadEndAsync(Ct);
        Assert.True(await Store.AddSubscriberAsync(new StoredSubscriber(name), end, Ct));
        return end;
    }

    private async Task<long> IdAsync(string name) => (await Store.ReadSubscribersAsync(Ct)).Single(s => s.Name == name).Id;
}
