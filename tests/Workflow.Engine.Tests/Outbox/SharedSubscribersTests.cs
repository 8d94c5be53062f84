using System.Diagnostics;
using Workflow.Engine.Journal;
using Workflow.Engine.Outbox;
using Workflow.Engine.Postgres;
using Workflow.Engine.Tests.Postgres;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Outbox;

/// <summary>Subscribers of two hosts on one database.</summary>
[Collection(PostgresTests.Name)]
public sealed class SharedSubscribersTests : IAsyncLifetime
{
    private static readonly string[] s_subscribers = ["archive", "map", "portal"];

    private readonly VirtualClock _clock = new(Office.Start);
    private readonly Endpoint[] _endpoints = [new(), new(), new()];
    private PostgresServer _server = null!;
    private string _schema = null!;
    private PostgresJournalStore _store = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = PostgresServer.Require();
        _schema = _server.CreateSchema();
        _store = new PostgresJournalStore(_schema, TimeProvider.System);
        await _store.OpenAsync(Ct);
        var desk = new SubscriberDesk(_store);
        for (var i = 0; i < s_subscribers.Length; i++)
        {
            await desk.AddAsync(new WebhookSubscriber(s_subscribers[i], _endpoints[i].Url, [OutboxOffice.Secret]), fromStart: true, Ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var endpoint in _endpoints)
        {
            await endpoint.DisposeAsync();
        }

        await _store.DisposeAsync();
        _server.DropSchema(_schema);
    }

    /// <summary>Whatever the host had under way, the other one delivers every row, in order per dossier, repeats under the same key with the same body.</summary>
    [Fact]
    public async Task HostThatEndsInTheMidstOfDeliveries_IsTakenOverWithNothingLostAndOrderAndKeysKept()
    {
        foreach (var endpoint in _endpoints)
        {
            endpoint.Answer = (r, s, ct) => endpoint.Received.Count > 15 ? Endpoint.Silence(r, s, ct) : Endpoint.Status(200)(r, s, ct);
        }

        var one = await OpenAsync(_store);
        var rows = await MovedAsync(one, "a", 40);
        await Task.WhenAll(_endpoints.Select(e => e.UntilAsync(r => r.Count > 15)));
        await using var two = await OpenAsync(_store);
        await one.DisposeAsync();
        Array.ForEach(_endpoints, e => e.Answer = Endpoint.Status(200));
        rows.AddRange(await MovedAsync(two, "b", 10));

        await DeliveredAsync(rows);
        await SavedAsync();
        Assert.All(_endpoints, e => Assert.True(e.Received.Count > rows.Count, "What was under way was not repeated."));
    }

    /// <summary>It stands still behind its last look at the lease, before the save: that is refused when it comes, and changes nothing of its successor.</summary>
    [Fact]
    public async Task HostThatStandsStillBeforeItsSave_IsTakenOverWithNothingLostAndStandsBack()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var stalled = 0;
        var stalls = new FaultyStore(_store)
        {
            IsExclusive = false,
            GivesLeasesBack = false,
            BeforeRound = async _ =>
            {
                Interlocked.Increment(ref stalled);
                await release.Task;
            },
        };
        await using var one = await OpenAsync(stalls);
        var rows = await MovedAsync(one, "a", 10);
        await UntilAsync(() => Task.FromResult(Volatile.Read(ref stalled) == _endpoints.Length));

        PostgresServer.Execute(_schema, "UPDATE lease SET until = clock_timestamp() WHERE name LIKE 'subscriber/%'");
        await using var two = await OpenAsync(_store);
        rows.AddRange(await MovedAsync(two, "b", 10));
        await DeliveredAsync(rows);
        await SavedAsync();
        var cursors = await CursorsAsync();
        release.SetResult();
        await one.DisposeAsync();

        Assert.Equal(cursors, await CursorsAsync());
        Assert.All(await new SubscriberDesk(_store).ListAsync(Ct), s => Assert.Equal((0, 0, SubscriberStanding.Well), (s.Lag, s.Owed.Count, s.Standing)));
    }

    /// <summary>Each subscriber is one host's at a time, yet either may have any of them.</summary>
    [Fact]
    public async Task TwoHosts_OnOneDatabase_DeliverEachRowOnceBetweenThem()
    {
        await using var one = await OpenAsync(_store);
        await using var two = await OpenAsync(_store);
        var rows = await MovedAsync(one, "c", 10);
        rows.AddRange(await MovedAsync(two, "d", 10));
        foreach (var endpoint in _endpoints)
        {
            await endpoint.UntilAsync(r => r.Count >= rows.Count);
        }

        await SavedAsync();
        Assert.All(_endpoints, e => Assert.Equal(rows.Order(), e.Received.Select(r => (r.Code, r.Version)).Order()));
    }

    private Task<DossierEngine> OpenAsync(IJournalStore store) => Office.OpenAsync(store, _clock, o =>
    {
        o.BackgroundFollowers = true;
        o.Delivery.PageLength = 10;
        o.Delivery.AtOnce = 4;
    });

    private static async Task<List<(string Code, int Version)>> MovedAsync(DossierEngine engine, string id, int dossiers)
    {
        var rows = new List<(string, int)>();
        for (var n = 0; n < dossiers; n++)
        {
            var code = await engine.AcceptedAsync($"{id}{n}");
            Office.Accepted(await engine.ExecuteAsync(code, Office.Fire("forward"), Office.Request($"{id}{n}/forward")));
            rows.AddRange([(code.Value, 1), (code.Value, 2), (code.Value, 3)]);
        }

        return rows;
    }

    private async Task DeliveredAsync(List<(string Code, int Version)> rows)
    {
        foreach (var endpoint in _endpoints)
        {
            await endpoint.UntilAsync(r => r.Select(x => (x.Code, x.Version)).ToHashSet().IsSupersetOf(rows));
            AssertInOrder(endpoint.Received);
        }
    }

    // A version comes for the first time only when all before it have come; a repeat may begin anew.
    private static void AssertInOrder(IReadOnlyList<Received> received)
    {
        foreach (var dossier in received.GroupBy(r => r.Code))
        {
            var seen = 0;
            foreach (var delivery in dossier)
            {
                Assert.True(delivery.Version <= seen + 1, $"{dossier.Key}: version {delivery.Version} came after {seen}.");
                seen = Math.Max(seen, delivery.Version);
            }
        }

        foreach (var repeats in received.GroupBy(r => (r.Code, r.Version)))
        {
            Assert.Single(repeats.Select(r => r.Id).Distinct());
            Assert.Single(repeats.Select(r => r.Text).Distinct());
        }

        Assert.Equal(received.Select(r => (r.Code, r.Version)).Distinct().Count(), received.Select(r => r.Id).Distinct().Count());
    }

    private async Task<List<string?>> CursorsAsync()
    {
        var cursors = new List<string?>();
        foreach (var name in s_subscribers)
        {
            cursors.Add((await _store.ReadCursorAsync(IOutboxStore.CursorOf(name), Ct))?.ToString());
        }

        return cursors;
    }

    private Task SavedAsync() => UntilAsync(async () => (await new SubscriberDesk(_store).ListAsync(Ct)).All(s => s.Lag == 0));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var waited = Stopwatch.StartNew(); !await holds(); await Task.Yield())
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(60), "It did not come about.");
        }
    }
}
