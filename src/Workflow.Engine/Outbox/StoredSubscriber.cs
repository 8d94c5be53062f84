namespace Workflow.Engine.Outbox;

/// <summary>A subscriber as the store keeps it.</summary>
/// <param name="Name">Its name.</param>
public sealed record StoredSubscriber(string Name)
{
    /// <summary>Tells this subscriber from earlier ones of the same name; given by the store, 0 before.</summary>
    public long Id { get; init; }

    /// <summary>Where deliveries go; null for one in a host's process.</summary>
    public string? Url { get; init; }

    /// <summary>Whether <see cref="Url"/> may be plain http to another machine.</summary>
    public bool AllowsHttp { get; init; }

    /// <summary>The secrets that sign deliveries, the newest first. Never shown.</summary>
    public IReadOnlyList<string> Secrets { get; init; } = [];

    /// <summary>The form of the deliveries: one of <see cref="PayloadFormats"/>.</summary>
    public string Format { get; init; } = PayloadFormats.Events;

    /// <summary>What it is told of.</summary>
    public SubscriberFilter Filter { get; init; } = SubscriberFilter.Everything;

    /// <summary>When it was added, by the store's clock.</summary>
    public DateTimeOffset AddedAt { get; init; }

    /// <summary>How it fares.</summary>
    public SubscriberStanding Standing { get; init; } = SubscriberStanding.Well;

    /// <summary>Returns the name alone, so that no log shows more.</summary>
    public override string ToString() => Name;
}

/// <summary>How a subscriber as a whole fares.</summary>
/// <param name="Paused">Why nothing is delivered until it is retried by command; null when it is not paused.</param>
/// <param name="RestsUntil">Until when it is left alone, because it was down; null when it is not.</param>
/// <param name="Failures">How often in a row it was down.</param>
/// <param name="LastError">What went wrong last, without anything personal; null when nothing did since it was well.</param>
public sealed record SubscriberStanding(string? Paused, DateTimeOffset? RestsUntil, int Failures, string? LastError)
{
    /// <summary>The longest text, in characters.</summary>
    public const int MaxText = 400;

    /// <summary>Nothing is wrong.</summary>
    public static SubscriberStanding Well { get; } = new(null, null, 0, null);
}

/// <summary>A dossier of which a subscriber could not be given a delivery, so that its later ones wait.</summary>
/// <param name="Code">The dossier.</param>
/// <param name="Version">The first version that is owed; all before it were delivered.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="NextAttemptAt">When it is tried again; without meaning when parked.</param>
/// <param name="IsParked">Whether it waits for a command.</param>
/// <param name="LastError">What went wrong last, without anything personal.</param>
public sealed record OwedDossier(string Code, int Version, int Attempts, DateTimeOffset NextAttemptAt, bool IsParked, string LastError)
{
    /// <summary>The next attempt of what is due whatever the clock says.</summary>
    public static DateTimeOffset AtOnce { get; } = Journal.StoredTime.Floor(DateTimeOffset.UnixEpoch);
}

/// <summary>What became of a dossier that is owed deliveries.</summary>
/// <param name="Before">The row as it was read; null when it is new.</param>
/// <param name="After">The row from now on; null when nothing is owed any more.</param>
public readonly record struct OwedChange(OwedDossier? Before, OwedDossier? After);
