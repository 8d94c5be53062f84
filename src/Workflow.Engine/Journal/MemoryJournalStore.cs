using System.Runtime.InteropServices;
using Workflow.Engine.Leases;

namespace Workflow.Engine.Journal;

/// <summary>A journal in memory, for tests and for engines whose dossiers need not outlive the process.</summary>
/// <remarks>Safe to share between threads. Everything is lost with the instance.</remarks>
/// <param name="time">The clock of recorded_at.</param>
public sealed partial class MemoryJournalStore(TimeProvider time) : IJournalStore
{
    private readonly Lock _turn = new();
    private readonly Dictionary<string, MemoryDossier> _dossiers = new(StringComparer.Ordinal);
    private readonly List<JournalRow> _journal = [];
    private readonly Dictionary<(string Caller, string CommandId), string> _submissions = [];
    private readonly SortedSet<WakeUp> _wakeUps = new(Comparer<WakeUp>.Create(CompareWakeUps));
    private readonly Dictionary<(string Unit, DateOnly Day), long> _numbers = [];
    private readonly Dictionary<string, JournalCursor> _cursors = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Kind, string Code, string Version), PublishedDefinition> _definitions = [];
    private bool _open;
    private bool _disposed;

    /// <inheritdoc/>
    public bool IsExclusive => true;

    /// <inheritdoc/>
    public int AppendsAtOnce => 1;

    /// <inheritdoc/>
    public ValueTask OpenAsync(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (_turn)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_open)
                throw new InvalidOperationException("The store is open already.");
            _open = true;
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask AppendAsync(IReadOnlyList<JournalAppend> batch, AppendResult[] results, CancellationToken ct)
    {
        AppendBatch.Require(batch, results);
        return new(InTurn(() =>
        {
            var recordedAt = StoredTime.Floor(time.GetUtcNow());
            for (var i = 0; i < batch.Count; i++)
                results[i] = AppendInTurn(batch[i], recordedAt);
            return Task.CompletedTask;
        }, ct));
    }

    /// <inheritdoc/>
    public ValueTask<StoredDossier?> LoadAsync(string code, CancellationToken ct) => new(InTurn(() =>
        _dossiers.TryGetValue(code, out var dossier)
            ? new StoredDossier(code, dossier.Rows.Count, dossier.Rows[^1].Hash, dossier.Snapshot)
            : null, ct));

    /// <inheritdoc/>
    public ValueTask<StoredCommand?> FindCommandAsync(string code, string caller, string commandId, CancellationToken ct) =>
        new(InTurn(() =>
            _dossiers.TryGetValue(code, out var dossier) && dossier.Commands.TryGetValue((caller, commandId), out var version)
                ? new StoredCommand(dossier.Rows[version - 1])
                : null, ct));

    /// <inheritdoc/>
    public ValueTask<StoredSubmission?> FindSubmissionAsync(string caller, string commandId, CancellationToken ct) =>
        new(InTurn(() => _submissions.TryGetValue((caller, commandId), out var code) ? new StoredSubmission(code) : null, ct));

    /// <inheritdoc/>
    public ValueTask<long> ReserveNumbersAsync(string unit, DateOnly day, int count, CancellationToken ct)
    {
        Storable.RequireKey(unit, nameof(unit));
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return new(InTurn(() =>
        {
            ref var last = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, (unit, day), out _);
            last += count;
            return last - count + 1;
        }, ct));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalRow>> ReadHistoryAsync(string code, int fromVersion, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return new(InTurn<IReadOnlyList<JournalRow>>(() => _dossiers.TryGetValue(code, out var dossier)
            ? [.. dossier.Rows.Skip(Math.Max(0, fromVersion - 1)).Take(limit)]
            : [], ct));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<JournalRow>> ReadJournalAsync(JournalCursor after, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return new(InTurn<IReadOnlyList<JournalRow>>(() =>
        {
            var start = (int)Math.Clamp(after.Position, 0, _journal.Count);
            return _journal.GetRange(start, Math.Min(limit, _journal.Count - start));
        }, ct));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WakeUp>> ReadDueAsync(DateTimeOffset upTo, WakeUp? after, int limit, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return new(InTurn<IReadOnlyList<WakeUp>>(() => [.. WakeUpsInTurn(after).TakeWhile(wakeUp => wakeUp.WakeAt <= upTo).Take(limit)], ct));
    }

    /// <inheritdoc/>
    public ValueTask<DateTimeOffset?> NextWakeUpAsync(CancellationToken ct) =>
        new(InTurn<DateTimeOffset?>(() => _wakeUps.Count == 0 ? null : _wakeUps.Min.WakeAt, ct));

    /// <inheritdoc/>
    public ValueTask<JournalCursor?> ReadCursorAsync(string follower, CancellationToken ct) =>
        new(InTurn<JournalCursor?>(() => _cursors.TryGetValue(follower, out var cursor) ? cursor : null, ct));

    /// <inheritdoc/>
    public ValueTask<bool> SaveCursorAsync(string follower, JournalCursor cursor, LeaseHold? under, CancellationToken ct)
    {
        Storable.RequireKey(follower, nameof(follower));
        return new(InTurn(() =>
        {
            if (!_leases.Allow(under))
                return false;
            _cursors[follower] = cursor;
            return true;
        }, ct));
    }

    /// <inheritdoc/>
    public ValueTask PublishAsync(PublishedDefinition definition, CancellationToken ct)
    {
        Storable.RequireDefinition(definition);
        return new(InTurn(() =>
        {
            var kept = definition with { KnownFrom = StoredTime.Floor(definition.KnownFrom) };
            if (!_definitions.TryAdd((kept.Kind, kept.Code, kept.Version), kept)
                && _definitions[(kept.Kind, kept.Code, kept.Version)].ContentHash != kept.ContentHash)
            {
                throw new DefinitionConflictException(kept.Kind, kept.Code, kept.Version);
            }

            return Task.CompletedTask;
        }, ct));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<PublishedDefinition>> ReadDefinitionsAsync(string kind, CancellationToken ct)
    {
        DefinitionKinds.Require(kind);
        return new(InTurn<IReadOnlyList<PublishedDefinition>>(() =>
        [
            .. _definitions.Values.Where(definition => definition.Kind == kind)
                .OrderBy(definition => definition.KnownFrom)
                .ThenBy(definition => definition.Code, CodeOrder.Instance)
                .ThenBy(definition => definition.Version, CodeOrder.Instance),
        ], ct));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ChainHead> ReadChainHeadsAsync(CancellationToken ct) =>
        InTurn(
            () => _dossiers
                .Select(pair => new ChainHead(pair.Key, pair.Value.Rows.Count, pair.Value.Rows[^1].Hash))
                .OrderBy(head => head.Code, CodeOrder.Instance)
                .ToArray(),
            ct).ToAsyncEnumerable();

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<WorkItem>> QueryWorkListAsync(WorkListQuery query, CancellationToken ct)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(query.Limit, 1, nameof(query));
        return new(InTurn(() => MemoryWorkList.Page(_dossiers.Values, query), ct));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<string>> ReadOpenAsync(OpenDossiers which, string? afterCode, int limit, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(which);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return new(InTurn(() => MemoryWorkList.Open(_dossiers.Values, which, afterCode, limit), ct));
    }

    /// <inheritdoc/>
    public ValueTask<JournalTotals> CountAsync(CancellationToken ct) =>
        new(InTurn(() => new JournalTotals(_dossiers.Count, _journal.Count), ct));

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        lock (_turn)
            _disposed = true;
        return ValueTask.CompletedTask;
    }

    private AppendResult AppendInTurn(JournalAppend append, DateTimeOffset recordedAt)
    {
        if (Storable.WhyNot(append) is { } reason)
            return AppendResult.Unstorable(reason);

        var command = (append.Caller, append.CommandId);
        if (append.Version == 1 && _submissions.TryGetValue(command, out var submitted))
            return AppendResult.RepeatedSubmission(submitted);

        var dossier = _dossiers.GetValueOrDefault(append.Code);
        if (dossier is not null && dossier.Commands.TryGetValue(command, out var earlier))
            return AppendResult.Repeat(earlier);
        if (append.Version != (dossier?.Rows.Count ?? 0) + 1)
            return AppendResult.Conflict();

        if (dossier is null)
        {
            _submissions.Add(command, append.Code);
            _dossiers.Add(append.Code, dossier = new MemoryDossier(append.Code, append.Snapshot));
        }

        var row = MemoryDossier.Row(append, _journal.Count + 1, recordedAt);
        _journal.Add(row);
        if (dossier.WakeUp is { } before)
            _wakeUps.Remove(before);
        dossier.AppendInTurn(row, append.Snapshot);
        if (dossier.WakeUp is { } next)
            _wakeUps.Add(next);
        return AppendResult.Committed(row.Position, row.Version);
    }

    private IEnumerable<WakeUp> WakeUpsInTurn(WakeUp? after)
    {
        if (after is not { } last)
            return _wakeUps;
        return _wakeUps.Count == 0 || CompareWakeUps(last, _wakeUps.Max) >= 0 ? [] : _wakeUps.GetViewBetween(last, _wakeUps.Max).SkipWhile(wakeUp => wakeUp == last);
    }

    private T InTurn<T>(Func<T> work, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        lock (_turn)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_open)
                throw new InvalidOperationException("The store is not open: call OpenAsync first.");
            return work();
        }
    }

    private static int CompareWakeUps(WakeUp x, WakeUp y) =>
        x.WakeAt != y.WakeAt ? x.WakeAt.CompareTo(y.WakeAt) : CodeOrder.Instance.Compare(x.Code, y.Code);
}
