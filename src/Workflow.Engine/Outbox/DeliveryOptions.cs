namespace Workflow.Engine.Outbox;

/// <summary>How deliveries to subscribers are made. Read once, when the engine opens.</summary>
public sealed class DeliveryOptions
{
    /// <summary>How long one delivery may take; above zero. Ten seconds unless told.</summary>
    public TimeSpan TimeLimit { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The most deliveries under way at once to one subscriber, 1 to 256; those of one dossier follow each other.</summary>
    public int AtOnce { get; set; } = 8;

    /// <summary>How many rows of the journal are read at once, 1 to 10,000.</summary>
    public int PageLength { get; set; } = 200;

    /// <summary>How often one delivery is tried before it is parked, at least 1.</summary>
    public int MostAttempts { get; set; } = 12;

    /// <summary>How long to wait after the first failed attempt; each wait is three times the one before. With the defaults the last attempt is made after about a day.</summary>
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The longest wait between two attempts; not below <see cref="FirstRetry"/>.</summary>
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromHours(5);

    /// <summary>How long a subscriber that is down is left alone at first; each rest is twice the one before.</summary>
    public TimeSpan FirstRest { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest rest, unless the subscriber asks for more; not below <see cref="FirstRest"/>.</summary>
    public TimeSpan LongestRest { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The most that a subscriber's Retry-After is heeded.</summary>
    public TimeSpan LongestRetryAfter { get; set; } = TimeSpan.FromHours(6);

    /// <summary>How many dossiers of one subscriber may be owed deliveries, at least 1; at more its cursor waits until some are retried.</summary>
    public int MostOwed { get; set; } = 10_000;

    /// <summary>The clock of attempts, rests and time limits: real time, whatever the engine's legal time is.</summary>
    public TimeProvider Time { get; set; } = TimeProvider.System;

    internal IEnumerable<string> Mistakes()
    {
        if (TimeLimit <= TimeSpan.Zero)
            yield return $"Delivery.TimeLimit is {TimeLimit}: give a time above zero, such as 00:00:10.";
        if (AtOnce is < 1 or > 256)
            yield return $"Delivery.AtOnce is {AtOnce}: make 1 to 256 deliveries at once.";
        if (PageLength is < 1 or > 10_000)
            yield return $"Delivery.PageLength is {PageLength}: read 1 to 10000 rows at once.";
        if (MostAttempts < 1)
            yield return $"Delivery.MostAttempts is {MostAttempts}: try a delivery at least once.";
        if (FirstRetry <= TimeSpan.Zero || LongestRetry < FirstRetry)
            yield return $"Delivery.FirstRetry is {FirstRetry} and LongestRetry {LongestRetry}: give a time above zero, and one that is not below it.";
        if (FirstRest <= TimeSpan.Zero || LongestRest < FirstRest)
            yield return $"Delivery.FirstRest is {FirstRest} and LongestRest {LongestRest}: give a time above zero, and one that is not below it.";
        if (MostOwed < 1)
            yield return $"Delivery.MostOwed is {MostOwed}: let at least 1 dossier be owed.";
        if (Time is null)
            yield return "Delivery.Time is null: give a clock, or leave the system's.";
    }
}
