using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Journal;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Commits;

public sealed class SharedCommitTests
{
    private static readonly StorageUnavailableException Lost = new("connection lost");
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task FullQueue_IsToldAsBusyAndNothingIsDone()
    {
        var (store, engine, _) = await OpenAsync(o => o.QueueLength = 2);
        await using var _e = engine;
        var codes = await CodesAsync(engine, 3);
        var release = new TaskCompletionSource();
        store.Before = _ => release.Task;

        var first = engine.ExecuteAsync(codes[0], Office.Fire("forward"), Office.Request("x")).AsTask();
        var second = engine.ExecuteAsync(codes[1], Office.Fire("forward"), Office.Request("x")).AsTask();
        var third = await engine.ExecuteAsync(codes[2], Office.Fire("forward"), Office.Request("x"));

        Assert.Equal(TimeSpan.FromMilliseconds(100), Assert.IsType<CommandResult.Busy>(third).RetryAfter);
        Assert.IsType<CommandResult.Busy>(await engine.SubmitAsync(Office.Submission(), Office.Request("late")));
        Assert.Equal("Working", (await engine.FindAsync(codes[0]))!.State);
        release.SetResult();
        Office.Accepted(await first);
        Office.Accepted(await second);
        Assert.Equal(2, (await engine.FindAsync(codes[2]))!.Version);
        Office.Accepted(await engine.ExecuteAsync(codes[2], Office.Fire("forward"), Office.Request("x")));
    }

    [Fact]
    public async Task CommandsThatComeWhileABatchCommits_ShareTheNextOne()
    {
        var (store, engine, _) = await OpenAsync();
        await using var _e = engine;
        var codes = await CodesAsync(engine, 40);
        var reached = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        store.BatchSizes.Clear();
        store.Before = _ =>
        {
            reached.TrySetResult();
            return release.Task;
        };

        var first = engine.ExecuteAsync(codes[0], Office.Fire("forward"), Office.Request("x")).AsTask();
        await reached.Task;
        var others = codes.Skip(1).Select(c => engine.ExecuteAsync(c, Office.Fire("forward"), Office.Request("x")).AsTask()).ToList();
        release.SetResult();
        await Task.WhenAll(others.Append(first));

        Assert.Equal([1, 39], store.BatchSizes);
    }

    [Fact]
    public async Task UnstorableValue_FailsItsCommandAlone()
    {
        var (store, engine, _) = await OpenAsync();
        await using var _e = engine;
        var codes = await CodesAsync(engine, 3);
        var release = new TaskCompletionSource();
        store.Before = _ => release.Task;

        var blocker = engine.ExecuteAsync(codes[2], Office.Fire("forward"), Office.Request("x")).AsTask();
        var good = engine.ExecuteAsync(codes[0], Office.Fire("forward"), Office.Request("x")).AsTask();
        var bad = engine.ExecuteAsync(codes[1], Office.Fire("forward"), new CommandRequest(new CommandId("x"), new Actor("a\0b", [], null)) { Caller = "portal" }).AsTask();
        release.SetResult();

        Assert.Equal("storable", Office.Refused(await bad));
        Office.Accepted(await good);
        Office.Accepted(await blocker);
        Assert.Equal(2, (await engine.FindAsync(codes[1]))!.Version);
        Office.Accepted(await engine.ExecuteAsync(codes[1], Office.Fire("forward"), Office.Request("x")));
    }

    [Fact]
    public async Task CommitWhoseAnswerIsLost_IsOfferedAgainAndDoneOnce()
    {
        var (store, engine, inner) = await OpenAsync();
        await using var _e = engine;
        var code = (await CodesAsync(engine, 1))[0];
        var lost = store.Appends + 1;
        store.After = number => number <= lost + 1 ? Task.FromException(Lost) : Task.CompletedTask;

        var result = Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("x")));

        Assert.Equal((false, 3), (result.IsRepeat, result.Version));
        Assert.Equal(lost + 2, store.Appends);
        Assert.Equal(3, (await inner.ReadHistoryAsync(code.Value, 1, 10, default)).Count);
        Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("back"), Office.Request("y")));
    }

    [Fact]
    public async Task SubmissionWhoseAnswerIsLost_BecomesOneDossier()
    {
        var (store, engine, inner) = await OpenAsync();
        await using var _e = engine;
        store.After = number => number == 1 ? Task.FromException(Lost) : Task.CompletedTask;

        Assert.False(Office.Accepted(await engine.SubmitAsync(Office.Submission(), Office.Request("x"))).IsRepeat);
        Assert.Equal(new JournalTotals(1, 1), await inner.CountAsync(default));
    }

    [Fact]
    public async Task CommitThatDidNotReachTheStore_IsOfferedAgain()
    {
        var (store, engine, _) = await OpenAsync();
        await using var _e = engine;
        var code = (await CodesAsync(engine, 1))[0];
        var lost = store.Appends + 1;
        store.Before = number => number == lost ? Task.FromException(new IOException("reset")) : Task.CompletedTask;

        Assert.Equal(3, Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("x"))).Version);
    }

    [Fact]
    public async Task UnknownFate_IsToldAsSuchWhenTheEngineEnds()
    {
        var (store, engine, inner) = await OpenAsync();
        var code = (await CodesAsync(engine, 1))[0];
        var offered = new TaskCompletionSource();
        store.After = _ =>
        {
            offered.TrySetResult();
            return Task.FromException(Lost);
        };

        var command = engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("x")).AsTask();
        await offered.Task;
        await engine.DisposeAsync();

        await Assert.ThrowsAsync<StorageUnavailableException>(() => command);
        await using var later = await Office.OpenAsync(inner, new VirtualClock(Office.Start));
        Assert.True(Office.Accepted(await later.ExecuteAsync(code, Office.Fire("forward"), Office.Request("x"))).IsRepeat);
    }

    [Fact]
    public async Task FullDisk_IsToldAndChangesNothing()
    {
        var (store, engine, _) = await OpenAsync();
        await using var _e = engine;
        var code = (await CodesAsync(engine, 1))[0];
        store.Before = _ => Task.FromException(new StorageFullException("No space is left."));

        await Assert.ThrowsAsync<StorageFullException>(async () => await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("x")));
        await Assert.ThrowsAsync<StorageFullException>(async () => await engine.SubmitAsync(Office.Submission(), Office.Request("s")));
        Assert.Equal(("Working", 2), ((await engine.FindAsync(code))!.State, (await engine.FindAsync(code))!.Version));

        store.Before = _ => Task.CompletedTask;
        Assert.False(Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("x"))).IsRepeat);
    }

    [Fact]
    public async Task Disposal_FinishesWhatIsUnderWayAndTakesNothingNew()
    {
        var (store, engine, _) = await OpenAsync();
        var code = (await CodesAsync(engine, 1))[0];
        var release = new TaskCompletionSource();
        store.Before = _ => release.Task;

        var command = engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("x")).AsTask();
        var disposal = engine.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await engine.ExecuteAsync(code, Office.Fire("back"), Office.Request("y")));
        Assert.False(disposal.IsCompleted);
        release.SetResult();

        Office.Accepted(await command);
        await disposal;
    }

    [Fact]
    public async Task Cancellation_FreesTheCallerAndTheCommandTakesItsCourse()
    {
        var (store, engine, _) = await OpenAsync();
        await using var _e = engine;
        var code = (await CodesAsync(engine, 1))[0];
        var release = new TaskCompletionSource();
        store.Before = _ => release.Task;
        using var leave = new CancellationTokenSource();

        var command = engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("x"), leave.Token).AsTask();
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => command);
        release.SetResult();

        Assert.True(Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("x"))).IsRepeat);
    }

    [Fact]
    public async Task AnsweredCallerThatDoesNotComeBack_HoldsUpNobody()
    {
        var (store, engine, _) = await OpenAsync();
        await using var _e = engine;
        var codes = await CodesAsync(engine, 2);
        var release = new TaskCompletionSource();
        store.Before = _ => release.Task;

        // The first caller's answer runs on into a wait for the second command: the writer must not wait for the first.
        var first = engine.ExecuteAsync(codes[0], Office.Fire("forward"), Office.Request("x")).AsTask();
        var blocked = first.ContinueWith(
            _ => engine.ExecuteAsync(codes[1], Office.Fire("forward"), Office.Request("x")).AsTask().Wait(TimeSpan.FromSeconds(20)),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        release.SetResult();

        Assert.True(await blocked);
    }

    [Fact]
    public async Task CommittedAppend_ThatCannotBeLookedUpAfterALostAnswer_IsNotToldAsFailed()
    {
        var (store, engine, _) = await OpenAsync();
        await using var _e = engine;
        var code = (await CodesAsync(engine, 1))[0];
        var lost = store.Appends + 1;
        store.After = number => number == lost ? Task.FromException(Lost) : Task.CompletedTask;
        store.BeforeFind = () => Task.FromException(new StorageCorruptException("damaged"));

        await Assert.ThrowsAsync<StorageUnavailableException>(async () => await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("x")));

        store.BeforeFind = () => Task.CompletedTask;
        Assert.Equal(3, (await engine.FindAsync(code))!.Version);
        Assert.True(Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("x"))).IsRepeat);
    }

    [Fact]
    public async Task BatchThatTheServerRefusesForOneOfIt_IsSplitAndThatOneIsToldAlone()
    {
        var (store, engine, inner) = await OpenAsync();
        await using var _e = engine;
        var codes = await CodesAsync(engine, 20);
        var (reached, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        store.BeforeBatch = async batch =>
        {
            reached.TrySetResult();
            await release.Task;
            if (batch.Any(a => a.Code == codes[13].Value))
            {
                throw new StorageRefusedException("out of memory");
            }
        };

        // All but the first gather behind it.
        var first = engine.ExecuteAsync(codes[0], Office.Fire("forward"), Office.Request("x")).AsTask();
        await reached.Task;
        var others = codes.Skip(1).Select(c => engine.ExecuteAsync(c, Office.Fire("forward"), Office.Request("x")).AsTask()).ToList();
        release.SetResult();

        Office.Accepted(await first.WaitAsync(Patience));
        await Assert.ThrowsAsync<StorageRefusedException>(() => others[12].WaitAsync(Patience));
        foreach (var other in others.Where(o => o != others[12]))
        {
            Office.Accepted(await other.WaitAsync(Patience));
        }

        Assert.Contains(19, store.BatchSizes);
        Assert.Equal(2, (await inner.LoadAsync(codes[13].Value, default))!.Version);
        store.BeforeBatch = _ => Task.CompletedTask;
        Assert.False(Office.Accepted(await engine.ExecuteAsync(codes[13], Office.Fire("forward"), Office.Request("x"))).IsRepeat);
    }

    [Fact]
    public async Task RefusalBehindALostAnswer_IsNotToldAsAFailure()
    {
        var (store, engine, _) = await OpenAsync();
        await using var _e = engine;
        var code = (await CodesAsync(engine, 1))[0];
        var lost = store.Appends + 1;
        store.After = number => number == lost ? Task.FromException(Lost) : Task.CompletedTask;
        store.Before = number => number > lost && number <= lost + 5 ? Task.FromException(new StorageRefusedException("cancelled")) : Task.CompletedTask;

        var result = Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("x")).AsTask().WaitAsync(Patience));

        Assert.Equal((false, 3), (result.IsRepeat, result.Version));
        Assert.Equal(lost + 6, store.Appends);
    }

    [Fact]
    public async Task RefusalBehindALostAnswer_WhenTheEngineEnds_IsToldAsUnknown()
    {
        var (store, engine, _) = await OpenAsync();
        var code = (await CodesAsync(engine, 1))[0];
        var lost = store.Appends + 1;
        var refused = new TaskCompletionSource();
        store.After = number => number == lost ? Task.FromException(Lost) : Task.CompletedTask;
        store.BeforeBatch = _ =>
        {
            if (store.Appends > lost + 5)
            {
                refused.TrySetResult();
            }

            return store.Appends > lost ? Task.FromException(new StorageRefusedException("cancelled")) : Task.CompletedTask;
        };

        var command = engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("x")).AsTask();
        await refused.Task.WaitAsync(Patience);
        await engine.DisposeAsync().AsTask().WaitAsync(Patience);

        await Assert.ThrowsAsync<StorageUnavailableException>(() => command);
    }

    [Fact]
    public async Task SecondDisposal_EndsNotBeforeTheFirst()
    {
        var (store, engine, _) = await OpenAsync();
        var code = (await CodesAsync(engine, 1))[0];
        var release = new TaskCompletionSource();
        store.Before = _ => release.Task;
        var command = engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request("x")).AsTask();

        var first = engine.DisposeAsync().AsTask();
        var second = engine.DisposeAsync().AsTask();
        Assert.False(second.IsCompleted);

        release.SetResult();
        await Task.WhenAll(first, second);
        Office.Accepted(await command);
    }

    private static async Task<(FaultyStore Store, DossierEngine Engine, MemoryJournalStore Inner)> OpenAsync(Action<Workflow.Engine.Setup.WorkflowEngineOptions>? configure = null)
    {
        var clock = new VirtualClock(Office.Start);
        var inner = await Office.MemoryAsync(clock);
        var store = new FaultyStore(inner);
        return (store, await Office.OpenAsync(store, clock, configure), inner);
    }

    private static async Task<List<DossierCode>> CodesAsync(DossierEngine engine, int count)
    {
        var codes = new List<DossierCode>();
        for (var i = 0; i < count; i++)
        {
            codes.Add(await engine.AcceptedAsync($"d{i}"));
        }

        return codes;
    }
}
