using BenchmarkDotNet.Attributes;
using Workflow.Core.Dossiers;

namespace Workflow.Benchmarks;

/// <summary>What a long history costs: commands on dossiers with 2,000 commands behind them against 50, and loading either from its snapshot.</summary>
/// <remarks>
/// 64 callers with a dossier each, so that the disk's flush does not hide the rest. An iteration gives 16 commands to each of 64 dossiers:
/// old ones, always the same, or young ones, other ones each time, so that both groups touch as many dossiers and keep their length.
/// </remarks>
[MemoryDiagnoser]
[SimpleJob(warmupCount: 4, iterationCount: 24, invocationCount: 1)]
public class LoadSnapshotBenchmarks
{
    private const int Callers = 64;
    private const int YoungGroups = 32;
    private const int CommandsEach = 16;
    private const int Commands = Callers * CommandsEach;

    private readonly List<Group> _young = [];
    private DurableCommandOffice _office = null!;
    private Group _old = null!;
    private int _next;

    [GlobalSetup]
    public async Task OpenAsync()
    {
        _office = await DurableCommandOffice.OpenAsync();
        _old = new Group(await _office.SubmitManyAsync(Callers));
        await MoveAsync(_old, 1_998);

        // Dossiers of one group are no neighbours: neighbours with a short history would share pages of the store, and old ones cannot.
        var codes = await _office.SubmitManyAsync(YoungGroups * Callers);
        for (var i = 0; i < YoungGroups; i++)
        {
            _young.Add(new Group([.. codes.Where((_, n) => n % YoungGroups == i)]));
            await MoveAsync(_young[i], 48);
        }
    }

    [GlobalSetup(Targets = [nameof(LoadAt50), nameof(LoadAt2000)])]
    public async Task OpenWithNothingActiveAsync()
    {
        await OpenAsync();
        await _office.ReopenAsync();
    }

    [GlobalCleanup]
    public ValueTask CloseAsync() => _office.DisposeAsync();

    [Benchmark(OperationsPerInvoke = Commands)]
    public Task<int> LoadAt50() => LoadAsync(_young[0]);

    [Benchmark(OperationsPerInvoke = Commands)]
    public Task<int> LoadAt2000() => LoadAsync(_old);

    [Benchmark(Baseline = true, OperationsPerInvoke = Commands)]
    public Task CommandAt50() => MoveAsync(_young[_next++ % YoungGroups], CommandsEach);

    [Benchmark(OperationsPerInvoke = Commands)]
    public Task CommandAt2000() => MoveAsync(_old, CommandsEach);

    private async Task<int> LoadAsync(Group group)
    {
        var versions = 0;
        for (var i = 0; i < Commands; i++)
        {
            versions += (await _office.Engine.FindAsync(group.Codes[i % Callers]))!.Version;
        }

        return versions;
    }

    private async Task MoveAsync(Group group, int commands)
    {
        await Task.WhenAll(group.Codes.Select(async code =>
        {
            await Task.Yield();
            for (var i = 0; i < commands; i++)
            {
                await _office.MoveAsync(code, group.Version + i);
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
