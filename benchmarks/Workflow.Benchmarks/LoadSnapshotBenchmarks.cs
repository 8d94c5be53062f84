using BenchmarkDotNet.Attributes;
using Workflow.Core.Dossiers;

namespace Workflow.Benchmarks;

/// <summary>What a long history costs: commands on dossiers with 2,000 commands behind them against 50, and loading either from its snapshot.</summary>
/// <remarks>64 callers, so that the disk's flush does not hide the rest. An iteration adds 8 commands to a young history and 128 to an old one.</remarks>
[MemoryDiagnoser]
public class LoadSnapshotBenchmarks
{
    private const int Callers = 64;
    private const int Young = 1_024;
    private const int Old = 64;
    private const int Commands = 8_192;

    private DurableCommandOffice _office = null!;
    private Group _young = null!;
    private Group _old = null!;

    [GlobalSetup]
    public async Task OpenAsync()
    {
        _office = await DurableCommandOffice.OpenAsync();
        var codes = await _office.SubmitManyAsync(Young + Old);
        _young = new Group(codes[..Young]);
        _old = new Group(codes[Young..]);
        await MoveAsync(_young, 48);
        await MoveAsync(_old, 1_998);
    }

    [GlobalSetup(Targets = [nameof(LoadAt50), nameof(LoadAt2000)])]
    public async Task OpenWithNothingActiveAsync()
    {
        await OpenAsync();
        await _office.ReopenAsync();
    }

    [GlobalCleanup]
    public ValueTask CloseAsync() => _office.DisposeAsync();

    // Commands grow the history that they are measured on: one invocation per iteration keeps it near its length.
    [IterationSetup(Targets = [nameof(CommandAt50), nameof(CommandAt2000)])]
    public void InvokeOnce()
    {
    }

    [Benchmark]
    public async Task<int> LoadAt50() => (await _office.Engine.FindAsync(_young.Codes[0]))!.Version;

    [Benchmark]
    public async Task<int> LoadAt2000() => (await _office.Engine.FindAsync(_old.Codes[0]))!.Version;

    [Benchmark(Baseline = true, OperationsPerInvoke = Commands)]
    public Task CommandAt50() => MoveAsync(_young, Commands / Young);

    [Benchmark(OperationsPerInvoke = Commands)]
    public Task CommandAt2000() => MoveAsync(_old, Commands / Old);

    private async Task MoveAsync(Group group, int commands)
    {
        await Task.WhenAll(group.Codes.Chunk(group.Codes.Length / Callers).Select(async codes =>
        {
            await Task.Yield();
            for (var i = 0; i < commands; i++)
            {
                foreach (var code in codes)
                {
                    await _office.MoveAsync(code, group.Version + i);
                }
            }
        }));
        group.Version += commands;
    }

    private sealed class Group(DossierCode[] codes)
    {
        public DossierCode[] Codes { get; } = codes;

        public int Version { get; set; } = 2;
    }
}
