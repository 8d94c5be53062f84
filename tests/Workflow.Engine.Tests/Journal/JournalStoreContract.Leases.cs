using Workflow.Engine.Journal;
using static Workflow.Engine.Tests.Journal.Appends;

namespace Workflow.Engine.Tests.Journal;

public abstract partial class JournalStoreContract
{
    private static readonly TimeSpan s_long = TimeSpan.FromHours(1);

    /// <summary>Short against a test's patience, long against a round trip.</summary>
    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(300);

    /// <summary>Lets the store's own clock go on; the database's does by itself.</summary>
    protected virtual void PassTime(TimeSpan time) => Time.Now += time;

    [Fact]
    public async Task Lease_IsHeldByOneHolderAtATime()
    {
        Assert.True(await Store.TakeLeaseAsync("follower/legs", "a", s_long, Ct));
        Assert.False(await Store.TakeLeaseAsync("follower/legs", "b", s_long, Ct));
        Assert.True(await Store.TakeLeaseAsync("follower/legs", "a", s_long, Ct));
        Assert.True(await Store.TakeLeaseAsync("follower/feed", "b", s_long, Ct));
        Assert.False(await Store.TakeLeaseAsync("follower/feed", "a", s_long, Ct));
    }

    [Fact]
    public async Task Lease_GivenBackByItsHolder_IsFree()
    {
        Assert.True(await Store.TakeLeaseAsync("l", "a", s_long, Ct));
        await Store.GiveLeaseBackAsync("l", "b", Ct);
        await Store.GiveLeaseBackAsync("other", "b", Ct);
        Assert.False(await Store.TakeLeaseAsync("l", "b", s_long, Ct));

        await Store.GiveLeaseBackAsync("l", "a", Ct);
        Assert.True(await Store.TakeLeaseAsync("l", "b", s_long, Ct));
        Assert.False(await Store.TakeLeaseAsync("l", "a", s_long, Ct));
    }

    [Fact]
    public async Task Lease_AtItsEnd_IsFree()
    {
        Assert.True(await Store.TakeLeaseAsync("l", "a", s_short, Ct));
        PassTime(s_short);

        await UntilAsync(() => Store.TakeLeaseAsync("l", "b", s_long, Ct));
        Assert.False(await Store.TakeLeaseAsync("l", "a", s_long, Ct));
    }

    [Fact]
    public async Task Lease_Renewed_LastsAnew()
    {
        Assert.True(await Store.TakeLeaseAsync("l", "a", s_short, Ct));
        Assert.True(await Store.TakeLeaseAsync("l", "a", s_long, Ct));
        PassTime(s_short);

        Assert.False(await Store.TakeLeaseAsync("l", "b", s_short, Ct));
    }

    [Fact]
    public async Task Lease_AskedForByManyAtOnce_GoesToOne()
    {
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () => await Store.TakeLeaseAsync("l", $"h{n}", s_long, Ct))));

        Assert.Single(taken, took => took);
    }

    [Fact]
    public async Task Claims_ReturnWhatNoOtherHolderHasClaimed()
    {
        WakeUp[] due = [new("B", Start), new("A", Start), new("C", Start.AddHours(1))];

        Assert.Empty(await Store.ClaimAsync([], "a", s_long, Ct));
        Assert.Equal(due[..2], await Store.ClaimAsync(due[..2], "a", s_long, Ct));
        Assert.Equal(due[2..], await Store.ClaimAsync(due, "b", s_long, Ct));
        Assert.Equal(due[..2], await Store.ClaimAsync(due, "a", s_long, Ct));
    }

    [Fact]
    public async Task Claim_IsOfTheMomentToo()
    {
        WakeUp first = new("A", Start), next = new("A", Start.AddMilliseconds(1));

        Assert.Equal([first], await Store.ClaimAsync([first], "a", s_long, Ct));
        Assert.Equal([next], await Store.ClaimAsync([first, next, next], "b", s_long, Ct));
    }

    [Fact]
    public async Task Claim_AtItsEnd_IsFree()
    {
        WakeUp[] due = [new("A", Start), new("B", Start)];
        Assert.Equal(due, await Store.ClaimAsync(due, "a", s_short, Ct));
        Assert.Equal(due[..1], await Store.ClaimAsync(due[..1], "a", s_long, Ct));
        PassTime(s_short);

        await UntilAsync(async () => (await Store.ClaimAsync(due, "b", s_long, Ct)).SequenceEqual(due[1..]));
        Assert.Equal(due[..1], await Store.ClaimAsync(due, "a", s_long, Ct));
    }

    /// <summary>Hosts that claim the same wake-ups in any order at once get each of them once, together all.</summary>
    [Fact]
    public async Task Claims_OfTheSameWakeUpsByManyAtOnce_AreExclusive()
    {
        WakeUp[] due = [.. Enumerable.Range(0, 200).Select(n => new WakeUp($"D-{n:D3}", Start.AddMinutes(n)))];
        var claimed = await Task.WhenAll(Enumerable.Range(0, 6).Select(holder => Task.Run(async () =>
        {
            var mine = new List<WakeUp>();
            foreach (var page in (holder % 2 == 0 ? due : due.Reverse()).Chunk(20))
            {
                mine.AddRange(await Store.ClaimAsync(page, $"h{holder}", s_long, Ct));
            }

            return mine;
        })));

        Assert.Equal(due, claimed.SelectMany(mine => mine).OrderBy(wakeUp => wakeUp.Code, StringComparer.Ordinal));
    }

    [Fact]
    public async Task LeaseOrClaim_WithoutNameHolderOrDuration_IsAMistakeOfTheCaller()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.TakeLeaseAsync("", "a", s_long, Ct));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.TakeLeaseAsync("l", "a\0", s_long, Ct));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.TakeLeaseAsync("l", "a", TimeSpan.Zero, Ct));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.GiveLeaseBackAsync("l", "", Ct));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.ClaimAsync([], "", s_long, Ct));
        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await Store.ClaimAsync([], "a", TimeSpan.Zero, Ct));
    }

    // The database's clock goes by itself: what it brings is waited for, bounded.
    private static async Task UntilAsync(Func<ValueTask<bool>> holds)
    {
        var patience = System.Diagnostics.Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(20), "It did not come about.");
            await Task.Yield();
        }
    }
}
