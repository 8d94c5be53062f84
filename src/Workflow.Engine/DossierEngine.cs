using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Workflow.Core.Calendars;
using Workflow.Core.Dossiers;
using Workflow.Core.Engines;
using Workflow.Core.Units;
using Workflow.Engine.Activation;
using Workflow.Engine.Admission;
using Workflow.Engine.Archive;
using Workflow.Engine.Commits;
using Workflow.Engine.Followers;
using Workflow.Engine.Hosts;
using Workflow.Engine.Journal;
using Workflow.Engine.Legs;
using Workflow.Engine.Numbering;
using Workflow.Engine.Outbox;
using Workflow.Engine.Setup;
using Workflow.Engine.Telemetry;
using Workflow.Engine.Timers;

namespace Workflow.Engine;

/// <summary>The durable engine in process: dossiers in memory over a journal, commands exactly once, timers and followers.</summary>
/// <remarks>
/// Safe to share between threads. The store belongs to the caller: it is open before the engine and disposed of after it.
/// Beyond what <see cref="IDossierEngine"/> says, a <see cref="StorageException"/> tells that the storage failed and nothing was
/// done; a store that does not answer is asked until it does, and the caller waits.
/// </remarks>
public sealed partial class DossierEngine : IDossierEngine, IAsyncDisposable
{
    private readonly EngineParts _parts;
    private readonly WorkflowEngineOptions _options;
    private readonly ILogger _logger;
    private readonly DossierDirectory _directory;
    private readonly AdmissionGate _gate;
    private readonly DossierNumbers _numbers;
    private readonly TimerPump _timers;
    private readonly FollowerRunner _legs;
    private readonly FollowerRunner[] _followers;
    private readonly Archiver _archiver;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _disposed;
    private int _ending;
    private int _legsStarted;

    private DossierEngine(EngineParts parts, WorkflowEngineOptions options, ILogger logger)
    {
        _parts = parts;
        _options = options;
        _logger = logger;
        _directory = new DossierDirectory(code => new ActiveDossier(parts, code), parts.Time, options.IdleTimeout, options.ActiveCap);
        _gate = new AdmissionGate(options.QueueLength, options.BusyRetryAfter, options.BusyRetryAtMost, TimeProvider.System);
        _numbers = new DossierNumbers(parts.Store, parts.Writer.Faults, options.NumberBlock);
        _timers = new TimerPump(parts.Store, WakeAsync, CallersUnderWay, parts.Host, options.LeaseDuration, parts.Time, logger);
        _legs = Runner(new LegFollower(this));
        _followers = [.. options.Followers.Select(Runner)];
        _archiver = new Archiver(parts.Store, parts.Host, () => _gate.Taken, parts.Time, logger);
        PrepareSubscribers();
        parts.Writer.Committed = OnCommitted;
        parts.Instruments.Observe(this);
        parts.Definitions.Grown = StartLegs;

        FollowerRunner Runner(IJournalFollower follower) => new(parts.Store, follower, parts.Host, options.LeaseDuration, options.FollowerPoll, logger);
    }

    /// <summary>Opens an engine over a store that is open.</summary>
    /// <param name="store">The store; it stays the caller's.</param>
    /// <param name="procedures">Every version that a stored dossier follows, and the newest ones for new dossiers. Over a store that hosts share, those that others published are added.</param>
    /// <param name="units">The units. Where a reorganisation was carried out in the store, the newest ones of the store take their place, unless these are newer.</param>
    /// <param name="calendar">The working days. Where the store holds a calendar of the same code that knows more, that one is taken.</param>
    /// <param name="time">The engine's clock.</param>
    /// <param name="options">How it runs; the defaults when null.</param>
    /// <param name="logger">Where it logs; nowhere when null.</param>
    /// <param name="cancellationToken">Cancels the opening.</param>
    /// <exception cref="OptionsValidationException">The options have mistakes; all of them are named.</exception>
    /// <exception cref="DefinitionConflictException">A procedure or calendar is in the store under the same version with other content.</exception>
    /// <exception cref="OutdatedUnitsException">The units are new and lack what a reorganisation did in the store.</exception>
    /// <exception cref="CalendarConflictException">The store's calendar and <paramref name="calendar"/> contradict each other.</exception>
    /// <exception cref="StorageException">The store failed.</exception>
    public static async ValueTask<DossierEngine> OpenAsync(
        IJournalStore store,
        ProcedureSet procedures,
        UnitTree units,
        CalendarBook calendar,
        TimeProvider time,
        WorkflowEngineOptions? options = null,
        ILogger? logger = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(procedures);
        ArgumentNullException.ThrowIfNull(units);
        ArgumentNullException.ThrowIfNull(calendar);
        ArgumentNullException.ThrowIfNull(time);
        options ??= new WorkflowEngineOptions();
        logger ??= NullLogger.Instance;
        if (options.Mistakes() is { Count: > 0 } mistakes)
        {
            throw new OptionsValidationException(nameof(WorkflowEngineOptions), typeof(WorkflowEngineOptions), mistakes);
        }

        var chosen = await DefinitionPublication.PublishAsync(store, procedures, calendar, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        var chosenUnits = await PublishedUnits.ChooseAsync(store, units, time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        var confirmations = new Confirmations(store);
        var definitions = new HostDefinitions(store, confirmations, new KnownProcedures(procedures), chosenUnits, chosen, options.Guards, logger);
        await definitions.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        await RequireKnownAsync(store, options.Subscribers, definitions, cancellationToken).ConfigureAwait(false);
        await SubscriberSet.RegisterAsync(store, options.Subscribers, cancellationToken).ConfigureAwait(false);

        // What runs by itself from here on is no part of the activity that opens the engine.
        Activity.Current = null;
        var instruments = new EngineInstruments(options.Meters);
        var writer = new JournalWriter(store, options.BatchSize, logger, instruments);
        var engine = new DossierEngine(new EngineParts(store, writer, confirmations, definitions, time, options.Salts) { Instruments = instruments }, options, logger);
        engine.Start();
        return engine;
    }

    /// <summary>How many dossiers are in memory.</summary>
    public int ActiveCount => _directory.Count;

    /// <summary>How many commits there were since the engine opened, and how many commands went with them.</summary>
    public (long Commits, long Commands) CommitCounts => _parts.Writer.Counts;

    /// <summary>Leads all followers to the journal's end, one after the other, and saves their cursors. Legs come first.</summary>
    /// <remarks>A follower that another host leads is waited for until it has come to where the journal ends now.</remarks>
    /// <exception cref="FollowerLedElsewhereException">Another host leads a follower and does not get on.</exception>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public async ValueTask CatchUpAsync(CancellationToken cancellationToken = default)
    {
        ThrowIfDisposed();

        // First the one that writes, so that the others see what it wrote.
        if (_parts.Procedures.HaveLegs)
        {
            await _legs.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        }

        foreach (var follower in _followers)
        {
            await follower.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private void Start()
    {
        if (_options.ArchiveAfter is { } after)
        {
            _archiver.Start(after);
        }

        if (_options.BackgroundTimers)
        {
            _timers.Start();
        }

        StartLegs();
        if (_options.BackgroundFollowers)
        {
            foreach (var follower in _followers)
            {
                follower.Start();
            }

            _subscribers.Start();
        }
    }

    // Followed once there is a procedure with legs: before, the journal has nothing for them.
    private void StartLegs()
    {
        if (_options.BackgroundFollowers && _parts.Procedures.HaveLegs && Interlocked.Exchange(ref _legsStarted, 1) == 0)
        {
            _legs.Start();
        }
    }

    private void OnCommitted(DateTimeOffset? earliestWakeUp)
    {
        if (earliestWakeUp is { } wakeAt)
        {
            _timers.Expect(wakeAt);
        }

        _legs.Signal();
        foreach (var follower in _followers)
        {
            follower.Signal();
        }

        _subscribers.Signal();
    }

    // The engine's own work: bounded by itself, and no part of the callers' queue.
    private void Admit()
    {
        var admitted = _gate.TryEnterOwn();
        ObjectDisposedException.ThrowIf(!admitted, this);
    }

    // Null and the answer when a caller's command cannot be let in.
    private UnitPlaces? Admit(DossierCode code, Dossier? dossier, DossierCommand command, CommandRequest request, out CommandResult? busy)
    {
        var places = _gate.Enter(CommandUnit.Of(_parts.Units, code, dossier, command, request), out var refusal);
        if (places is null)
        {
            ThrowIfDisposed();
            TellRefusal(refusal);
        }

        busy = places is null ? new CommandResult.Busy(refusal.RetryAfter) : null;
        return places;
    }

    private void Discharge() => _gate.Leave(null);

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
}
