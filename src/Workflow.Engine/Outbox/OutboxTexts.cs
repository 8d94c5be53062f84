using Workflow.Engine.Journal;

namespace Workflow.Engine.Outbox;

/// <summary>What every store asks of texts before it keeps them.</summary>
internal static class OutboxTexts
{
    private const int MaxUrl = 2_000;
    private const int MaxSecret = 200;

    /// <exception cref="ArgumentException">A text is unstorable.</exception>
    public static void Require(StoredSubscriber subscriber)
    {
        Storable.RequireKey(IOutboxStore.CursorOf(subscriber.Name), nameof(subscriber));
        Storable.RequireKey(subscriber.Format, nameof(subscriber));
        Require(subscriber.Secrets);
        if (subscriber.Name.Length == 0 || subscriber.Url is { } url && (url.Length > MaxUrl || !IsClean(url)))
            throw new ArgumentException("The subscriber's name is empty, or its address unstorable.", nameof(subscriber));
        foreach (var code in subscriber.Filter.Procedures.Concat(subscriber.Filter.Units))
            Storable.RequireKey(code, nameof(subscriber));
    }

    /// <exception cref="ArgumentException">A secret is empty, too long or holds a control character.</exception>
    public static void Require(IReadOnlyList<string> secrets)
    {
        if (secrets.Any(s => s.Length is 0 or > MaxSecret || !IsClean(s)))
            throw new ArgumentException("A secret is empty, too long or holds a character that cannot be stored.", nameof(secrets));
    }

    public static SubscriberStanding Kept(SubscriberStanding standing) => new(
        Cut(standing.Paused), standing.RestsUntil is { } until ? StoredTime.Floor(until) : null, standing.Failures, Cut(standing.LastError));

    public static IReadOnlyList<OwedChange> Kept(IReadOnlyList<OwedChange> changes) =>
        [.. changes.Select(c => c.After is { } after ? c with { After = after with { NextAttemptAt = StoredTime.Floor(after.NextAttemptAt), LastError = Cut(after.LastError) ?? "" } } : c)];

    // Errors come from elsewhere: one line of what every store can keep.
    private static string? Cut(string? text)
    {
        if (text is null)
            return null;
        var line = string.Concat(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)).Trim();
        return line.Length <= SubscriberStanding.MaxText ? line : line[..SubscriberStanding.MaxText];
    }

    private static bool IsClean(string text) => !text.Any(c => char.IsControl(c) || char.IsSurrogate(c));
}
