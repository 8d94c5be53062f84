using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Workflow.Silo.Schema;

namespace Workflow.Silo.Tests.Schema;

/// <summary>Reminders through Orleans' own provider over our statements.</summary>
public sealed class ReminderTests(SharedSilo shared) : IClassFixture<SharedSilo>
{
    private static readonly DateTime s_start = new(2026, 3, 2, 1, 0, 0, DateTimeKind.Utc);

    private IReminderTable Table => shared.Silo.Services.GetRequiredService<IReminderTable>();

    [Fact]
    public async Task Reminder_IsRegisteredFiresAndGoes()
    {
        var rung = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        BellGrain.Rung["bell/a"] = rung;
        var bell = shared.Silo.Grains.GetGrain<IBellGrain>("bell/a");

        await bell.SetAsync("noon");
        Assert.Equal(["noon"], await bell.ListAsync());
        await rung.Task.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        await bell.UnsetAsync("noon");

        Assert.Empty(await bell.ListAsync());
    }

    [Fact]
    public async Task Upsert_GivesEachWriteItsOwnTag()
    {
        var entry = Entry("bell/tags", "noon");
        var first = await Table.UpsertRow(entry);
        entry.Period = TimeSpan.FromDays(60);
        var second = await Table.UpsertRow(entry);

        Assert.NotEqual(first, second);
        var read = await Table.ReadRow(entry.GrainId, "noon");
        Assert.Equal((second, TimeSpan.FromDays(60), s_start, entry.GrainId), (read.ETag, read.Period, read.StartAt, read.GrainId));
        Assert.False(await Table.RemoveRow(entry.GrainId, "noon", first));
        Assert.True(await Table.RemoveRow(entry.GrainId, "noon", second));
        Assert.Null(await Table.ReadRow(entry.GrainId, "noon"));
    }

    [Fact]
    public async Task Rows_AreFoundByGrainAndByRangeOfTheRing()
    {
        for (var i = 0; i < 40; i++)
        {
            await Table.UpsertRow(Entry($"bell/ring-{i}", "noon"));
        }

        await Table.UpsertRow(Entry("bell/ring-0", "midnight"));

        Assert.Equal(["midnight", "noon"], (await Table.ReadRows(Entry("bell/ring-0", "noon").GrainId)).Reminders.Select(r => r.ReminderName).Order());
        var all = (await Table.ReadRows(0, 0)).Reminders.Where(r => r.GrainId.Key.ToString()!.StartsWith("bell/ring-", StringComparison.Ordinal)).ToList();
        Assert.Equal(41, all.Count);
        foreach (var (begin, end) in ((uint, uint)[])[(0, 1U << 31), (1U << 31, 0), (1_000, 3_000_000_000), (3_000_000_000, 1_000)])
        {
            var expected = all.Where(r => IsIn(r.GrainId.GetUniformHashCode(), begin, end)).Select(r => (r.GrainId, r.ReminderName)).ToHashSet();
            var found = (await Table.ReadRows(begin, end)).Reminders.Where(r => r.GrainId.Key.ToString()!.StartsWith("bell/ring-", StringComparison.Ordinal));
            Assert.Equal(expected, found.Select(r => (r.GrainId, r.ReminderName)).ToHashSet());
        }
    }

    [Fact]
    public async Task Keys_Of512Characters_Hold()
    {
        var entry = Entry("bell/" + new string('k', 507), "noon");

        await Table.UpsertRow(entry);

        Assert.Equal(entry.GrainId, Assert.Single((await Table.ReadRows(entry.GrainId)).Reminders).GrainId);
    }

    [Fact]
    public async Task Clear_TakesAwayTheServicesOwn()
    {
        var connectionString = PostgresServer.Require().CreateSchema();
        await OrleansSchema.CreateAsync(connectionString);
        await using (var silo = await SiloHost.StartAsync(connectionString, "one"))
        {
            var table = silo.Services.GetRequiredService<IReminderTable>();
            await table.UpsertRow(Entry("bell/a", "noon"));
            PostgresServer.Execute(connectionString, "INSERT INTO orleansreminderstable VALUES ('other', 'bell/a', 'noon', 1, now(), 60000, 0)");

            await table.TestOnlyClearTable();

            Assert.Equal("other", PostgresServer.Read(connectionString, "SELECT string_agg(serviceid, ',') FROM orleansreminderstable"));
        }

        PostgresServer.Require().DropSchema(connectionString);
    }

    // The first hash excluded, the last included; the whole ring where they are equal.
    private static bool IsIn(uint hash, uint begin, uint end) => begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;

    private static ReminderEntry Entry(string key, string name) =>
        new() { GrainId = GrainId.Create("bell", key), ReminderName = name, StartAt = s_start, Period = TimeSpan.FromMinutes(1) };
}

/// <summary>A grain with reminders.</summary>
public interface IBellGrain : IGrainWithStringKey
{
    Task SetAsync(string name);

    Task UnsetAsync(string name);

    Task<string[]> ListAsync();
}

/// <summary>Tells the test when it is rung.</summary>
[GrainType("bell")]
public sealed class BellGrain : Grain, IBellGrain, IRemindable
{
    internal static ConcurrentDictionary<string, TaskCompletionSource> Rung { get; } = new(StringComparer.Ordinal);

    public Task SetAsync(string name) => this.RegisterOrUpdateReminder(name, TimeSpan.FromMilliseconds(50), TimeSpan.FromMinutes(1));

    public async Task UnsetAsync(string name) => await this.UnregisterReminder((await this.GetReminder(name))!);

    public async Task<string[]> ListAsync() => [.. (await this.GetReminders()).Select(r => r.ReminderName)];

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        Rung[this.GetPrimaryKeyString()].TrySetResult();
        return Task.CompletedTask;
    }
}
