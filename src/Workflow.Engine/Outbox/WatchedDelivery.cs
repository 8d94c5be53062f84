using System.Diagnostics;
using Workflow.Engine.Telemetry;

namespace Workflow.Engine.Outbox;

/// <summary>Makes deliveries and tells those who listen; what is sent goes on the trace of the command.</summary>
internal static class WatchedDelivery
{
    public static ValueTask<DeliveryAnswer> DeliverWatchedAsync(
        this IDeliverySink sink, Delivery delivery, ActivityContext cause, string subscriber, EngineInstruments? instruments, CancellationToken ct) =>
        instruments is { AreDeliveriesWatched: true } ? WatchAsync(sink, delivery, cause, subscriber, instruments, ct) : sink.DeliverAsync(delivery, ct);

    private static async ValueTask<DeliveryAnswer> WatchAsync(
        IDeliverySink sink, Delivery delivery, ActivityContext cause, string subscriber, EngineInstruments instruments, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        using var span = Spans.Delivery(subscriber, cause);
        var answer = await sink.DeliverAsync(delivery, ct).ConfigureAwait(false);
        var outcome = answer.Fate switch
        {
            DeliveryFate.Taken => "taken",
            DeliveryFate.Unavailable => "unavailable",
            DeliveryFate.Refused => "refused",
            DeliveryFate.Gone => "gone",
            _ => "failed",
        };
        span?.SetTag(Tags.DeliveryOutcome, outcome).SetStatus(answer.Fate == DeliveryFate.Taken ? ActivityStatusCode.Unset : ActivityStatusCode.Error);
        instruments.Delivery(subscriber, outcome, Stopwatch.GetElapsedTime(started));
        return answer;
    }
}
