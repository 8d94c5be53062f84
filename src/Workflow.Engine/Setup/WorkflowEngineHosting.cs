using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Workflow.Core.Calendars;
using Workflow.Core.Units;
using Workflow.Engine.Followers;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Setup;

/// <summary>Opens the store and the engine of a host, once, and ends the engine with the host.</summary>
/// <remarks>Safe to share between threads. The store is disposed of by whoever made it, after the engine.</remarks>
public sealed class WorkflowEngineHosting(
    IJournalStore store,
    ProcedureSet procedures,
    UnitTree units,
    CalendarBook calendar,
    TimeProvider time,
    IOptions<WorkflowEngineOptions> options,
    IEnumerable<IJournalFollower> followers,
    ILoggerFactory? loggers = null,
    IMeterFactory? meters = null) : IAsyncDisposable
{
    private readonly SemaphoreSlim _opening = new(1, 1);
    private DossierEngine? _engine;

    /// <summary>The engine.</summary>
    /// <exception cref="InvalidOperationException">It is not started.</exception>
    public DossierEngine Engine => Volatile.Read(ref _engine) ?? throw new InvalidOperationException("The engine is not started: await WorkflowEngineHosting.StartAsync first.");

    /// <summary>The engine, or null while it is not started.</summary>
    internal DossierEngine? Started => Volatile.Read(ref _engine);

    /// <summary>Opens the store and the engine; later calls return the same engine.</summary>
    /// <exception cref="OptionsValidationException">The options have mistakes; all of them are named.</exception>
    /// <exception cref="DefinitionConflictException">A procedure or calendar is in the store under the same version with other content.</exception>
    /// <exception cref="StorageException">The store cannot be used.</exception>
    public async ValueTask<DossierEngine> StartAsync(CancellationToken cancellationToken = default)
    {
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_engine is null)
            {
                var chosen = options.Value;
                foreach (var follower in followers.Except(chosen.Followers))
                {
                    chosen.Followers.Add(follower);
                }

                chosen.Meters ??= meters;
                await store.OpenAsync(cancellationToken).ConfigureAwait(false);
                var logger = (loggers ?? NullLoggerFactory.Instance).CreateLogger<DossierEngine>();
                Volatile.Write(ref _engine, await DossierEngine.OpenAsync(store, procedures, units, calendar, time, chosen, logger, cancellationToken).ConfigureAwait(false));
            }

            return _engine;
        }
        finally
        {
            _opening.Release();
        }
    }

    /// <summary>Drains the engine, when it was started: see <see cref="DossierEngine.DrainAsync"/>.</summary>
    /// <param name="cancellationToken">Ends the patience.</param>
    public async ValueTask StopAsync(CancellationToken cancellationToken = default)
    {
        if (Volatile.Read(ref _engine) is { } engine)
        {
            await engine.DrainAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Ends the engine, when it was started.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_engine is not null)
        {
            await _engine.DisposeAsync().ConfigureAwait(false);
        }
    }
}
