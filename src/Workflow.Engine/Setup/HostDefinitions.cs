using Microsoft.Extensions.Logging;
using Workflow.Core.Calendars;
using Workflow.Core.Definitions;
using Workflow.Core.Guards;
using Workflow.Core.Procedures;
using Workflow.Core.Units;
using Workflow.Engine.Hosts;
using Workflow.Engine.Journal;

namespace Workflow.Engine.Setup;

/// <summary>The procedures, the units and the calendar that a host decides with, and the revision of the store's that they are at least as new as.</summary>
/// <remarks>
/// Safe to share between threads. Who decides takes <see cref="Revision"/> first and then what it decides with, so that the revision is never
/// newer than what was decided with; the store refuses what was decided under another revision than its own, and then all is read again.
/// </remarks>
internal sealed class HostDefinitions(
    IJournalStore store, Confirmations confirmations, KnownProcedures procedures, UnitTree units, CalendarBook calendar, GuardRegistry guards, ILogger logger)
{
    private readonly Lock _lock = new();
    private volatile UnitTree _units = units;
    private volatile CalendarBook _calendar = calendar;
    private long _revision = store.IsExclusive ? 0 : -1;

    // The reading under way, or the last one: one for all who wait.
    private Task _reading = Task.CompletedTask;

    /// <summary>The revision up to which all publications are known here; 0 in a store with a single writer.</summary>
    public long Revision => Volatile.Read(ref _revision);

    public KnownProcedures Procedures => procedures;

    /// <summary>The units of all times, as they are known now.</summary>
    public UnitTree Units => _units;

    /// <summary>The calendar that decisions are made with from now on.</summary>
    public CalendarBook Calendar => _calendar;

    /// <summary>Told when more is known.</summary>
    public Action Grown { get; set; } = static () => { };

    /// <summary>Knows from now on all that was published before this call.</summary>
    /// <exception cref="StorageException">The store failed, or holds what this release cannot read.</exception>
    public async ValueTask CatchUpAsync(CancellationToken ct = default)
    {
        if (!store.IsExclusive)
        {
            for (var known = Revision; (await confirmations.AskRevisionAsync().WaitAsync(ct).ConfigureAwait(false)).Revision != known; known = Revision)
            {
                await RefreshAsync(known).WaitAsync(ct).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Reads what was published, unless that was done since <paramref name="known"/>, which the store's revision is not any more.</summary>
    /// <remarks>Afterwards <see cref="Revision"/> is another one, and perhaps not yet the newest: what is decided under it is compared again.</remarks>
    /// <exception cref="StorageException">The store failed, or holds what this release cannot read.</exception>
    public Task RefreshAsync(long known)
    {
        lock (_lock)
        {
            if (Revision != known)
            {
                return Task.CompletedTask;
            }

            if (_reading.IsCompleted)
            {
                _reading = Task.Run(ReadInTurnAsync);
            }

            return _reading;
        }
    }

    /// <summary>Decides from now on with procedures that this host has published.</summary>
    public async ValueTask AdoptAsync(IReadOnlyCollection<Procedure> published)
    {
        // A published version never changes, so it may be known before the revision is.
        procedures.Add(published);
        await CatchUpAsync().ConfigureAwait(false);
        Grown();
    }

    /// <summary>Decides from now on with a calendar that this host has published, or a later one of another host.</summary>
    public async ValueTask AdoptAsync(CalendarBook published)
    {
        if (store.IsExclusive)
        {
            _calendar = published;
        }

        await CatchUpAsync().ConfigureAwait(false);
    }

    /// <summary>Decides from now on with units that this host has published, or later ones of another host.</summary>
    public async ValueTask AdoptAsync(UnitTree published)
    {
        if (store.IsExclusive)
        {
            _units = published;
        }

        await CatchUpAsync().ConfigureAwait(false);
    }

    // The revision first: what is read after it is at least as new.
    private async Task ReadInTurnAsync()
    {
        var revision = (await confirmations.AskRevisionAsync().ConfigureAwait(false)).Revision;
        await ReadProceduresInTurnAsync().ConfigureAwait(false);
        _units = await PublishedUnits.NewestAsync(store, _units).ConfigureAwait(false);
        _calendar = await PublishedCalendars.ChooseAsync(store, _calendar, CancellationToken.None).ConfigureAwait(false);
        Volatile.Write(ref _revision, revision);
        Grown();
    }

    // A procedure that refers to a guard which this host lacks is refused by its name here, and goes on elsewhere.
    private async ValueTask ReadProceduresInTurnAsync()
    {
        var added = new List<Procedure>();
        foreach (var content in await PublishedProcedures.ReadAsync(store).ConfigureAwait(false))
        {
            if (procedures.Find(content.Version.Code, content.Version.Number) is not null || procedures.WhyUnusable(content.Version) is not null)
            {
                continue;
            }

            try
            {
                added.Add(Procedure.Compile(content, guards));
            }
            catch (DefinitionException defects)
            {
                EngineLog.ProcedureUnusable(logger, content.Version.ToString(), defects);
                procedures.AddUnusable(content.Version, defects.Message.ReplaceLineEndings(" "));
            }
        }

        procedures.Add(added);
    }
}
