using Workflow.Core.Dossiers;
using Workflow.Engine.Activation;
using Workflow.Engine.Audit;
using Workflow.Engine.Journal;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Commits;

/// <summary>Two hosts on one store that is nobody's alone.</summary>
public sealed class ConflictTests : IAsyncLifetime
{
    private readonly VirtualClock _clock = new(Office.Start);
    private MemoryJournalStore _store = null!;
    private DossierEngine _one = null!;
    private DossierEngine _two = null!;

    public async ValueTask InitializeAsync()
    {
        _store = await Office.MemoryAsync(_clock);
        _one = await Office.OpenAsync(new FaultyStore(_store) { IsExclusive = false }, _clock);
        _two = await Office.OpenAsync(new FaultyStore(_store) { IsExclusive = false }, _clock);
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
    }

    [Fact]
    public async Task TakenVersion_IsLoadedAndDecidedAgain()
    {
        var code = await _one.AcceptedAsync("a");
        Office.Accepted(await _two.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f")));

        // The first host still believes in version 2.
        Assert.Equal(4, Office.Accepted(await _one.ExecuteAsync(code, new AssignDossier { Officer = "x" }, Office.Request("assign"))).Version);
        Assert.Equal(5, Office.Accepted(await _two.ExecuteAsync(code, Office.Fire("back"), Office.Request("b"))).Version);
    }

    [Fact]
    public async Task StaleMemory_DoesNotRefuse()
    {
        var code = await _one.AcceptedAsync("a");
        Office.Accepted(await _two.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f")));

        Assert.False(Office.Accepted(await _one.ExecuteAsync(code, Office.Fire("back"), Office.Request("b"))).IsRepeat);
        Assert.Equal("permitted", Office.Refused(await _two.ExecuteAsync(code, Office.Fire("back"), Office.Request("b2"))));
        Assert.Equal(4, (await _two.FindAsync(code))!.Version);
    }

    [Fact]
    public async Task CommandRepeatedAtAnotherHost_IsDoneOnce()
    {
        var code = await _one.AcceptedAsync("a");
        Office.Accepted(await _two.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f")));

        Assert.True(Office.Accepted(await _one.ExecuteAsync(code, Office.Fire("forward"), Office.Request("f"))).IsRepeat);
        Assert.True(Office.Accepted(await _two.SubmitAsync(Office.Submission(), Office.Request("a"))).IsRepeat);
    }

    [Fact]
    public async Task ManyCommandsThroughTwoHosts_AreAllDoneInOneChain()
    {
        var code = await _one.AcceptedAsync("a");

        var results = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(async () =>
            await (i % 2 == 0 ? _one : _two).ExecuteAsync(code, new AssignDossier { Officer = $"o{i}" }, Office.Request($"c{i / 4}/{i % 2}/{i}")))));

        Assert.Equal(Enumerable.Range(3, 60), results.Select(r => Office.Accepted(r).Version).Order());
        Assert.Null(await ChainVerification.VerifyAsync(_store, code.Value));
    }

    [Fact]
    public async Task SubmissionsThroughTwoHosts_GetNumbersOfTheirOwn()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => Task.Run(async () =>
            await (i % 2 == 0 ? _one : _two).SubmitAsync(Office.Submission(), Office.Request($"s{i % 50}")))));

        Assert.Equal(50, results.Select(r => Office.Accepted(r).Code).Distinct().Count());
        Assert.Equal(50, results.Count(r => !Office.Accepted(r).IsRepeat));
    }

    [Fact]
    public async Task VersionThatIsTakenForEver_EndsWithANamedException()
    {
        var store = new FaultyStore(_store);
        await using var engine = await Office.OpenAsync(store, _clock);
        var code = await engine.AcceptedAsync("a");

        // Before each append another host is faster.
        store.Before = async number => await _two.ExecuteAsync(code, new AssignDossier { Officer = "x" }, Office.Request($"fast{number}"));
        var fault = await Assert.ThrowsAsync<ContendedDossierException>(async () => await engine.ExecuteAsync(code, new AssignDossier { Officer = "y" }, Office.Request("slow")));

        Assert.Contains(code.Value, fault.Message, StringComparison.Ordinal);
    }
}
