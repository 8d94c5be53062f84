using Workflow.Engine.Journal;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Commits;

/// <summary>What a command asks the store before it commits is asked again until there is an answer, as commits are.</summary>
public sealed class UnansweredQuestionTests
{
    private const int Lost = 3;

    private readonly VirtualClock _clock = new(Office.Start);

    [Fact]
    public async Task DossierThatCannotBeLoaded_IsAskedForAgain()
    {
        var inner = await Office.MemoryAsync(_clock);
        await using var first = await Office.OpenAsync(new FaultyStore(inner), _clock);
        var code = await first.AcceptedAsync("a");
        var loads = 0;
        await using var second = await Office.OpenAsync(new FaultyStore(inner) { Loaded = d => ++loads > Lost ? d : throw Away() }, _clock);

        Assert.Equal(3, Office.Accepted(await second.ExecuteAsync(code, Office.Fire("forward"), Office.Request("x"))).Version);
        Assert.Equal(Lost + 1, loads);
    }

    [Fact]
    public async Task RefusalThatCannotBeConfirmed_IsAskedForAgain()
    {
        var store = new FaultyStore(await Office.MemoryAsync(_clock)) { IsExclusive = false };
        await using var engine = await Office.OpenAsync(store, _clock);
        var code = await engine.AcceptedAsync("a");
        var asked = 0;
        store.BeforeConfirm = () => ++asked > Lost ? Task.CompletedTask : throw Away();

        Assert.Equal("permitted", Office.Refused(await engine.ExecuteAsync(code, Office.Fire("back"), Office.Request("x"))));
        Assert.Equal(Lost + 1, asked);
    }

    [Fact]
    public async Task NumbersThatAreNotAnswered_AreAskedForAgainAndGivenInTheOrderOfTheCalls()
    {
        var store = new FaultyStore(await Office.MemoryAsync(_clock)) { BeforeReserve = n => n > Lost ? Task.CompletedTask : throw Away() };
        await using var engine = await Office.OpenAsync(store, _clock);

        var made = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => engine.SubmitAsync(Office.Submission(), Office.Request($"s{n}")).AsTask()));

        Assert.Equal(Enumerable.Range(1, 10).Select(n => $"{Office.Unit}-201106-{n:D4}"), made.Select(m => Office.Accepted(m).Code.Value));
    }

    [Fact]
    public async Task EngineThatEnds_TellsThatTheStoreDoesNotAnswer()
    {
        var inner = await Office.MemoryAsync(_clock);
        await using var first = await Office.OpenAsync(new FaultyStore(inner), _clock);
        var code = await first.AcceptedAsync("a");
        var asked = new TaskCompletionSource();
        var second = await Office.OpenAsync(
            new FaultyStore(inner)
            {
                Loaded = _ =>
                {
                    asked.TrySetResult();
                    throw Away();
                },
            },
            _clock);

        var command = second.ExecuteAsync(code, Office.Fire("forward"), Office.Request("x")).AsTask();
        await asked.Task;
        await second.DisposeAsync();

        await Assert.ThrowsAsync<StorageUnavailableException>(() => command);
    }

    private static StorageUnavailableException Away() => new("restarting");
}
