using Workflow.Engine.Journal;

namespace Workflow.Engine.Tests.Journal;

/// <summary>What every store of the journal keeps. A provider's class names the store; the parts stand by topic.</summary>
public abstract partial class JournalStoreContract : IAsyncLifetime
{
    internal FixedTime Time { get; } = new(Appends.Start.AddYears(1));

    protected IJournalStore Store { get; private set; } = null!;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Makes a store that is not open yet, empty at the first call of a test.</summary>
    protected abstract IJournalStore CreateStore();

    public virtual async ValueTask InitializeAsync()
    {
        Store = CreateStore();
        await Store.OpenAsync(Ct);
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes the store and opens a new one over the same storage.</summary>
    protected async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        await InitializeAsync();
    }

    [Fact]
    public async Task Store_BeforeOpening_RefusesUse()
    {
        await Store.DisposeAsync();
        await using var closed = CreateStore();

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(async () => await closed.LoadAsync("D-1", Ct));
        Assert.Contains("OpenAsync", refusal.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await closed.ReserveNumbersAsync("u", default, 1, Ct));
    }

    [Fact]
    public async Task Open_Twice_IsRefused() =>
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Store.OpenAsync(Ct));

    [Fact]
    public async Task Store_AfterDisposal_RefusesUse()
    {
        await Store.DisposeAsync();
        await Store.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await Store.LoadAsync("D-1", Ct));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await Store.AppendAsync(Appends.Append("D-1", 1)));
    }

    [Fact]
    public async Task Append_WithCancelledToken_WritesNothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
            await Store.AppendAsync([Appends.Append("D-1", 1)], new AppendResult[1], new CancellationToken(canceled: true)));

        Assert.Equal(new JournalTotals(0, 0), await Store.CountAsync(Ct));
    }

    [Fact]
    public async Task Append_WithTooFewResultsOrVersionZero_IsAMistakeOfTheCaller()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.AppendAsync([Appends.Append("D-1", 1)], [], Ct));
        await Assert.ThrowsAsync<ArgumentException>(async () => await Store.AppendAsync(Appends.Append("D-1", 0)));
    }

    [Fact]
    public async Task Limit_BelowOne_IsAMistakeOfTheCaller()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Store.ReadHistoryAsync("D-1", 1, 0, Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Store.ReadJournalAsync(default, 0, Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Store.ReadDueAsync(Appends.Start, null, 0, Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () =>
            await Store.QueryWorkListAsync(new WorkListQuery { Limit = 0 }, Ct));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(async () => await Store.ReadOpenAsync(new OpenDossiers(), null, 0, Ct));
    }
}
