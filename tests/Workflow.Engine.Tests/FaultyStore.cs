using Workflow.Engine.Audit;
using Workflow.Engine.Hosts;
using Workflow.Engine.Journal;
using Workflow.Engine.Leases;

namespace Workflow.Engine.Tests;

/// <summary>A store over another one that a test lets fail, stand still or lose its exclusiveness.</summary>
internal sealed partial class FaultyStore(IJournalStore inner) : IJournalStore
{
    private int _appends;
    private int _loads;

    public bool IsExclusive { get; set; } = true;

    public int AppendsAtOnce { get; set; } = inner.AppendsAtOnce;

    /// <summary>What happens before the append of this number (from 1) reaches the store.</summary>
    public Func<int, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>As above, by what is in it.</summary>
    public Func<IReadOnlyList<JournalAppend>, Task> BeforeBatch { get; set; } = _ => Task.CompletedTask;

    /// <summary>What happens after it was committed.</summary>
    public Func<int, Task> After { get; set; } = _ => Task.CompletedTask;

    /// <summary>What happens before a command is looked for.</summary>
    public Func<Task> BeforeFind { get; set; } = () => Task.CompletedTask;

    /// <summary>What happens before a lease of this name is asked for.</summary>
    public Action<string> LeaseAsked { get; set; } = _ => { };

    /// <summary>How many rows of due dossiers were read.</summary>
    public int DueRows { get; private set; }

    public int Appends => _appends;

    public int Reservations { get; private set; }

    public List<int> BatchSizes { get; } = [];

    public async ValueTask AppendAsync(IReadOnlyList<JournalAppend> batch, AppendResult[] results, CancellationToken ct)
    {
        var number = Interlocked.Increment(ref _appends);
        lock (BatchSizes)
        {
            BatchSizes.Add(batch.Count);
        }

        await Before(number);
        await BeforeBatch(batch);
        await inner.AppendAsync(batch, results, ct);
        await After(number);
    }

    /// <summary>What happens before numbers are reserved for the time of this number (from 1).</summary>
    public Func<int, Task> BeforeReserve { get; set; } = _ => Task.CompletedTask;

    public async ValueTask<long> ReserveNumbersAsync(string unit, DateOnly day, int count, CancellationToken ct)
    {
        Reservations++;
        await BeforeReserve(Reservations);
        return await inner.ReserveNumbersAsync(unit, day, count, ct);
    }

    public ValueTask OpenAsync(CancellationToken ct) => inner.OpenAsync(ct);

    /// <summary>What becomes of a dossier as it is loaded.</summary>
    public Func<StoredDossier, StoredDossier> Loaded { get; set; } = d => d;

    /// <summary>How often a dossier was loaded.</summary>
    public int Loads => _loads;

    public async ValueTask<StoredDossier?> LoadAsync(string code, CancellationToken ct)
    {
        Interlocked.Increment(ref _loads);
        return await inner.LoadAsync(code, ct) is { } stored ? Loaded(stored) : null;
    }

    public async ValueTask<StoredCommand?> FindCommandAsync(string code, string caller, string commandId, CancellationToken ct)
    {
        await BeforeFind();
        return await inner.FindCommandAsync(code, caller, commandId, ct);
    }

    public ValueTask<StoredSubmission?> FindSubmissionAsync(string caller, string commandId, CancellationToken ct) => inner.FindSubmissionAsync(caller, commandId, ct);

    public ValueTask<IReadOnlyList<JournalRow>> ReadHistoryAsync(string code, int fromVersion, int limit, CancellationToken ct) => inner.ReadHistoryAsync(code, fromVersion, limit, ct);

    public ValueTask<IReadOnlyList<JournalRow>> ReadJournalAsync(JournalCursor after, int limit, CancellationToken ct) => inner.ReadJournalAsync(after, limit, ct);

    public async ValueTask<IReadOnlyList<WakeUp>> ReadDueAsync(DateTimeOffset upTo, WakeUp? after, int limit, CancellationToken ct)
    {
        var due = await inner.ReadDueAsync(upTo, after, limit, ct);
        DueRows += due.Count;
        return due;
    }

    /// <summary>What happens before the earliest wake-up is asked for.</summary>
    public Func<Task> BeforeNextWakeUp { get; set; } = () => Task.CompletedTask;

    public async ValueTask<DateTimeOffset?> NextWakeUpAsync(CancellationToken ct)
    {
        await BeforeNextWakeUp();
        return await inner.NextWakeUpAsync(ct);
    }

    public ValueTask<JournalCursor?> ReadCursorAsync(string follower, CancellationToken ct) => inner.ReadCursorAsync(follower, ct);

    /// <summary>What happens before a follower's cursor is saved.</summary>
    public Func<string, Task> BeforeCursor { get; set; } = _ => Task.CompletedTask;

    public async ValueTask<bool> SaveCursorAsync(string follower, JournalCursor cursor, LeaseHold? under, CancellationToken ct)
    {
        await BeforeCursor(follower);
        return await inner.SaveCursorAsync(follower, cursor, under, ct);
    }

    /// <summary>What happens before the store is asked how dossiers stand.</summary>
    public Func<Task> BeforeConfirm { get; set; } = () => Task.CompletedTask;

    /// <summary>How much was asked for each time.</summary>
    public List<int> ConfirmSizes { get; } = [];

    public async ValueTask<long> ConfirmAsync(IReadOnlyList<Confirmation> wanted, Confirmed[] results, CancellationToken ct)
    {
        ConfirmSizes.Add(wanted.Count);
        await BeforeConfirm();
        return await inner.ConfirmAsync(wanted, results, ct);
    }

    public ValueTask<bool> TryPublishAsync(PublishedDefinition definition, long revision, CancellationToken ct) => inner.TryPublishAsync(definition, revision, ct);

    /// <summary>Told before a dossier is held.</summary>
    public Action BeforeHold { get; set; } = () => { };

    /// <summary>What becomes of a hold.</summary>
    public Func<IDossierHold, IDossierHold> Held { get; set; } = hold => hold;

    public async ValueTask<IDossierHold?> HoldAsync(string code, CancellationToken ct)
    {
        BeforeHold();
        return await inner.HoldAsync(code, ct) is { } hold ? Held(hold) : null;
    }

    public ValueTask PublishAsync(PublishedDefinition definition, CancellationToken ct) => inner.PublishAsync(definition, ct);

    public ValueTask<IReadOnlyList<PublishedDefinition>> ReadDefinitionsAsync(string kind, CancellationToken ct) => inner.ReadDefinitionsAsync(kind, ct);

    public IAsyncEnumerable<ChainHead> ReadChainHeadsAsync(CancellationToken ct) => inner.ReadChainHeadsAsync(ct);

    public ValueTask<IReadOnlyList<WorkItem>> QueryWorkListAsync(WorkListQuery query, CancellationToken ct) => inner.QueryWorkListAsync(query, ct);

    public ValueTask<IReadOnlyList<string>> ReadOpenAsync(OpenDossiers which, string? afterCode, int limit, CancellationToken ct) => inner.ReadOpenAsync(which, afterCode, limit, ct);

    public ValueTask<int> ArchiveAsync(DateTimeOffset closedBefore, int limit, CancellationToken ct) => inner.ArchiveAsync(closedBefore, limit, ct);

    public ValueTask<long> CountClosedAsync(DateTimeOffset closedBefore, CancellationToken ct) => inner.CountClosedAsync(closedBefore, ct);

    public ValueTask<JournalTotals> CountAsync(CancellationToken ct) => inner.CountAsync(ct);

    public ValueTask<bool> TakeLeaseAsync(string name, string holder, TimeSpan duration, CancellationToken ct)
    {
        LeaseAsked(name);
        return inner.TakeLeaseAsync(name, holder, duration, ct);
    }

    /// <summary>Whether leases are given back; not by a host that dies.</summary>
    public bool GivesLeasesBack { get; set; } = true;

    public ValueTask GiveLeaseBackAsync(string name, string holder, CancellationToken ct) =>
        GivesLeasesBack ? inner.GiveLeaseBackAsync(name, holder, ct) : ValueTask.CompletedTask;

    public ValueTask<IReadOnlyList<WakeUp>> ClaimAsync(IReadOnlyList<WakeUp> due, string holder, TimeSpan duration, CancellationToken ct) =>
        inner.ClaimAsync(due, holder, duration, ct);

    public IAsyncEnumerable<ScannedRow> ScanRowsAsync(string? code, CancellationToken ct) => inner.ScanRowsAsync(code, ct);

    public IAsyncEnumerable<ScannedDossier> ScanDossiersAsync(string? code, CancellationToken ct) => inner.ScanDossiersAsync(code, ct);

    public IAsyncEnumerable<ScannedSubmission> ScanSubmissionsAsync(CancellationToken ct) => inner.ScanSubmissionsAsync(ct);

    public IAsyncEnumerable<JournalPlace> ScanPlacesAsync(string? code, CancellationToken ct) => inner.ScanPlacesAsync(code, ct);

    public IAsyncEnumerable<JournalMoment> ScanMomentsAsync(CancellationToken ct) => inner.ScanMomentsAsync(ct);

    // The inner store is the test's: two engines may stand on it.
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
