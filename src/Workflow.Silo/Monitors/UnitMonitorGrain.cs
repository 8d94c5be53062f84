using Orleans.Runtime;
using Workflow.Core.Indicators;
using Workflow.Engine.Journal;
using Workflow.Grains.Monitors;

namespace Workflow.Silo.Monitors;

/// <summary>Keeps the figures of a unit in grain storage.</summary>
/// <remarks>Figures and cursor are stored as one, so that what is given again counts once, whether the activation fell before the write or after it.</remarks>
[GrainType("unit-monitor")]
internal sealed class UnitMonitorGrain : Grain, IUnitMonitorGrain, IUnitMonitorFeed, IDisposable
{
    private const string Storage = "workflow";

    private readonly IPersistentState<UnitMonitorState> _state;
    private readonly IJournalStore _store;
    private readonly string _unit;

    // Counting and the end of rebuilding, which runs beside it, store one after the other.
    private readonly SemaphoreSlim _storing = new(1, 1);

    // What is stored: a reader between a write and its end sees what was before.
    private UnitMonitor _shown;

    public UnitMonitorGrain([PersistentState("unit-monitor", Storage)] IPersistentState<UnitMonitorState> state, IJournalStore store, IGrainContext context)
    {
        (_state, _store) = (state, store);
        _unit = UnitMonitorGrainKey.UnitOf(context.GrainId.Key.ToString()!);
        _shown = new UnitMonitor(_unit, UnitFigures.None, null);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Show();
        return Task.CompletedTask;
    }

    public ValueTask<UnitMonitor> ReadAsync() => ValueTask.FromResult(_shown);

    public async ValueTask<UnitMonitor> RebuildAsync()
    {
        var scan = new UnitScan(_store, _unit);
        while (true)
        {
            // What is counted beyond the end of the journal was counted from another one.
            var seen = _state.State.ReadCursor();
            await scan.AdvanceAsync(CancellationToken.None).ConfigureAwait(true);
            await _storing.WaitAsync().ConfigureAwait(true);
            try
            {
                var stored = _state.State.ReadCursor();
                if (stored <= scan.Cursor || stored <= seen)
                {
                    await StoreInTurnAsync(scan.Figures, scan.Cursor).ConfigureAwait(true);
                    return _shown;
                }
            }
            finally
            {
                _storing.Release();
            }
        }
    }

    public async ValueTask CountAsync(UnitBatch batch)
    {
        if (Lacks(batch))
        {
            await RebuildAsync().ConfigureAwait(true);
        }

        await _storing.WaitAsync().ConfigureAwait(true);
        try
        {
            var (cursor, figures) = (_state.State.ReadCursor(), _state.State.ReadFigures());
            var last = cursor;
            foreach (var change in batch.Changes)
            {
                var at = JournalCursor.Parse(change.Cursor);
                if (at > cursor)
                {
                    (figures, last) = (figures.Plus(change.Change), at);
                }
            }

            if (last > cursor)
            {
                await StoreInTurnAsync(figures, last).ConfigureAwait(true);
            }
        }
        finally
        {
            _storing.Release();
        }
    }

    public void Dispose() => _storing.Dispose();

    // Whether the figures miss changes before the batch: never stored, lost, or counted by the rules of another release.
    private bool Lacks(UnitBatch batch)
    {
        var isCounted = _state.RecordExists && _state.State.Rules == UnitMonitorState.CurrentRules;
        return batch.After is { } after ? (_state.RecordExists && !isCounted) || JournalCursor.Parse(after) > _state.State.ReadCursor() : !isCounted;
    }

    private void Show() => _shown = new UnitMonitor(_unit, _state.State.ReadFigures(), _state.State.Cursor);

    // What was stored is not known after a fault, so the activation goes and the next one reads it; this one counts on nothing it did not store.
    private async ValueTask StoreInTurnAsync(UnitFigures figures, JournalCursor cursor)
    {
        var before = _state.State;
        _state.State = UnitMonitorState.Of(figures, cursor);
        try
        {
            await _state.WriteStateAsync().ConfigureAwait(true);
            Show();
        }
        catch
        {
            _state.State = before;
            DeactivateOnIdle();
            throw;
        }
    }
}
