using System.Diagnostics;
using Workflow.Core.Dossiers;
using Workflow.Engine.Journal;
using Workflow.Engine.Postgres;
using Workflow.Engine.Tests.Postgres;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Leases;

/// <summary>Timers of hosts on one database.</summary>
[Collection(PostgresTests.Name)]
public sealed class SharedTimersTests : IAsyncLifetime
{
    private readonly VirtualClock _clock = new(Office.Start);
    private PostgresServer _server = null!;
    private string _schema = null!;
    private PostgresJournalStore _oneStore = null!;
    private PostgresJournalStore _twoStore = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = PostgresServer.Require();
        _schema = _server.CreateSchema();
        _oneStore = new PostgresJournalStore(_schema, _clock);
        _twoStore = new PostgresJournalStore(_schema, _clock);
        await _oneStore.OpenAsync(Ct);
        await _twoStore.OpenAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _oneStore.DisposeAsync();
        await _twoStore.DisposeAsync();
        _server.DropSchema(_schema);
    }

    [Fact]
    public async Task TwoHosts_ShareDueTimersAndFireEachOnce()
    {
        const int Count = 500;
        await using var one = await Office.OpenAsync(_oneStore, _clock);
        await using var two = await Office.OpenAsync(_twoStore, _clock);
        var codes = await ParkAsync(one, Count);
        _clock.Advance(TimeSpan.FromHours(3));

        var fired = await Task.WhenAll(Task.Run(async () => await one.FireDueTimersAsync(Ct)), Task.Run(async () => await two.FireDueTimersAsync(Ct)));

        Assert.Equal(Count, fired.Sum());
        Assert.All(fired, count => Assert.InRange(count, 1, Count - 1));
        foreach (var code in codes)
        {
            Assert.Equal("Working", (await _oneStore.LoadAsync(code.Value, Ct))!.Snapshot.State);
            Assert.Equal(4, (await _oneStore.LoadAsync(code.Value, Ct))!.Version);
        }
    }

    [Fact]
    public async Task ClaimsOfAHostThatDied_EndAndAreTakenOver()
    {
        await using var engine = await Office.OpenAsync(_oneStore, _clock);
        await ParkAsync(engine, 20);
        _clock.Advance(TimeSpan.FromHours(3));
        var due = await _twoStore.ReadDueAsync(_clock.GetUtcNow(), null, 100, Ct);
        Assert.Equal(20, (await _twoStore.ClaimAsync(due, "a host that dies", TimeSpan.FromMilliseconds(700), Ct)).Count);

        Assert.Equal(0, await engine.FireDueTimersAsync(Ct));

        var fired = 0;
        for (var patience = Stopwatch.StartNew(); fired < 20; fired += await engine.FireDueTimersAsync(Ct))
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(20), "The claims did not end.");
        }
    }

    /// <summary>What no commit of this host tells is found by looking.</summary>
    [Fact]
    public async Task TimersOfAnotherHost_AreFiredByThisOne()
    {
        await using var one = await Office.OpenAsync(_oneStore, _clock);
        await using var two = await Office.OpenAsync(_twoStore, _clock, o => o.BackgroundTimers = true);
        var code = (await ParkAsync(one, 1))[0];

        var patience = Stopwatch.StartNew();
        while ((await _twoStore.LoadAsync(code.Value, Ct))!.Snapshot.State == "Parked")
        {
            Assert.True(patience.Elapsed < TimeSpan.FromSeconds(20), "The timer did not fire.");
            _clock.Advance(TimeSpan.FromMinutes(1));
        }
    }

    private static async Task<DossierCode[]> ParkAsync(DossierEngine engine, int count) => await Task.WhenAll(Enumerable.Range(0, count).Select(async n =>
    {
        var code = await engine.AcceptedAsync($"a{n}");
        Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("park"), Office.Request($"p{n}")));
        return code;
    }));
}
