using System.Diagnostics;
using Workflow.Engine.Followers;
using Workflow.Engine.Journal;
using Workflow.Engine.Postgres;
using Workflow.Engine.Tests.Journal;
using Workflow.Engine.Tests.Postgres;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Leases;

/// <summary>Followers of hosts on one database.</summary>
[Collection(PostgresTests.Name)]
public sealed class SharedFollowersTests : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    private readonly VirtualClock _clock = new(Office.Start);
    private PostgresServer _server = null!;
    private string _schema = null!;
    private PostgresJournalStore _store = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = PostgresServer.Require();
        _schema = _server.CreateSchema();
        _store = new PostgresJournalStore(_schema, _clock);
        await _store.OpenAsync(Ct);
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _server.DropSchema(_schema);
    }

    /// <summary>One host leads and is given what both commit; when it ends, or dies without a word, the other goes on where it was, with nothing left out.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FollowerOfAHostThatEnds_IsTakenOverInOrderWithNothingSkipped(bool givesBack)
    {
        var (first, second) = (new Recorder(), new Recorder());
        var one = await OpenAsync(first, background: true, new FaultyStore(_store) { IsExclusive = false, GivesLeasesBack = givesBack });
        await one.AcceptedAsync("a");
        await UntilAsync(() => first.Versions.Count == 2);
        await using var two = await OpenAsync(second, background: true);
        await two.AcceptedAsync("b");
        await UntilAsync(() => first.Versions.Count == 4);
        Assert.Empty(second.Versions);

        await one.DisposeAsync();
        for (var n = 0; n < 5; n++)
        {
            await two.AcceptedAsync($"c{n}");
        }

        await UntilAsync(() => second.Versions.Count >= 10);
        Assert.Equal(await JournalAsync(), first.Versions.Concat(second.Versions));
    }

    [Fact]
    public async Task CatchUp_WhileAnotherHostLeads_WaitsUntilThatOneHasComeAsFar()
    {
        var (first, second) = (new Recorder(), new Recorder());
        await using var one = await OpenAsync(first, background: true);
        await one.AcceptedAsync("a");
        await UntilAsync(() => first.Versions.Count == 2);
        await using var two = await OpenAsync(second, background: false);
        await two.AcceptedAsync("b");

        await two.CatchUpAsync(Ct).AsTask().WaitAsync(s_patience, Ct);

        Assert.Equal(4, first.Versions.Count);
        Assert.Empty(second.Versions);
    }

    [Fact]
    public async Task CatchUp_WhileAnotherHostLeadsAndStandsStill_IsToldSo()
    {
        var recorder = new Recorder();
        await using var engine = await OpenAsync(recorder, background: false);
        await engine.AcceptedAsync("a");
        await engine.CatchUpAsync(Ct);
        PostgresServer.Execute(_schema, "UPDATE lease SET holder = 'another', until = until + interval '1 hour'");
        await engine.AcceptedAsync("b");

        // The lease that this host believes to have is asked for again before it ends.
        await UntilAsync(async () =>
        {
            try
            {
                await engine.AcceptedAsync(Guid.NewGuid().ToString());
                await engine.CatchUpAsync(Ct);
                return false;
            }
            catch (FollowerLedElsewhereException told)
            {
                return told.Message.Contains("'recorder'", StringComparison.Ordinal);
            }
        });

        // It saves no cursor either.
        var seen = recorder.Versions.Count;
        await Assert.ThrowsAsync<FollowerLedElsewhereException>(async () => await engine.CatchUpAsync(Ct));
        Assert.Equal(seen, recorder.Versions.Count);
    }

    /// <summary>However long the follower takes, its host renews the lease.</summary>
    [Fact]
    public async Task LeaseOfAHostWhoseFollowerTakesLong_IsRenewed()
    {
        var release = new TaskCompletionSource();
        var slow = new Recorder { Before = release.Task };
        await using var engine = await OpenAsync(slow, background: false);
        await engine.AcceptedAsync("a");
        var catchingUp = engine.CatchUpAsync(Ct).AsTask();
        await UntilAsync(() => slow.IsCalled);

        for (var waited = Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromMilliseconds(900); await Task.Yield())
        {
            Assert.False(await _store.TakeLeaseAsync("follower/recorder", "another", TimeSpan.FromHours(1), Ct));
        }

        release.SetResult();
        await catchingUp.WaitAsync(s_patience, Ct);
        Assert.Equal(2, slow.Versions.Count);
    }

    /// <summary>Leases go by the server's clock: a host whose own clock is years ahead takes nobody's.</summary>
    [Fact]
    public async Task HostWithAWrongClock_TakesNoLeaseAndNoClaimOfAnother()
    {
        await using var wrong = new PostgresJournalStore(_schema, new FixedTime(Office.Start.AddYears(80)));
        await wrong.OpenAsync(Ct);
        WakeUp[] due = [new("D-1", Office.Start)];

        Assert.True(await _store.TakeLeaseAsync("l", "right", TimeSpan.FromMinutes(1), Ct));
        Assert.Equal(due, await _store.ClaimAsync(due, "right", TimeSpan.FromMinutes(1), Ct));
        Assert.False(await wrong.TakeLeaseAsync("l", "wrong", TimeSpan.FromMinutes(1), Ct));
        Assert.Empty(await wrong.ClaimAsync(due, "wrong", TimeSpan.FromMinutes(1), Ct));
    }

    private async Task<DossierEngine> OpenAsync(Recorder follower, bool background, IJournalStore? store = null) => await Office.OpenAsync(store ?? _store, _clock, o =>
    {
        o.BackgroundFollowers = background;
        o.LeaseDuration = TimeSpan.FromMilliseconds(600);
        o.FollowerPoll = TimeSpan.FromMilliseconds(50);
        o.Followers.Add(follower);
    });

    private async Task<List<(string, int)>> JournalAsync() => [.. (await _store.ReadJournalAsync(default, 1_000, Ct)).Select(row => (row.Code, row.Version))];

    private static Task UntilAsync(Func<bool> holds) => UntilAsync(() => Task.FromResult(holds()));

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var waited = Stopwatch.StartNew(); !await holds(); await Task.Yield())
        {
            Assert.True(waited.Elapsed < s_patience, "It did not come about.");
        }
    }

    private sealed class Recorder : IJournalFollower
    {
        private readonly Lock _lock = new();
        private readonly List<(string Code, int Version)> _versions = [];

        public string Name => "recorder";

        public Task Before { get; init; } = Task.CompletedTask;

        public bool IsCalled { get; private set; }

        public List<(string Code, int Version)> Versions
        {
            get
            {
                lock (_lock)
                {
                    return [.. _versions];
                }
            }
        }

        public async ValueTask HandleAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken)
        {
            IsCalled = true;
            await Before.WaitAsync(cancellationToken);
            lock (_lock)
            {
                _versions.AddRange(entries.Select(e => (e.Code.Value, e.Version)));
            }
        }
    }
}
