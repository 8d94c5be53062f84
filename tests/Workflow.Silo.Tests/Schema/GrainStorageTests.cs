using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;
using Orleans.Storage;
using Workflow.Silo.Schema;

namespace Workflow.Silo.Tests.Schema;

/// <summary>States of grains through Orleans' own provider over our statements.</summary>
public sealed class GrainStorageTests(SharedSilo shared) : IClassFixture<SharedSilo>
{
    private const string Type = "count";

    private IGrainStorage Storage => shared.Silo.Services.GetRequiredKeyedService<IGrainStorage>(SiloHost.Storage);

    [Fact]
    public async Task State_IsReadBackAsItWasWritten()
    {
        var grain = GrainId.Create(Type, "unit/round-trip");
        var state = new GrainState<Count>(new Count { Value = 7 });

        await Storage.WriteStateAsync(Type, grain, state);
        state.State.Value = 8;
        await Storage.WriteStateAsync(Type, grain, state);

        var read = await ReadAsync(grain);
        Assert.Equal((8, "2", true), (read.State.Value, read.ETag, read.RecordExists));
        Assert.Equal("2", state.ETag);
    }

    [Fact]
    public async Task Read_OfAGrainWithoutAState_FindsNone()
    {
        var read = await ReadAsync(GrainId.Create(Type, "unit/none"));

        Assert.Equal((0, null, false), (read.State.Value, read.ETag, read.RecordExists));
    }

    [Fact]
    public async Task Write_OnAStateThatIsPast_IsInconsistentAndChangesNothing()
    {
        var grain = GrainId.Create(Type, "unit/conflict");
        await Storage.WriteStateAsync(Type, grain, new GrainState<Count>(new Count { Value = 1 }));
        var (one, other) = (await ReadAsync(grain), await ReadAsync(grain));
        one.State.Value = 2;
        await Storage.WriteStateAsync(Type, grain, one);

        other.State.Value = 3;
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync(Type, grain, other));

        Assert.Equal(2, (await ReadAsync(grain)).State.Value);
    }

    [Fact]
    public async Task FirstWrites_ManyAtOnce_OneWinsAndTheOthersAreInconsistent()
    {
        for (var round = 0; round < 20; round++)
        {
            var grain = GrainId.Create(Type, $"unit/first-{round}");

            var faults = await Task.WhenAll(Enumerable.Range(1, 3).Select(i => Task.Run(
                async () => await Record.ExceptionAsync(() => Storage.WriteStateAsync(Type, grain, new GrainState<Count>(new Count { Value = i }))))));

            Assert.Equal(1, faults.Count(f => f is null));
            Assert.Equal(2, faults.OfType<InconsistentStateException>().Count());
            var read = await ReadAsync(grain);
            Assert.Equal(("1", Array.IndexOf(faults, null) + 1), (read.ETag, read.State.Value));
        }
    }

    [Fact]
    public async Task Clear_LeavesNoStateAndKeepsTheOrderOfWrites()
    {
        var grain = GrainId.Create(Type, "unit/clear");
        var state = new GrainState<Count>(new Count { Value = 5 });
        await Storage.WriteStateAsync(Type, grain, state);
        var behind = await ReadAsync(grain);

        await Storage.ClearStateAsync(Type, grain, state);

        Assert.Equal(0, (await ReadAsync(grain)).State.Value);
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.WriteStateAsync(Type, grain, behind));
        await Assert.ThrowsAsync<InconsistentStateException>(() => Storage.ClearStateAsync(Type, grain, behind));
        state.State.Value = 6;
        await Storage.WriteStateAsync(Type, grain, state);
        Assert.Equal(6, (await ReadAsync(grain)).State.Value);
    }

    [Fact]
    public async Task Delete_WhereClearingDeletes_LeavesNoRow()
    {
        var connectionString = PostgresServer.Require().CreateSchema();
        await OrleansSchema.CreateAsync(connectionString);
        await using (var silo = await SiloHost.StartAsync(
            connectionString,
            "tests",
            s => s.AddAdoNetGrainStorage("deleting", o => (o.Invariant, o.ConnectionString, o.DeleteStateOnClear) = ("Npgsql", connectionString, true))))
        {
            var storage = silo.Services.GetRequiredKeyedService<IGrainStorage>("deleting");
            var grain = GrainId.Create(Type, "unit/delete");
            var state = new GrainState<Count>(new Count { Value = 5 });
            await storage.WriteStateAsync(Type, grain, state);

            await storage.ClearStateAsync(Type, grain, state);

            Assert.Null(state.ETag);
            Assert.Equal(0L, PostgresServer.Read(connectionString, "SELECT count(*) FROM orleansstorage"));
            await storage.WriteStateAsync(Type, grain, state);
            Assert.Equal("1", state.ETag);
        }

        PostgresServer.Require().DropSchema(connectionString);
    }

    [Fact]
    public async Task Keys_UpTo512CharactersOfAnyScript_HoldAndDifferInTheirLast()
    {
        foreach (var letter in (string[])["k", "ồ", "語"])
        {
            // Different letters, so that nothing in the index can be made shorter.
            var start = "unit/" + string.Concat(Enumerable.Range(0, 253).Select(i => letter + (char)('a' + (i * i % 26))));
            var (one, other) = (GrainId.Create(Type, start + "x"), GrainId.Create(Type, start + "y"));
            Assert.Equal(512, (start + "x").Length);

            await Storage.WriteStateAsync(Type, one, new GrainState<Count>(new Count { Value = 1 }));
            await Storage.WriteStateAsync(Type, other, new GrainState<Count>(new Count { Value = 2 }));

            Assert.Equal((1, 2), ((await ReadAsync(one)).State.Value, (await ReadAsync(other)).State.Value));
        }
    }

    [Fact]
    public async Task Key_Above512Characters_IsRefusedByTheServer()
    {
        var grain = GrainId.Create(Type, "unit/" + new string('k', 508));

        var fault = await Assert.ThrowsAsync<Npgsql.PostgresException>(() => Storage.WriteStateAsync(Type, grain, new GrainState<Count>(new Count { Value = 1 })));

        Assert.Equal(Npgsql.PostgresErrorCodes.StringDataRightTruncation, fault.SqlState);
    }

    [Theory]
    [InlineData("1", "01")]
    [InlineData("unit/ab", "unit/AB")]
    public async Task Keys_ThatReadAsNumbersShareARow_WhichAPrefixPrevents(string one, string other)
    {
        var prefixed = one.Contains('/', StringComparison.Ordinal);
        await Storage.WriteStateAsync(Type, GrainId.Create(Type, one), new GrainState<Count>(new Count { Value = 1 }));

        Assert.Equal(!prefixed, (await ReadAsync(GrainId.Create(Type, other))).RecordExists);
    }

    private async Task<GrainState<Count>> ReadAsync(GrainId grain)
    {
        var state = new GrainState<Count>(new Count());
        await Storage.ReadStateAsync(Type, grain, state);
        return state;
    }

    [GenerateSerializer]
    public sealed class Count
    {
        [Id(0)]
        public int Value { get; set; }
    }
}
