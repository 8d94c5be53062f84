using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Activation;
using Workflow.Engine.Journal;
using Workflow.Engine.Timers;
using static Workflow.Engine.Tests.Office;

namespace Workflow.Engine.Tests.Activation;

/// <summary>A dossier that somebody else than the engine's directory holds, beside another host on the same store.</summary>
public sealed class DossierActivationTests : IAsyncLifetime
{
    private readonly VirtualClock _clock = new(Start);
    private FaultyStore _store = null!;
    private DossierEngine _engine = null!;
    private DossierEngine _other = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var memory = await MemoryAsync(_clock);
        _store = new FaultyStore(memory) { IsExclusive = false };
        _engine = await OpenAsync(_store, _clock);
        _other = await OpenAsync(new FaultyStore(memory) { IsExclusive = false }, _clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await _other.DisposeAsync();
    }

    [Fact]
    public async Task Command_IsDoneOnceWhicheverWayItComes()
    {
        var held = await HoldAsync();

        var accepted = Accepted(await held.ExecuteAsync(Fire("forward"), Request("f"), Ct));

        Assert.Equal((3, false), (accepted.Version, accepted.IsRepeat));
        Assert.True(Accepted(await _engine.ExecuteAsync(held.Code, Fire("forward"), Request("f"), Ct)).IsRepeat);
        Assert.True(Accepted(await held.ExecuteAsync(Fire("forward"), Request("f"), Ct)).IsRepeat);
        Assert.Equal((3, "Review"), ((await held.FindAsync(Ct))!.Version, (await held.FindAsync(Ct))!.State));
    }

    [Fact]
    public async Task LoadedDossier_IsNotLoadedAgainByItsCommands()
    {
        var held = await HoldAsync();
        var loads = _store.Loads;

        Accepted(await held.ExecuteAsync(Fire("forward"), Request("f"), Ct));
        Accepted(await held.ExecuteAsync(Fire("back"), Request("b"), Ct));

        Assert.True(held.IsLoaded);
        Assert.Equal(loads, _store.Loads);
    }

    [Fact]
    public async Task NoDossier_IsFineToLoadAndFoundByNothing()
    {
        var held = _engine.Activate(new DossierCode("none"));

        await held.LoadAsync(Ct);

        Assert.False(held.IsLoaded);
        Assert.Equal(new CommandResult.NotFound(held.Code), await held.ExecuteAsync(Fire("accept"), Request("a"), Ct));
        Assert.Null(await held.FindAsync(Ct));
        Assert.Null(await held.PermittedAsync(Clerk, Ct));
    }

    [Fact]
    public async Task LostKey_IsDecidedAgainAndTheHolderIsToldUntilTheNextTurn()
    {
        var held = await HoldAsync();
        Accepted(await _other.ExecuteAsync(held.Code, Fire("forward"), Request("f"), Ct));

        Assert.Equal(4, Accepted(await held.ExecuteAsync(new AssignDossier { Officer = "x" }, Request("a"), Ct)).Version);
        Assert.True(held.HasLost);
        Accepted(await held.ExecuteAsync(Fire("back"), Request("b"), Ct));
        Assert.False(held.HasLost);
    }

    [Fact]
    public async Task StaleMemory_DoesNotRefuse()
    {
        var held = await HoldAsync();
        Accepted(await _other.ExecuteAsync(held.Code, Fire("forward"), Request("f"), Ct));

        Assert.Equal(4, Accepted(await held.ExecuteAsync(Fire("back"), Request("b"), Ct)).Version);
    }

    [Fact]
    public async Task Reads_AreConfirmedInTheStore()
    {
        var held = await HoldAsync();
        Accepted(await _other.ExecuteAsync(held.Code, Fire("forward"), Request("f"), Ct));

        Assert.Equal((3, "Review"), ((await held.FindAsync(Ct))!.Version, (await held.FindAsync(Ct))!.State));
        Assert.Equal(["back"], (await held.PermittedAsync(Clerk, Ct))!.Where(p => p.IsPermitted).Select(p => p.Trigger));
    }

    [Fact]
    public async Task Turns_AreOneAtATimeAndReadsRunBesideThem()
    {
        var held = await HoldAsync();
        var (reached, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        _store.BeforeBatch = _ =>
        {
            reached.TrySetResult();
            return goOn.Task;
        };
        var first = held.ExecuteAsync(Fire("forward"), Request("f"), Ct).AsTask();
        await reached.Task.WaitAsync(Ct);

        var mistake = await Assert.ThrowsAsync<InvalidOperationException>(() => held.ExecuteAsync(Fire("back"), Request("b"), Ct).AsTask());
        Assert.Equal($"Dossier {held.Code} has a turn under way: its holder gives one at a time.", mistake.Message);
        await Assert.ThrowsAsync<InvalidOperationException>(() => held.LoadAsync(Ct).AsTask());
        Assert.Equal(2, (await held.FindAsync(Ct))!.Version);

        goOn.SetResult();
        Assert.Equal(3, Accepted(await first).Version);
        Accepted(await held.ExecuteAsync(Fire("back"), Request("b"), Ct));
    }

    [Fact]
    public async Task Commit_ThatTheStoreDoesNotAnswer_IsOfferedAgain()
    {
        var held = await HoldAsync();
        var failures = 2;
        _store.Before = _ => failures-- > 0 ? Task.FromException(new StorageUnavailableException("away")) : Task.CompletedTask;

        Assert.Equal(3, Accepted(await held.ExecuteAsync(Fire("forward"), Request("f"), Ct)).Version);
    }

    [Fact]
    public async Task Load_ThatTheStoreRefuses_GivesTheTurnBack()
    {
        var held = _engine.Activate(await _engine.AcceptedAsync("1"));
        _store.Loaded = _ => throw new StorageCorruptException("damaged");
        await Assert.ThrowsAsync<StorageCorruptException>(() => held.LoadAsync(Ct).AsTask());
        _store.Loaded = d => d;

        Assert.Equal(3, Accepted(await held.ExecuteAsync(Fire("forward"), Request("f"), Ct)).Version);
    }

    [Fact]
    public async Task EndedEngine_IsBusyWhileItDrainsAndDisposedAfterwards()
    {
        var held = await HoldAsync();

        await _engine.DrainAsync(Ct);
        Assert.IsType<CommandResult.Busy>(await held.ExecuteAsync(Fire("forward"), Request("f"), Ct));
        await _engine.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => held.ExecuteAsync(Fire("forward"), Request("f"), Ct).AsTask());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => held.FindAsync(Ct).AsTask());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => held.LoadAsync(Ct).AsTask());
    }

    [Fact]
    public async Task Mistakes_AreThoseOfTheEngine()
    {
        var held = await HoldAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => held.ExecuteAsync(Submission(), Request("s"), Ct).AsTask());
        await Assert.ThrowsAsync<ArgumentException>(() => held.ExecuteAsync(Fire("forward"), Request("f", "system:x"), Ct).AsTask());
        Assert.Throws<ArgumentException>(() => _engine.Activate(default));
        Accepted(await held.ExecuteAsync(Fire("forward"), Request("f"), Ct));
    }

    private async Task<DossierActivation> HoldAsync()
    {
        var held = _engine.Activate(await _engine.AcceptedAsync("1"));
        await held.LoadAsync(Ct);
        return held;
    }
}
