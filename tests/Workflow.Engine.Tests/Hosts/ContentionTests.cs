using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Engine.Audit;
using Workflow.Engine.Hosts;
using Workflow.Engine.Journal;
using Workflow.Engine.Tests.Postgres;

namespace Workflow.Engine.Tests.Hosts;

/// <summary>Many hosts that want the same dossiers at the same time.</summary>
[Collection(PostgresTests.Name)]
public sealed class ContentionTests
{
    [Fact]
    public async Task FourHosts_OnOneDossier_AllComeThrough()
    {
        await using var office = await SharedOffice.OpenAsync(4);
        var code = await office.Hosts[0].AcceptedAsync("a");

        var results = await Task.WhenAll(Enumerable.Range(0, 160).Select(i => Task.Run(async () =>
            await office.Hosts[i % 4].ExecuteAsync(code, new AssignDossier { Officer = $"o{i}" }, Office.Request($"c{i}")))));

        Assert.Equal(Enumerable.Range(3, 160), results.Select(r => Office.Accepted(r).Version).Order());
        Assert.Null(await ChainVerification.VerifyAsync(office.Store, code.Value));
    }

    [Fact]
    public async Task HostThatIsAlwaysSlower_ComesThroughAgainstOneThatNeverRests()
    {
        await using var office = await SharedOffice.OpenAsync(1);
        var slow = await office.AddAsync();
        var code = await slow.AcceptedAsync("a");
        using var enough = new CancellationTokenSource();
        var busy = Enumerable.Range(0, 4).Select(n => Task.Run(async () =>
        {
            for (var i = 0; !enough.IsCancellationRequested; i++)
            {
                Office.Accepted(await office.Hosts[0].ExecuteAsync(code, new AssignDossier { Officer = $"o{n}" }, Office.Request($"busy{n}/{i}")));
            }
        })).ToArray();

        for (var i = 0; i < 10; i++)
        {
            Office.Accepted(await slow.ExecuteAsync(code, new AssignDossier { Officer = $"slow{i}" }, Office.Request($"slow{i}")));
            Assert.Equal("permitted", Office.Refused(await slow.ExecuteAsync(code, Office.Fire("back"), Office.Request($"refused{i}"))));
        }

        await enough.CancelAsync();
        await Task.WhenAll(busy);
        Assert.Null(await ChainVerification.VerifyAsync(office.Store, code.Value));
    }

    [Fact]
    public async Task HostThatLosesEachTime_TakesAHoldAndIsToldItsOwnOutcome()
    {
        await using var office = await SharedOffice.OpenAsync(1);
        var holds = 0;
        FaultyStore? store = null;
        var slow = await office.AddAsync(inner => store = new FaultyStore(inner) { IsExclusive = false, BeforeHold = () => holds++ });
        var code = await slow.AcceptedAsync("a");

        // Before each append of this host another one is faster.
        store!.Before = async number => await office.Hosts[0].ExecuteAsync(code, new AssignDossier { Officer = "x" }, Office.Request($"fast{number}"));
        var result = Office.Accepted(await slow.ExecuteAsync(code, new AssignDossier { Officer = "y" }, Office.Request("slow")));

        Assert.False(result.IsRepeat);
        Assert.Equal(1, holds);
        Assert.Equal("y", (await office.Hosts[0].FindAsync(code))!.Assignee);
        Assert.True(Office.Accepted(await slow.ExecuteAsync(code, new AssignDossier { Officer = "y" }, Office.Request("slow"))).IsRepeat);
    }

    [Fact]
    public async Task SharedCommitsOfTwoHosts_OverTheSameDossiersInOppositeOrder_AllEnd()
    {
        await using var office = await SharedOffice.OpenAsync(2);
        var codes = await Task.WhenAll(Enumerable.Range(0, 16).Select(n => office.Hosts[0].AcceptedAsync($"d{n}")));

        var results = await Task.WhenAll(Enumerable.Range(0, 160).Select(i => Task.Run(async () =>
        {
            var host = i % 2;
            var place = i / 2 % codes.Length;
            return await office.Hosts[host].ExecuteAsync(codes[host == 0 ? place : codes.Length - 1 - place], new AssignDossier { Officer = $"o{i}" }, Office.Request($"c{i}"));
        })));

        Assert.All(results, r => Office.Accepted(r));
        foreach (var code in codes)
        {
            Assert.Equal(12, (await office.Hosts[1].FindAsync(code))!.Version);
            Assert.Null(await ChainVerification.VerifyAsync(office.Store, code.Value));
        }
    }

    [Fact]
    public async Task ReadsAndRefusalsOfManyCallers_AreConfirmedTogether()
    {
        await using var office = await SharedOffice.OpenAsync(1);
        FaultyStore? store = null;
        var host = await office.AddAsync(inner => store = new FaultyStore(inner) { IsExclusive = false });
        var codes = await Task.WhenAll(Enumerable.Range(0, 32).Select(n => host.AcceptedAsync($"d{n}")));
        store!.ConfirmSizes.Clear();
        var loads = store.Loads;
        var first = new TaskCompletionSource();
        store.BeforeConfirm = () => first.Task;

        // While the first question is under way the others gather.
        var reads = codes.Select(c => host.FindAsync(c).AsTask()).ToArray();
        var refusals = codes.Select(c => host.ExecuteAsync(c, Office.Fire("back"), Office.Request("no")).AsTask()).ToArray();
        first.SetResult();

        Assert.All(await Task.WhenAll(reads), s => Assert.Equal(2, s!.Version));
        Assert.All(await Task.WhenAll(refusals), r => Assert.Equal("permitted", Office.Refused(r)));
        Assert.Equal(64, store.ConfirmSizes.Sum());
        Assert.InRange(store.ConfirmSizes.Count, 1, 8);
        Assert.Equal(loads, store.Loads);
    }

    [Fact]
    public async Task Question_ThatTheStoreDoesNotAnswer_IsToldToAllWhoAsked_AndTheNextIsAskedAgain()
    {
        var inner = await Office.MemoryAsync(new FixedClock());
        var store = new FaultyStore(inner) { BeforeConfirm = () => throw new StorageUnavailableException("away") };
        var confirmations = new Confirmations(store);

        var asked = Enumerable.Range(0, 5).Select(_ => confirmations.AskRevisionAsync()).ToArray();
        foreach (var question in asked)
        {
            await Assert.ThrowsAsync<StorageUnavailableException>(() => question);
        }

        store.BeforeConfirm = () => Task.CompletedTask;
        Assert.Equal(default, await confirmations.AskRevisionAsync());
    }

    private sealed class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Office.Start;
    }
}
