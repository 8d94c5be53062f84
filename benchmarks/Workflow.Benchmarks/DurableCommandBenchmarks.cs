using BenchmarkDotNet.Attributes;
using Workflow.Core.Dossiers;
using Workflow.Engine.Journal;
using Workflow.Engine.Sqlite;

namespace Workflow.Benchmarks;

/// <summary>A durable command on SQLite (synchronous=FULL) at 1, 16 and 64 callers, beside the statements that it comes to, run raw.</summary>
/// <remarks>All times are per command.</remarks>
[MemoryDiagnoser]
public class DurableCommandBenchmarks : IAsyncDisposable
{
    private const int Commands = 8_192;
    private const int Singles = 512;
    private const int RawBatch = 64;

    private DurableCommandOffice _office = null!;
    private DurableCommandOffice _raw = null!;
    private RawStatements _statements = null!;
    private DossierCode[] _codes = null!;
    private int[] _versions = null!;

    [GlobalSetup]
    public async Task OpenAsync()
    {
        _office = await DurableCommandOffice.OpenAsync();
        _codes = await _office.SubmitManyAsync(2_048);
        _versions = [.. Enumerable.Repeat(2, _codes.Length)];

        _raw = await DurableCommandOffice.OpenAsync();
        var codes = await _raw.SubmitManyAsync(2_048);
        await _raw.MoveAsync(codes[0], 2);
        var row = (await _raw.Store.ReadHistoryAsync(codes[0].Value, 3, 1, CancellationToken.None))[0];
        var stored = (await _raw.Store.LoadAsync(codes[0].Value, CancellationToken.None))!;
        await _raw.CloseAsync();
        _statements = new RawStatements(_raw.Database, codes, row, stored.Snapshot);
    }

    [GlobalCleanup]
    public async ValueTask DisposeAsync()
    {
        _statements.Dispose();
        await _office.DisposeAsync();
        await _raw.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Commands)]
    public void RawInBatchesOf64()
    {
        for (var i = 0; i < Commands / RawBatch; i++)
        {
            _statements.Commit(RawBatch);
        }
    }

    [Benchmark(OperationsPerInvoke = Singles)]
    public void RawOneByOne()
    {
        for (var i = 0; i < Singles; i++)
        {
            _statements.Commit(1);
        }
    }

    [Benchmark(OperationsPerInvoke = Singles)]
    public Task OneCaller() => CallAsync(1, Singles);

    [Benchmark(OperationsPerInvoke = Commands)]
    public Task SixteenCallers() => CallAsync(16, Commands);

    [Benchmark(OperationsPerInvoke = Commands)]
    public Task SixtyFourCallers() => CallAsync(64, Commands);

    // Each caller has dossiers of its own and gives the next command when it has the answer to the last.
    private Task CallAsync(int callers, int commands) => Task.WhenAll(Enumerable.Range(0, callers).Select(async caller =>
    {
        await Task.Yield();
        for (var i = 0; i < commands / callers; i++)
        {
            var dossier = (caller + (i * callers)) % _codes.Length;
            await _office.MoveAsync(_codes[dossier], _versions[dossier]++);
        }
    }));

    private sealed class RawStatements : IDisposable
    {
        private readonly JournalAppend[] _next;
        private readonly Microsoft.Data.Sqlite.SqliteConnection _connection;
        private readonly SqliteArchive _archive;
        private readonly AppendStatements _appends;
        private readonly SqliteStatement _begin;
        private readonly SqliteStatement _commit;
        private int _at;

        public RawStatements(string database, DossierCode[] codes, JournalRow row, StoredSnapshot snapshot)
        {
            _connection = SqliteDatabase.OpenForWriting(database, new SqliteTuning());
            _archive = new SqliteArchive(_connection);
            _appends = new AppendStatements(_connection, _archive);
            _begin = new SqliteStatement(_connection, "BEGIN IMMEDIATE");
            _commit = new SqliteStatement(_connection, "COMMIT");
            _next = [.. codes.Skip(1).Select(code => new JournalAppend
            {
                Code = code.Value,
                Version = 3,
                OccurredAt = row.OccurredAt,
                Actor = row.Actor,
                Caller = row.Caller,
                CommandId = row.CommandId,
                CommandDigest = row.CommandDigest,
                Salt = row.Salt,
                Data = row.Data,
                Personal = row.Personal,
                PersonalDigest = row.PersonalDigest,
                Hash = row.Hash,
                Snapshot = snapshot,
            })];
        }

        public void Commit(int rows)
        {
            var recordedAt = StoredTime.Format(DateTimeOffset.UnixEpoch);
            _begin.Execute();
            for (var i = 0; i < rows; i++)
            {
                var append = _next[_at] with { CommandId = $"portal-2020-{_next[_at].Version:x16}" };
                if (_appends.Append(append, recordedAt).Outcome != AppendOutcome.Committed)
                {
                    throw new InvalidOperationException("A raw row was not written.");
                }

                _next[_at] = append with { Version = append.Version + 1 };
                _at = (_at + 1) % _next.Length;
            }

            _commit.Execute();
            _appends.Committed();
        }

        public void Dispose()
        {
            _begin.Dispose();
            _commit.Dispose();
            _appends.Dispose();
            _archive.Dispose();
            _connection.Dispose();
        }
    }
}
