using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Workflow.Engine.Setup;

namespace Workflow.Engine.Health;

/// <summary>Whether the host can do commands now, and whether what runs by itself keeps up.</summary>
internal sealed class EngineReadyCheck(WorkflowEngineHosting hosting, IOptionsMonitor<WorkflowHealthOptions> options) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (hosting.Started is not { } engine)
        {
            return NotReady("The engine is not started.");
        }

        if (!engine.IsTaking)
        {
            return NotReady("The engine ends and takes no commands.");
        }

        var bounds = options.CurrentValue;
        TimeSpan lateness;
        try
        {
            lateness = await engine.TimerLatenessAsync(cancellationToken).AsTask().WaitAsync(bounds.StoreTimeout, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return NotReady(fault is TimeoutException ? $"The store did not answer within {bounds.StoreTimeout}." : "The store failed.", fault);
        }

        var lags = ((Telemetry.IEngineFigures)engine).FollowerLags.ToList();
        var data = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["oldestAppend"] = engine.OldestAppend,
            ["timerLateness"] = lateness,
            ["followerLag"] = lags.Max(f => f.Lag),
            ["parkedDeliveries"] = engine.ParkedDeliveries,
        };
        if (engine.OldestAppend > bounds.OldestAppend)
        {
            return NotReady($"A shared commit has been waiting for the store for {engine.OldestAppend}.", null, data);
        }

        var late = new List<string>();
        Say(lateness > bounds.TimerLateness, $"the earliest timer is late by {lateness}");
        foreach (var (name, lag) in lags)
        {
            Say(lag > bounds.FollowerLag, $"follower {name} is behind by {lag}");
        }

        Say(engine.ParkedDeliveries > bounds.ParkedDeliveries, $"{engine.ParkedDeliveries} deliveries are parked");
        return late.Count == 0 ? HealthCheckResult.Healthy(null, data) : HealthCheckResult.Degraded(string.Join("; ", late) + ".", null, data);

        void Say(bool holds, string what)
        {
            if (holds)
            {
                late.Add(what);
            }
        }

        HealthCheckResult NotReady(string why, Exception? fault = null, IReadOnlyDictionary<string, object>? figures = null) =>
            new(context.Registration.FailureStatus, why, fault, figures);
    }
}
