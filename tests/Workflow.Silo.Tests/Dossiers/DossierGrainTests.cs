using Workflow.Core.Dossiers;
using Workflow.Engine.Journal;
using Workflow.Engine.Tests;
using Workflow.Grains.Calls;
using Workflow.Grains.Dossiers;
using Workflow.Silo.Tests.Clusters;
using static Workflow.Engine.Tests.Office;

namespace Workflow.Silo.Tests.Dossiers;

public sealed class DossierGrainTests(DossierGrainTests.OneSilo silo) : IClassFixture<DossierGrainTests.OneSilo>
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private readonly TestCluster _cluster = silo.Cluster;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CallWithinASilo_HandsOverWhatWasGiven()
    {
        var code = await _cluster.EngineOf(0).AcceptedAsync("same");
        var call = new DossierCall(Fire("forward"), Request("same/f"));

        var answer = await Grain(code).ExecuteAsync(call);

        var (given, returned) = silo.Seen[^1];
        Assert.Same(call, given);
        Assert.Same(answer, returned);
    }

    [Fact]
    public async Task LostKey_IsDecidedAgainAndTheGrainLetsGoAtOnce()
    {
        var code = await _cluster.Engine.AcceptedAsync("lost");
        Accepted(await _cluster.LocalEngine(0).ExecuteAsync(code, Fire("forward"), Request("lost/f"), Ct));
        var gone = _cluster.Silos.WaitForDeactivationAsync(Grain(code));

        Assert.Equal(4, Accepted(await _cluster.Engine.ExecuteAsync(code, new AssignDossier { Officer = "x" }, Request("lost/a"), Ct)).Version);

        await gone.WaitAsync(s_patience, Ct);
        Assert.Equal(5, Accepted(await _cluster.Engine.ExecuteAsync(code, Fire("back"), Request("lost/b"), Ct)).Version);
    }

    [Fact]
    public async Task StayingGrain_IsNotLoadedAgain()
    {
        var code = await _cluster.Engine.AcceptedAsync("stay");
        var loads = _cluster.Store(0).Loads;

        Accepted(await _cluster.Engine.ExecuteAsync(code, Fire("forward"), Request("stay/f"), Ct));
        Assert.Equal(3, (await _cluster.Engine.FindAsync(code, Ct))!.Version);

        Assert.Equal(loads, _cluster.Store(0).Loads);
    }

    [Fact]
    public async Task Read_ThatCausesTheActivation_NeedsNoConfirmationAndTheNextOneDoes()
    {
        var (store, local) = (_cluster.Store(0), _cluster.LocalEngine(0));
        var code = await local.AcceptedAsync("first");
        var before = (store.Loads, store.ConfirmSizes.Count);

        Assert.Equal(2, (await _cluster.Engine.FindAsync(code, Ct))!.Version);
        Assert.Equal((before.Loads + 1, before.Count), (store.Loads, store.ConfirmSizes.Count));

        // Another writer.
        Accepted(await local.ExecuteAsync(code, Fire("forward"), Request("first/f"), Ct));
        Assert.Equal(3, (await _cluster.Engine.FindAsync(code, Ct))!.Version);
    }

    [Fact]
    public async Task CodeWithoutADossier_IsNotKeptInMemory()
    {
        var grain = Grain(new DossierCode("none"));
        var gone = _cluster.Silos.WaitForDeactivationAsync(grain);

        Assert.Null((await grain.FindAsync()).Dossier);

        await gone.WaitAsync(s_patience, Ct);
    }

    [Theory]
    [InlineData("42")]
    [InlineData("dossier/")]
    [InlineData("dossier/ 42")]
    public async Task Key_ThatIsNoDossiers_IsRefused(string key)
    {
        var grain = _cluster.Silos.Client.GetGrain<IDossierGrain>(key);

        var fault = (await grain.ExecuteAsync(new DossierCall(Fire("accept"), Request("k")))).Fault;

        Assert.Equal(EngineFaultKind.Argument, fault!.Kind);
        Assert.StartsWith("There is no such grain: the key of a dossier's grain ", fault.Message, StringComparison.Ordinal);
        Assert.Equal(EngineFaultKind.Argument, (await grain.FindAsync()).Fault!.Kind);
        Assert.Equal(EngineFaultKind.Argument, (await grain.HistoryAsync(new HistoryCall(1, 1))).Fault!.Kind);
        Assert.Equal(EngineFaultKind.Argument, (await grain.PermittedAsync(new PermittedCall(Clerk))).Fault!.Kind);
    }

    [Fact]
    public async Task Queries_AreAnsweredBesideACommandUnderWay()
    {
        var code = await _cluster.Engine.AcceptedAsync("beside");
        var (reached, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        _cluster.Store(0).BeforeBatch = batch =>
        {
            reached.TrySetResult();
            return batch.Any(a => a.Code == code.Value) ? goOn.Task : Task.CompletedTask;
        };
        try
        {
            var command = _cluster.Engine.ExecuteAsync(code, Fire("forward"), Request("beside/f"), Ct).AsTask();
            await reached.Task.WaitAsync(s_patience, Ct);

            Assert.Equal(2, (await _cluster.Engine.FindAsync(code, Ct))!.Version);
            Assert.Contains((await _cluster.Engine.PermittedAsync(code, Clerk, Ct))!, p => p.Trigger == "finish" && p.IsPermitted);
            Assert.Equal(2, (await _cluster.Engine.HistoryAsync(code, cancellationToken: Ct)).Count);

            goOn.SetResult();
            Assert.Equal(3, Accepted(await command).Version);
        }
        finally
        {
            goOn.TrySetResult();
            _cluster.Store(0).BeforeBatch = _ => Task.CompletedTask;
        }
    }

    [Fact]
    public async Task FaultOfTheStore_ArrivesAsItselfInASiloAndByItsMessageAtAClient()
    {
        var code = await _cluster.Engine.AcceptedAsync("full");
        _cluster.Store(0).Before = _ => throw new StorageFullException("The disk is full: free some space.");
        try
        {
            var thrown = await Assert.ThrowsAsync<StorageFullException>(() => _cluster.EngineOf(0).ExecuteAsync(code, Fire("forward"), Request("full/1"), Ct).AsTask());
            var told = await Assert.ThrowsAsync<EngineFaultException>(() => _cluster.Engine.ExecuteAsync(code, Fire("forward"), Request("full/1"), Ct).AsTask());

            Assert.Equal((thrown.Message, EngineFaultKind.StorageFull), (told.Message, told.Kind));
        }
        finally
        {
            _cluster.Store(0).Before = _ => Task.CompletedTask;
        }

        Assert.Equal(3, Accepted(await _cluster.Engine.ExecuteAsync(code, Fire("forward"), Request("full/1"), Ct)).Version);
    }

    private IDossierGrain Grain(DossierCode code) => SiloGrains.GetGrain<IDossierGrain>(DossierGrainKey.Of(code));

    private IGrainFactory SiloGrains => (IGrainFactory)_cluster.Silos.Silos[0].ServiceProvider.GetService(typeof(IGrainFactory))!;

    /// <summary>A silo that notes what its dossiers are given and return.</summary>
    public sealed class OneSilo : IAsyncLifetime, IIncomingGrainCallFilter
    {
        private TestCluster? _cluster;

        internal TestCluster Cluster => _cluster!;

        public List<(object? Given, object? Returned)> Seen { get; } = [];

        public async ValueTask InitializeAsync() => _cluster = await TestCluster.StartAsync(configureSilo: s => s.AddIncomingGrainCallFilter(this));

        public async Task Invoke(IIncomingGrainCallContext context)
        {
            await context.Invoke();
            if (context.InterfaceMethod.DeclaringType == typeof(IDossierGrain) && context.Request.GetArgumentCount() > 0)
            {
                lock (Seen)
                {
                    Seen.Add((context.Request.GetArgument(0), context.Result));
                }
            }
        }

        public ValueTask DisposeAsync() => _cluster?.DisposeAsync() ?? default;
    }
}
