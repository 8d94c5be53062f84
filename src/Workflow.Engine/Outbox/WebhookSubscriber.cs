namespace Workflow.Engine.Outbox;

/// <summary>A subscriber that is given deliveries over HTTP, signed by the Standard Webhooks convention.</summary>
/// <param name="Name">Its name: 1 to 100 letters, digits, points, hyphens and underscores.</param>
/// <param name="Url">Where deliveries are posted: https, or http on this machine.</param>
/// <param name="Secrets">What signs them, the newest first, 1 to 5: <c>whsec_</c> and 24 to 64 bytes in base64. While one is replaced by another there are two.</param>
public sealed record WebhookSubscriber(string Name, string Url, IReadOnlyList<string> Secrets)
{
    /// <summary>Whether <see cref="Url"/> may be plain http to another machine: what is sent can be read and changed on the way.</summary>
    public bool AllowsHttp { get; init; }

    /// <summary>The form of the deliveries: one of <see cref="PayloadFormats"/>.</summary>
    public string Format { get; init; } = PayloadFormats.Events;

    /// <summary>What it is told of.</summary>
    public SubscriberFilter Filter { get; init; } = SubscriberFilter.Everything;

    /// <summary>What cannot be used, in one line that says how to mend it; null when everything can.</summary>
    public string? Mistake =>
        SubscriberTexts.MistakeInName(Name) ?? SubscriberTexts.MistakeInUrl(Url, AllowsHttp) ?? SubscriberTexts.MistakeInFormat(Format) ?? MistakeInSecrets;

    /// <summary>What is wrong with the secrets, in one line that repeats none of them; null when nothing is.</summary>
    public string? MistakeInSecrets => WebhookSecret.MistakeIn(Secrets);

    internal StoredSubscriber ToStored() => new(Name) { Url = Url, AllowsHttp = AllowsHttp, Secrets = Secrets, Format = Format, Filter = Filter };

    /// <summary>Returns the name alone, so that no log shows more.</summary>
    public override string ToString() => Name;
}
