using Workflow.Core.Definitions;
using Workflow.Engine.Journal;
using Workflow.Engine.Outbox;
using Workflow.Host.Procedures;
using Workflow.Host.Stores;
using Workflow.Host.Terminal;

namespace Workflow.Host.Subscribers;

/// <summary>The subscribers of a store, for the time of one command that needs no engine.</summary>
internal sealed class SubscriberStore : IAsyncDisposable
{
    private readonly IJournalStore _store;

    private SubscriberStore(IJournalStore store)
    {
        _store = store;
        Desk = new SubscriberDesk(store);
    }

    public SubscriberDesk Desk { get; }

    /// <exception cref="UnusableInputException">There is no store.</exception>
    public static async Task<SubscriberStore> OpenAsync(StoreChoice choice, CancellationToken cancellationToken)
    {
        await choice.RequireAsync(cancellationToken).ConfigureAwait(false);
        return new SubscriberStore(await choice.OpenAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>The codes that filters may name: those of the catalogue, and those that the store has known.</summary>
    public ValueTask<FilterCodes> CodesAsync(HostEnvironment environment, CancellationToken cancellationToken) =>
        FilterCodes.ReadAsync(_store, Catalogue.Procedures(environment).All, Catalogue.Units(environment), cancellationToken);

    /// <summary>The refusal of a name that no subscriber has, with the name that was probably meant.</summary>
    public static async Task<UnusableInputException> UnknownAsync(SubscriberDesk desk, string name, CancellationToken cancellationToken)
    {
        var known = (await desk.ListAsync(cancellationToken).ConfigureAwait(false)).Select(s => s.Name).ToList();
        var mend = Spelling.Nearest(name, known) is { } nearest ? $"did you mean '{nearest}'?"
            : known.Count > 0 ? $"there are {string.Join(", ", known.Take(10))}" : "there is none: add one with 'subscriber add'";
        return new UnusableInputException($"there is no subscriber '{Faults.OneLine(name)}': {mend}");
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();
}
