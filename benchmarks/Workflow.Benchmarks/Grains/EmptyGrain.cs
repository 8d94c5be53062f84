namespace Workflow.Benchmarks.Grains;

/// <summary>What every activation costs.</summary>
[Alias("benchmark.IEmptyGrain")]
public interface IEmptyGrain : IGrainWithStringKey
{
    /// <summary>Does nothing.</summary>
    [Alias("Touch")]
    ValueTask TouchAsync();
}

internal sealed class EmptyGrain : Grain, IEmptyGrain
{
    public ValueTask TouchAsync() => default;
}
