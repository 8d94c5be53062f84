namespace Workflow.Benchmarks.Grains;

/// <summary>What a team does that keeps its cases in grain storage: a write per call.</summary>
[Alias("benchmark.IStockGrain")]
public interface IStockGrain : IGrainWithStringKey
{
    /// <summary>Changes the state and writes it.</summary>
    [Alias("Change")]
    ValueTask<int> ChangeAsync();

    /// <summary>Returns the state.</summary>
    [Alias("Find")]
    ValueTask<StockState> FindAsync();
}

/// <summary>A state of about 1 KB.</summary>
[GenerateSerializer]
[Alias("benchmark.StockState")]
public sealed class StockState
{
    private const int Length = 1_000;

    [Id(0)]
    public int Count { get; set; }

    [Id(1)]
    public string Text { get; set; } = string.Empty;

    /// <summary>Changes it. Each has a text of its own.</summary>
    public void Change(string key)
    {
        Count++;
        if (Text.Length == 0)
        {
            Text = key.PadRight(Length, 'x');
        }
    }
}

internal sealed class StockGrain([PersistentState("state", StockGrain.Storage)] IPersistentState<StockState> state) : Grain, IStockGrain
{
    /// <summary>A grain storage of Orleans' ADO.NET provider, with its defaults.</summary>
    public const string Storage = "stock";

    public async ValueTask<int> ChangeAsync()
    {
        state.State.Change(this.GetPrimaryKeyString());
        await state.WriteStateAsync();
        return state.State.Count;
    }

    public ValueTask<StockState> FindAsync() => ValueTask.FromResult(state.State);
}
