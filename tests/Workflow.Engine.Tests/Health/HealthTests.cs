using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Workflow.Engine.Followers;
using Workflow.Engine.Health;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;
using Workflow.Engine.Timers;

namespace Workflow.Engine.Tests.Health;

public sealed class HealthTests : IAsyncDisposable
{
    private readonly VirtualClock _clock = new(Office.Start);
    private readonly FaultyStore _store;
    private readonly WorkflowEngineHosting _hosting;
    private readonly WorkflowHealthOptions _bounds = new();
    private readonly WorkflowEngineOptions _options = new() { BackgroundFollowers = false, ShutdownTimeout = TimeSpan.Zero };

    public HealthTests()
    {
        _store = new FaultyStore(new MemoryJournalStore(_clock));
        _hosting = new WorkflowEngineHosting(_store, new ProcedureSet(Office.Procedure), Office.Units, Office.Calendar, _clock, Options.Create(_options), []);
    }

    public ValueTask DisposeAsync() => _hosting.DisposeAsync();

    [Fact]
    public async Task StartedEngine_IsLiveAndReady()
    {
        Assert.Equal(HealthStatus.Healthy, (await LiveAsync()).Status);
        Assert.Equal(HealthStatus.Unhealthy, (await ReadyAsync()).Status);
        await _hosting.StartAsync();

        Assert.Equal(HealthStatus.Healthy, (await LiveAsync()).Status);
        Assert.Equal(HealthStatus.Healthy, (await ReadyAsync()).Status);
    }

    [Fact]
    public async Task EngineThatDrains_IsNotReadyAndStaysLive()
    {
        await _hosting.StartAsync();
        await _hosting.StopAsync();

        Assert.Equal(HealthStatus.Unhealthy, (await ReadyAsync()).Status);
        Assert.Equal(HealthStatus.Healthy, (await LiveAsync()).Status);
    }

    [Fact]
    public async Task StoreThatFails_IsNotReadyAndStaysLive()
    {
        await _hosting.StartAsync();
        _store.BeforeNextWakeUp = () => Task.FromException(new StorageUnavailableException("secret host name"));

        var ready = await ReadyAsync();

        Assert.Equal((HealthStatus.Unhealthy, "The store failed."), (ready.Status, ready.Description));
        Assert.Equal(HealthStatus.Healthy, (await LiveAsync()).Status);
    }

    [Fact]
    public async Task StoreThatDoesNotAnswer_IsNotReadyWithinTheBound()
    {
        await _hosting.StartAsync();
        _bounds.StoreTimeout = TimeSpan.FromMilliseconds(20);
        _store.BeforeNextWakeUp = () => new TaskCompletionSource().Task;

        Assert.Contains("did not answer within", (await ReadyAsync()).Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CommitThatWaitsTooLong_IsNotReady()
    {
        var engine = await _hosting.StartAsync();
        var (reached, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        _store.Before = _ =>
        {
            reached.TrySetResult();
            return release.Task;
        };
        var command = engine.SubmitAsync(Office.Submission(), Office.Request("a")).AsTask();
        await reached.Task;
        Assert.Equal(HealthStatus.Healthy, (await ReadyAsync()).Status);
        _bounds.OldestAppend = TimeSpan.Zero;

        Assert.Contains("waiting for the store", (await ReadyAsync()).Description, StringComparison.Ordinal);
        release.SetResult();
        Office.Accepted(await command);
        Assert.Equal(HealthStatus.Healthy, (await ReadyAsync()).Status);
    }

    [Fact]
    public async Task LateTimersFollowersAndParkedDeliveries_Degrade()
    {
        _options.Followers.Add(new Failing());
        var engine = await _hosting.StartAsync();
        await engine.AcceptedAsync("a");
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await engine.CatchUpAsync());
        Assert.Equal(HealthStatus.Healthy, (await ReadyAsync()).Status);
        _bounds.FollowerLag = _bounds.TimerLateness = TimeSpan.FromTicks(-1);
        _bounds.ParkedDeliveries = -1;

        var ready = await ReadyAsync();

        Assert.Equal(HealthStatus.Degraded, ready.Status);
        Assert.Contains("follower failing is behind", ready.Description, StringComparison.Ordinal);
        Assert.Contains("timer is late", ready.Description, StringComparison.Ordinal);
        Assert.Contains("are parked", ready.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Services_HaveBothChecks()
    {
        var services = new ServiceCollection();
        services.AddHealthChecks().AddWorkflowEngine(o => o.ParkedDeliveries = 3);

        Assert.Contains(services, s => s.ServiceType == typeof(IConfigureOptions<HealthCheckServiceOptions>));
        Assert.Contains(services, s => s.ServiceType == typeof(IConfigureOptions<WorkflowHealthOptions>));
    }

    private Task<HealthCheckResult> LiveAsync() => CheckAsync(new EngineLiveCheck(_hosting));

    private Task<HealthCheckResult> ReadyAsync() => CheckAsync(new EngineReadyCheck(_hosting, new Bounds(_bounds)));

    private static Task<HealthCheckResult> CheckAsync(IHealthCheck check) =>
        check.CheckHealthAsync(new HealthCheckContext { Registration = new HealthCheckRegistration("x", check, HealthStatus.Unhealthy, null) });

    private sealed class Bounds(WorkflowHealthOptions value) : IOptionsMonitor<WorkflowHealthOptions>
    {
        public WorkflowHealthOptions CurrentValue => value;

        public WorkflowHealthOptions Get(string? name) => value;

        public IDisposable? OnChange(Action<WorkflowHealthOptions, string?> listener) => null;
    }

    private sealed class Failing : IJournalFollower
    {
        public string Name => "failing";

        public ValueTask HandleAsync(IReadOnlyList<JournalEntry> entries, CancellationToken cancellationToken) => throw new InvalidOperationException("not yet");
    }
}
