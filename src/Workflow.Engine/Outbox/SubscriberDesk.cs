using Workflow.Engine.Journal;

namespace Workflow.Engine.Outbox;

/// <summary>Adds, lists, retries and removes subscribers.</summary>
/// <remarks>Safe to share between threads. Hosts that run on the store notice within seconds; the one whose <see cref="DossierEngine.Subscribers"/> this is, at once.</remarks>
public sealed class SubscriberDesk
{
    private const long LagCounted = 1_000_000;
    private const int OwedPage = 1_000;

    private readonly IJournalStore _store;
    private readonly Func<CancellationToken, ValueTask> _changed;

    /// <summary>Works on a store that is open, without an engine.</summary>
    public SubscriberDesk(IJournalStore store)
        : this(store, _ => ValueTask.CompletedTask)
    {
    }

    internal SubscriberDesk(IJournalStore store, Func<CancellationToken, ValueTask> changed) => (_store, _changed) = (store, changed);

    /// <summary>What filters may name; null where that is the caller's to check.</summary>
    internal Func<CancellationToken, ValueTask<FilterCodes>>? Codes { get; init; }

    /// <summary>Adds a subscriber; false when the name is taken.</summary>
    /// <remarks>The desk of an engine knows its procedures and units and refuses a filter that names others; without an engine the caller asks <see cref="FilterCodes"/>.</remarks>
    /// <param name="subscriber">The subscriber.</param>
    /// <param name="fromStart">Whether it is told everything from the journal's first row on; otherwise what is accepted from now on.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentException"><see cref="WebhookSubscriber.Mistake"/> is not null, or the filter names what there is not.</exception>
    public async ValueTask<bool> AddAsync(WebhookSubscriber subscriber, bool fromStart = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        if (subscriber.Mistake is { } mistake)
        {
            throw new ArgumentException(mistake, nameof(subscriber));
        }

        if (Codes is not null && subscriber.Filter.NamesCodes && (await Codes(cancellationToken).ConfigureAwait(false)).MistakeIn(subscriber.Filter) is { } unknown)
        {
            throw new ArgumentException(unknown, nameof(subscriber));
        }

        var from = fromStart ? default : await _store.ReadEndAsync(cancellationToken).ConfigureAwait(false);
        var added = await _store.AddSubscriberAsync(subscriber.ToStored(), from, cancellationToken).ConfigureAwait(false);
        await _changed(cancellationToken).ConfigureAwait(false);
        return added;
    }

    /// <summary>Removes a subscriber and forgets what it is owed; false when there is none of that name.</summary>
    public async ValueTask<bool> RemoveAsync(string name, CancellationToken cancellationToken = default)
    {
        var removed = await _store.RemoveSubscriberAsync(name, cancellationToken).ConfigureAwait(false);
        await _changed(cancellationToken).ConfigureAwait(false);
        return removed;
    }

    /// <summary>Signs with other secrets from now on, the newest first; false when there is no webhook of that name.</summary>
    /// <exception cref="ArgumentException">The secrets cannot be used; the message is one line and holds none of them.</exception>
    public async ValueTask<bool> ReplaceSecretsAsync(string name, IReadOnlyList<string> secrets, CancellationToken cancellationToken = default)
    {
        if (WebhookSecret.MistakeIn(secrets) is { } mistake)
        {
            throw new ArgumentException(mistake, nameof(secrets));
        }

        if (!(await _store.ReadSubscribersAsync(cancellationToken).ConfigureAwait(false)).Any(s => s.Name == name && s.Url is not null))
        {
            return false;
        }

        var saved = await _store.SaveSecretsAsync(name, secrets, cancellationToken).ConfigureAwait(false);
        await _changed(cancellationToken).ConfigureAwait(false);
        return saved;
    }

    /// <summary>Lets what a subscriber is owed be delivered at once, parked or not; without a dossier the subscriber itself goes on too, when it is paused or rests.</summary>
    /// <param name="name">The subscriber.</param>
    /// <param name="dossier">The dossier; null for all.</param>
    /// <param name="skip">Whether the first delivery that is owed is given up: it is never made, and those behind it are.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>How many dossiers there were; null when there is no subscriber of that name.</returns>
    public async ValueTask<int?> RetryAsync(string name, string? dossier = null, bool skip = false, CancellationToken cancellationToken = default)
    {
        if ((await _store.ReadSubscribersAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(s => s.Name == name) is not { } subscriber)
        {
            return null;
        }

        var dossiers = await _store.RetryOwedAsync(name, dossier, skip, cancellationToken).ConfigureAwait(false);
        if (dossier is null)
        {
            await _store.SaveStandingAsync(subscriber.Id, SubscriberStanding.Well, under: null, cancellationToken).ConfigureAwait(false);
        }

        await _changed(cancellationToken).ConfigureAwait(false);
        return dossiers;
    }

    /// <summary>Returns how every subscriber fares, ordered by name. The cost grows with what they are behind.</summary>
    public async ValueTask<IReadOnlyList<SubscriberReport>> ListAsync(CancellationToken cancellationToken = default)
    {
        var reports = new List<SubscriberReport>();
        foreach (var subscriber in await _store.ReadSubscribersAsync(cancellationToken).ConfigureAwait(false))
        {
            var cursor = await _store.ReadCursorAsync(IOutboxStore.CursorOf(subscriber.Name), cancellationToken).ConfigureAwait(false) ?? default;
            reports.Add(new SubscriberReport(subscriber.Name, subscriber.Url is { } url ? SubscriberTexts.Display(url) : null, subscriber.Format, subscriber.Filter, subscriber.AddedAt)
            {
                Position = cursor,
                Lag = await _store.CountBehindAsync(cursor, LagCounted, cancellationToken).ConfigureAwait(false),
                Standing = subscriber.Standing,
                Owed = await OwedAsync(subscriber.Name, cancellationToken).ConfigureAwait(false),
            });
        }

        return reports;
    }

    private async ValueTask<List<OwedDossier>> OwedAsync(string name, CancellationToken ct)
    {
        var owed = new List<OwedDossier>();
        IReadOnlyList<OwedDossier> page;
        do
        {
            page = await _store.ReadOwedAsync(name, owed.Count == 0 ? null : owed[^1].Code, OwedPage, ct).ConfigureAwait(false);
            owed.AddRange(page);
        }
        while (page.Count == OwedPage);

        return owed;
    }
}

/// <summary>How a subscriber fares. Holds no secret and nothing personal.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Url">Where deliveries go, without what stands behind a question mark; null for one in a host's process.</param>
/// <param name="Format">The form of the deliveries.</param>
/// <param name="Filter">What it is told of.</param>
/// <param name="AddedAt">When it was added.</param>
public sealed record SubscriberReport(string Name, string? Url, string Format, SubscriberFilter Filter, DateTimeOffset AddedAt)
{
    /// <summary>Up to where the journal was delivered to it, owed dossiers apart.</summary>
    public JournalCursor Position { get; init; }

    /// <summary>How many rows stand behind that; counted up to 1,000,000.</summary>
    public long Lag { get; init; }

    /// <summary>How it fares as a whole.</summary>
    public SubscriberStanding Standing { get; init; } = SubscriberStanding.Well;

    /// <summary>The dossiers of which it is owed deliveries, ordered by code.</summary>
    public IReadOnlyList<OwedDossier> Owed { get; init; } = [];
}
