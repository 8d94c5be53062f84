using Workflow.Core.Calendars;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Procedures;
using Workflow.Core.Units;
using Workflow.Engine;
using Workflow.Engine.Journal;
using Workflow.Engine.Setup;
using Workflow.Host.Dossiers;

namespace Workflow.Host.Stores;

/// <summary>The durable engine over the chosen store, for the time of one command.</summary>
internal sealed class CommandEngine : IAsyncDisposable
{
    private const int Page = 1_000;

    // From here on a command is a bulk of dossiers, whose numbers come in blocks: what is left of a block is lost with the process.
    private const int BulkQueue = 1_024;

    private readonly IJournalStore _store;

    private CommandEngine(IJournalStore store, DossierEngine engine, ProcedureSet procedures)
    {
        (_store, Engine, Procedures) = (store, engine, procedures);
    }

    public DossierEngine Engine { get; }

    public ProcedureSet Procedures { get; }

    /// <summary>Opens the store, which is created when there is none, and the engine.</summary>
    /// <param name="choice">The store.</param>
    /// <param name="procedures">Chooses the procedures, given those that the store holds.</param>
    /// <param name="units">The units.</param>
    /// <param name="calendar">The calendar.</param>
    /// <param name="clock">The engine's clock; what is recorded bears the system's time.</param>
    /// <param name="queue">The most commands under way at once.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <exception cref="StorageException">The store cannot be used.</exception>
    /// <exception cref="DefinitionConflictException">A definition is in the store with other content.</exception>
    public static async Task<CommandEngine> OpenAsync(
        StoreChoice choice,
        Func<StoredProcedures, ProcedureSet> procedures,
        UnitTree units,
        CalendarBook calendar,
        TimeProvider clock,
        int queue,
        CancellationToken cancellationToken)
    {
        var store = await choice.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var chosen = procedures(await StoredProcedures.ReadAsync(store, cancellationToken).ConfigureAwait(false));
            var options = new WorkflowEngineOptions { BackgroundTimers = false, BackgroundFollowers = false, QueueLength = queue, NumberBlock = queue < BulkQueue ? 1 : 1_000 };
            var engine = await DossierEngine.OpenAsync(store, chosen, units, calendar, clock, options, logger: null, cancellationToken).ConfigureAwait(false);
            return new CommandEngine(store, engine, chosen);
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The version of the procedure that a dossier follows.</summary>
    public Procedure ProcedureOf(DossierSnapshot dossier) =>
        Procedures.Find(dossier.Procedure, dossier.ProcedureVersion) ?? throw new MissingProcedureException(dossier.Code, new ProcedureVersion(dossier.Procedure, dossier.ProcedureVersion));

    /// <summary>Every accepted command of a dossier, oldest first.</summary>
    public async Task<List<HistoryEntry>> HistoryAsync(DossierSnapshot dossier, CancellationToken cancellationToken)
    {
        var history = new List<HistoryEntry>();
        do
        {
            history.AddRange(await Engine.HistoryAsync(new DossierCode(dossier.Code), history.Count + 1, Page, cancellationToken).ConfigureAwait(false));
        }
        while (history.Count > 0 && history.Count % Page == 0 && history.Count < dossier.Version);

        return history;
    }

    /// <summary>Ends the engine, then the store.</summary>
    public async ValueTask DisposeAsync()
    {
        await Engine.DisposeAsync().ConfigureAwait(false);
        await _store.DisposeAsync().ConfigureAwait(false);
    }
}
