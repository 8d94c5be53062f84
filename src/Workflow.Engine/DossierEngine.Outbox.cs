using Microsoft.Extensions.Options;
using Workflow.Engine.Journal;
using Workflow.Engine.Outbox;
using Workflow.Engine.Setup;

namespace Workflow.Engine;

public sealed partial class DossierEngine
{
    private SubscriberSet _subscribers = null!;
    private SubscriberDesk _desk = null!;

    /// <summary>Adds, lists, retries and removes the subscribers of the store; this engine notices at once.</summary>
    public SubscriberDesk Subscribers => _desk;

    /// <summary>Delivers to subscribers up to the journal's end, and tries once what they are owed and is not parked, even where they still rest.</summary>
    /// <param name="subscriber">The subscriber; null for all, one after the other.</param>
    /// <param name="progress">Told how many deliveries were taken, now and then; null for nobody.</param>
    /// <param name="cancellationToken">Ends the call; what was delivered stays so.</param>
    /// <returns>How many deliveries were taken. Whether something is still owed, <see cref="SubscriberDesk.ListAsync"/> tells.</returns>
    /// <exception cref="Journal.StorageException">The store failed.</exception>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public ValueTask<long> DeliverAsync(string? subscriber = null, IProgress<long>? progress = null, CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();
        return _subscribers.CatchUpAsync(subscriber, progress, cancellationToken);
    }

    private void PrepareSubscribers()
    {
        var feed = new DossierFeed(_parts.Store, _parts.Procedures, ct => _parts.Definitions.CatchUpAsync(ct));
        var outbox = new OutboxParts(_parts.Store, _parts.Host, feed, unit => _parts.Units.Find(unit)?.Name.Vi, _options.Delivery, _logger) { Instruments = _parts.Instruments, Callers = CallersUnderWay };
        _subscribers = new SubscriberSet(outbox, [.. _options.Subscribers]);
        _desk = new SubscriberDesk(_parts.Store, ct => Volatile.Read(ref _disposed) == 0 ? _subscribers.ChangedAsync(ct) : ValueTask.CompletedTask)
        {
            Codes = ct => FilterCodes.ReadAsync(_parts.Store, _parts.Procedures.Current.All, _parts.Units, ct),
        };
    }

    private static async ValueTask RequireKnownAsync(IJournalStore store, IList<InProcessSubscriber> subscribers, HostDefinitions definitions, CancellationToken ct)
    {
        if (!subscribers.Any(s => s.Filter.NamesCodes))
        {
            return;
        }

        var codes = await FilterCodes.ReadAsync(store, definitions.Procedures.Current.All, definitions.Units, ct).ConfigureAwait(false);
        var mistakes = subscribers.Select(s => (s.Name, Mistake: codes.MistakeIn(s.Filter))).Where(s => s.Mistake is not null).Select(s => $"Subscriber '{s.Name}': {s.Mistake}").ToList();
        if (mistakes.Count > 0)
        {
            throw new OptionsValidationException(nameof(WorkflowEngineOptions), typeof(WorkflowEngineOptions), mistakes);
        }
    }
}
