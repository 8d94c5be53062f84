namespace Workflow.Engine.Outbox;

/// <summary>A subscriber in the host's process: code that is given deliveries as a webhook is.</summary>
/// <remarks>
/// It is given every delivery at least once; those of one dossier in order, those of several side by side. What it does must bear to be done again:
/// <see cref="Delivery.Key"/> tells a repeat. A delivery for which it throws is tried again later; a <see cref="DeliveryRefusedException"/> parks it at once.
/// </remarks>
/// <param name="Name">Its name, as for <see cref="WebhookSubscriber"/>; differs from those of all other subscribers.</param>
/// <param name="Handle">Takes a delivery. Its token ends at the time limit and when the engine ends.</param>
public sealed record InProcessSubscriber(string Name, Func<Delivery, CancellationToken, ValueTask> Handle)
{
    /// <summary>The form of <see cref="Delivery.Body"/>: one of <see cref="PayloadFormats"/>.</summary>
    public string Format { get; init; } = PayloadFormats.Events;

    /// <summary>What it is told of.</summary>
    public SubscriberFilter Filter { get; init; } = SubscriberFilter.Everything;

    /// <summary>Whether it begins with the journal's first row when the store does not know it yet; otherwise with what comes then.</summary>
    public bool FromStart { get; init; }

    internal IEnumerable<string> Mistakes()
    {
        if (SubscriberTexts.MistakeInName(Name) is { } name)
            yield return name;
        if (Handle is null)
            yield return $"Subscriber '{Name}' has no handler: give one.";
        if (SubscriberTexts.MistakeInFormat(Format) is { } format)
            yield return $"Subscriber '{Name}': {format}.";
    }
}

/// <summary>One accepted command on its way to a subscriber.</summary>
/// <param name="subscriber">The subscriber's name.</param>
/// <param name="entry">The entry of the journal, personal data included.</param>
/// <param name="contentType">The media type of the body.</param>
/// <param name="body">The body, in the subscriber's format.</param>
public sealed class Delivery(string subscriber, Followers.JournalEntry entry, string contentType, ReadOnlyMemory<byte> body)
{
    /// <summary>The subscriber's name.</summary>
    public string Subscriber { get; } = subscriber;

    /// <summary>The dossier's code and version: the same for every repeat of this delivery, and of no other.</summary>
    public string Key { get; } = $"{entry.Code}/{entry.Version}";

    /// <summary>The entry of the journal, personal data included.</summary>
    public Followers.JournalEntry Entry { get; } = entry;

    /// <summary>The media type of <see cref="Body"/>.</summary>
    public string ContentType { get; } = contentType;

    /// <summary>The body, the same bytes for every repeat.</summary>
    public ReadOnlyMemory<byte> Body { get; } = body;

    /// <summary>Returns the key alone, so that no log shows more.</summary>
    public override string ToString() => Key;
}

/// <summary>A subscriber does not take this delivery, now or later: it is parked.</summary>
/// <param name="message">Why, without anything personal: it is shown in lists.</param>
public sealed class DeliveryRefusedException(string message) : Exception(message);
