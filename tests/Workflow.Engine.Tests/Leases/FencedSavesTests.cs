using System.Diagnostics;
using Npgsql;
using Workflow.Engine.Journal;
using Workflow.Engine.Leases;
using Workflow.Engine.Outbox;
using Workflow.Engine.Postgres;
using Workflow.Engine.Tests.Postgres;

namespace Workflow.Engine.Tests.Leases;

/// <summary>Saves and the taking of their lease at once, on a real server: one waits for the other.</summary>
[Collection(PostgresTests.Name)]
public sealed class FencedSavesTests : IAsyncLifetime
{
    private static readonly LeaseHold s_ofA = new("l", "a");

    private PostgresServer _server = null!;
    private string _schema = null!;
    private PostgresJournalStore _store = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = PostgresServer.Require();
        _schema = _server.CreateSchema();
        _store = new PostgresJournalStore(_schema, TimeProvider.System);
        await _store.OpenAsync(Ct);
        Assert.True(await _store.TakeLeaseAsync("l", "a", TimeSpan.FromHours(1), Ct));
        Assert.True(await _store.SaveCursorAsync("f", JournalCursor.At(3), s_ofA, Ct));
        Assert.True(await _store.AddSubscriberAsync(new StoredSubscriber("s"), JournalCursor.At(3), Ct));
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _server.DropSchema(_schema);
    }

    /// <summary>The other host is about to take the lease: the save waits for that, and then finds that it has lost.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SaveBesideATakeOver_WaitsForItAndChangesNothing(bool round)
    {
        await using var other = new NpgsqlConnection(_schema);
        await other.OpenAsync(Ct);
        await using var takeOver = await other.BeginTransactionAsync(Ct);
        await ExecuteAsync(other, "UPDATE lease SET holder = 'b' WHERE name = 'l'");

        var save = Task.Run(async () => await SaveAsync(round), Ct);
        await BlockedAsync(1);
        await takeOver.CommitAsync(Ct);

        Assert.False(await save);
        Assert.Equal(JournalCursor.At(3), await _store.ReadCursorAsync(round ? "subscriber/s" : "f", Ct));
    }

    /// <summary>A save under way keeps the lease from changing hands: what the successor reads is what was saved.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TakeOverBesideASave_WaitsForIt(bool round)
    {
        await using var other = new NpgsqlConnection(_schema);
        await other.OpenAsync(Ct);
        await using var slow = await other.BeginTransactionAsync(Ct);
        await ExecuteAsync(other, "SELECT FROM follower FOR UPDATE");

        var save = Task.Run(async () => await SaveAsync(round), Ct);
        await BlockedAsync(1);
        var givenBack = Task.Run(async () => await _store.GiveLeaseBackAsync("l", "a", Ct), Ct);
        await BlockedAsync(2);
        Assert.False(givenBack.IsCompleted);
        await slow.CommitAsync(Ct);

        Assert.True(await save);
        await givenBack;
        Assert.True(await _store.TakeLeaseAsync("l", "b", TimeSpan.FromHours(1), Ct));
        Assert.Equal(JournalCursor.At(9), await _store.ReadCursorAsync(round ? "subscriber/s" : "f", Ct));
    }

    private async Task<bool> SaveAsync(bool round) => round
        ? await _store.SaveRoundAsync((await _store.ReadSubscribersAsync(Ct))[0].Id, [], JournalCursor.At(9), s_ofA, Ct)
        : await _store.SaveCursorAsync("f", JournalCursor.At(9), s_ofA, Ct);

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Ct);
    }

    // So many of the store's connections wait for a lock of another one.
    private async Task BlockedAsync(int count)
    {
        await using var watch = new NpgsqlConnection(_schema);
        await watch.OpenAsync(Ct);
        await using var command = new NpgsqlCommand(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND (query LIKE '%lease%' OR query LIKE '%follower%')", watch);
        for (var waited = Stopwatch.StartNew(); (long)(await command.ExecuteScalarAsync(Ct))! < count; await Task.Yield())
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(20), "Nothing waits for the lock.");
        }
    }
}
