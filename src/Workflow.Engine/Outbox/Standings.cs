using Workflow.Engine.Journal;

namespace Workflow.Engine.Outbox;

/// <summary>How a subscriber as a whole fares after a round, and the log lines of that.</summary>
internal static class Standings
{
    public static SubscriberStanding After(SubscriberStanding before, RoundResult result, string name, OutboxParts outbox)
    {
        if (result.Gone is { } gone)
        {
            OutboxLog.Paused(outbox.Logger, name, gone.Why);
            return new SubscriberStanding(gone.Why, null, 0, gone.Why);
        }

        if (result.Down is { } down)
        {
            var failures = before.Failures + 1;
            var until = RestUntil(failures, down, name, outbox.Options);
            OutboxLog.Rests(outbox.Logger, name, down.Why, until);
            return new SubscriberStanding(null, until, failures, down.Why);
        }

        if (result.Taken == 0 || before == SubscriberStanding.Well)
        {
            return before;
        }

        OutboxLog.Well(outbox.Logger, name);
        return SubscriberStanding.Well;
    }

    /// <summary>Until when a subscriber that is away is left alone: longer each time, or as long as it asks.</summary>
    public static DateTimeOffset RestUntil(int failures, DeliveryAnswer answer, string name, DeliveryOptions options)
    {
        var rest = BackOff.After(failures, options.FirstRest, 2, options.LongestRest, name);
        return StoredTime.Floor(options.Time.GetUtcNow() + (answer.RetryAfter > rest ? answer.RetryAfter.Value : rest));
    }
}
